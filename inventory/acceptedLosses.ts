/** Losses that an estate accepts: what its component publishes, and what the settings say beside it. */
import { componentTypes, domainKinds, kindOf, type AcceptedLoss, type DomainId } from "../model";
import { by } from "../lib/order";
import type { InventoryOptions } from "./options";
import type { Value } from "./resource";
import type { Stack } from "./stack";
import { field, items, text, texts } from "./values";

/** Sorted by the domain that is lost. */
export function acceptedLossesOf(stack: Stack, options: InventoryOptions): readonly AcceptedLoss[] {
  const published = stack
    .ofType(componentTypes.estate)
    .flatMap(({ properties }) => items(field(properties, "acceptedLosses")))
    .flatMap((value) => publishedLoss(value) ?? []);
  return [...(options.acceptedLosses ?? []), ...published].sort(by(({ lost }) => lost));
}

/** As a component publishes it; what is not whole accepts nothing. */
function publishedLoss(value: Value): AcceptedLoss | undefined {
  const [lost, by, reason, until] = ["lost", "by", "reason", "until"].map((key) => text(field(value, key)));
  if (lost === undefined || by === undefined || reason === undefined || until === undefined) return undefined;
  if (!domainKinds.includes(kindOf(lost as DomainId))) return undefined;
  const services = texts(field(value, "services"));
  return { lost: lost as DomainId, by, reason, until, ...(services.length === 0 ? {} : { services }) };
}
