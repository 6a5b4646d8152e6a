/** What the outputs of a stack stand for: the services behind the resources that they name. */
import type { Estate, ServiceId, Urn } from "../../model";
import type { Resource, Value } from "../resource";
import type { Stack } from "../stack";
import { identifiersOf } from "../stack";
import { at, text } from "../values";
import { hasUnknown, isPlace, names, textsIn } from "./texts";
import { byText } from "../../lib/order";

export interface Offer {
  readonly output: string;
  /**
   * Services that whoever uses the output needs, sorted; empty where it names no service (a network, a region, a
   * number); null where nothing says what it stands for: any of the stack.
   */
  readonly services: readonly ServiceId[] | null;
}

const stackType = "pulumi:pulumi:Stack";

export function offersOf(stack: Stack, estate: Estate): readonly Offer[] {
  const [root] = stack.ofType(stackType);
  const outputs = Object.entries(root?.properties ?? {});
  if (outputs.length === 0) return [];
  const services = servicesByUrn(estate);
  const named = stack.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).map(identified);
  return outputs
    .map(([output, value]): Offer => ({ output, services: servicesOf(value, named, services) }))
    .sort((a, b) => byText(a.output, b.output));
}

interface Identified {
  readonly resource: Resource;
  readonly identifiers: readonly string[];
}

/** Names of Kubernetes stand in no list of identifiers: they are unique in their namespace only. */
function identified(resource: Resource): Identified {
  const name = text(at(resource.properties, "metadata", "name"));
  return { resource, identifiers: [...identifiersOf(resource), ...(name === undefined ? [] : [name])] };
}

function servicesOf(
  value: Value,
  named: readonly Identified[],
  services: ReadonlyMap<Urn, ReadonlySet<ServiceId>>,
): readonly ServiceId[] | null {
  if (hasUnknown(value)) return null;
  const found = new Set<ServiceId>();
  for (const wanted of typeof value === "number" ? [] : textsIn(value).filter((each) => !isPlace(each))) {
    const behind = named.filter(({ identifiers }) => identifiers.some((one) => names(wanted, one)));
    if (behind.length === 0) return null;
    for (const { resource } of behind) {
      const own = services.get(resource.urn);
      // An object of a cluster that forwards to pods is in no service; what it forwards to is not told here.
      if (own === undefined && resource.type.startsWith("kubernetes:")) return null;
      own?.forEach((id) => found.add(id));
    }
  }
  return [...found].sort(byText);
}

/** By the resources of a service, and by the names and load balancers that lead to it. */
function servicesByUrn(estate: Estate): ReadonlyMap<Urn, ReadonlySet<ServiceId>> {
  const byUrn = new Map<Urn, Set<ServiceId>>();
  for (const { id, urns, routes } of estate.services) {
    for (const urn of [...urns, ...routes.map((route) => route.urn)])
      byUrn.set(urn, (byUrn.get(urn) ?? new Set()).add(id));
  }
  return byUrn;
}
