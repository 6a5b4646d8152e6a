/** Whether clients who ask for a name get an answer, and to what it leads them: its zone, who it is delegated to. */
import { closedBy, tightest, undecidedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, text, textAt } from "../../values";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { schemeGate } from "../balancing/hops";
import { balancerTypes, recordTypes } from "../entrances";

const zoneTypes = ["aws:route53/zone:Zone"] as const;
const zoneAssociation = "aws:route53/zoneAssociation:ZoneAssociation";
const balancers: readonly string[] = balancerTypes;

function zoneOf(record: Resource, { stack }: Pick<ReadContext, "stack">): Resource | undefined {
  return stack.references(record, "zoneId", zoneTypes, field(record.properties, "zoneId")).resources[0];
}

/** What stands between who asks for a record and one of its targets. */
export function recordGate(record: Resource, target: Resource, context: Pick<ReadContext, "stack">): Gate | undefined {
  const zone = zoneOf(record, context);
  if (zone === undefined) return undefined;
  return tightest([delegated(record, zone, context.stack), audience(record, zone, target, context.stack)]);
}

/** A public name that leads to private addresses, or a private one before what is open to the internet. */
function audience(record: Resource, zone: Resource, target: Resource, stack: Stack): Gate | undefined {
  if (!balancers.includes(target.type)) return undefined;
  const internal = schemeGate(target);
  if (!isPrivate(zone, stack)) return internal;
  if (internal !== undefined || hasPublicName(record, stack)) return undefined;
  const why = `the zone "${zone.name}" answers its own networks only, and "${target.name}" is there for the internet`;
  return undecidedBy(zone, "vpcs", why);
}

/** Whether only the networks of its zone are answered; a zone of another stack is taken for a public one. */
export function isPrivateName(record: Resource, context: Pick<ReadContext, "stack">): boolean {
  const zone = zoneOf(record, context);
  return zone !== undefined && isPrivate(zone, context.stack);
}

function isPrivate(zone: Resource, stack: Stack): boolean {
  return items(field(zone.properties, "vpcs")).length > 0 || associated(stack).has(zone);
}

const associated = memoize((stack: Stack): ReadonlySet<Resource> => {
  const named = stack
    .ofType(zoneAssociation)
    .flatMap((one) => stack.references(one, "zoneId", zoneTypes, field(one.properties, "zoneId")).resources);
  return new Set(named);
});

/** The name of a record as it is asked for: in full, in small letters, without the last dot. */
function fullName(record: Resource): string | undefined {
  const name = textAt(record, "fqdn") ?? textAt(record, "name");
  return name?.toLowerCase().replace(/\.$/, "");
}

const recordsByName = memoize((stack: Stack): ReadonlyMap<string, readonly Resource[]> => {
  const lists = new Map<string, Resource[]>();
  for (const record of stack.ofType(recordTypes[0])) {
    const name = fullName(record);
    if (name !== undefined) addTo(lists, name, record);
  }
  return lists;
});

/** Every record of a name, whatever its zone and type. */
export function recordsNamed(name: string, stack: Stack): readonly Resource[] {
  return recordsByName(stack).get(name.toLowerCase().replace(/\.$/, "")) ?? [];
}

function hasPublicName(record: Resource, stack: Stack): boolean {
  return recordsNamed(fullName(record) ?? "", stack).some((other) => {
    const zone = zoneOf(other, { stack });
    return other !== record && (zone === undefined || !isPrivate(zone, stack));
  });
}

/** Name servers that another record of the zone hands a name, or a name above it, to. */
function delegated(record: Resource, zone: Resource, stack: Stack): Gate | undefined {
  const apex = textAt(zone, "name")?.toLowerCase().replace(/\.$/, "");
  const labels = (fullName(record) ?? "").split(".");
  for (let at = 0; at < labels.length; at++) {
    const name = labels.slice(at).join(".");
    if (name === apex) return undefined;
    const away = recordsNamed(name, stack).find(
      (one) => textAt(one, "type") === "NS" && zoneOf(one, { stack }) === zone,
    );
    if (away !== undefined) {
      return closedBy(
        away,
        "records",
        `"${name}" is delegated to ${text(items(field(away.properties, "records"))[0]) ?? "other servers"}`,
      );
    }
  }
  return undefined;
}
