/** What the records of a name lead to, and what keeps clients from it. */
import type { Urn } from "../../../model";
import { tightest, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, items, textAt, texts } from "../../values";
import { recordTypes, targetTypes } from "../entrances";
import { guardOf, type Guard } from "./guards";
import { healthCheckTypes } from "./healthCheck";
import { recordGate, recordsNamed } from "./recordGates";

const answering: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME"]);
/** What an answer can lead to: a target, or another name. */
const ends: readonly string[] = [...targetTypes, ...recordTypes];

export function answers(record: Resource): boolean {
  return answering.has(textAt(record, "type") ?? "A");
}

export function targetsOf(record: Resource, { stack }: ReadContext): readonly Resource[] {
  const { properties } = record;
  const aliases = field(properties, "aliases");
  const named = typeof aliases === "symbol" ? aliases : items(aliases).map((alias) => field(alias, "name"));
  const byAlias = stack.references(record, "aliases", ends, named).resources;
  const byRecord = stack.references(record, "records", ends, field(properties, "records")).resources;
  return [...new Set([...byAlias, ...byRecord])].filter((target) => target !== record);
}

/** What the check of a record is worth; undefined where it has none of the stack. */
export function guardOfRecord(record: Resource, all: readonly Resource[], context: ReadContext): Guard | undefined {
  const check = namedCheck(record, context);
  if (check === undefined) return undefined;
  const guard = guardOf(
    check,
    {
      targets: targetsOf(record, context),
      written: texts(field(record.properties, "records")),
      named: (name) => havingName(name, context),
    },
    context,
  );
  if (guard.kind !== "guards") return guard;
  const sharing = all.filter((other) => other !== record && namedCheck(other, context) === check);
  const own = targetsOf(record, context);
  const elsewhere = sharing.find((other) => targetsOf(other, context).some((target) => !own.includes(target)));
  if (elsewhere === undefined) return guard;
  return { kind: "blind", why: `health check "${check.name}" is that of "${elsewhere.name}" as well` };
}

function namedCheck(record: Resource, { stack }: ReadContext): Resource | undefined {
  return stack.references(record, "healthCheckId", healthCheckTypes, field(record.properties, "healthCheckId"))
    .resources[0];
}

/** What has a name or an address; of a name of the stack, what its answers lead to. */
function havingName(name: string, context: ReadContext): readonly Resource[] | undefined {
  const named = recordsNamed(name, context.stack).filter(answers);
  if (named.length > 0) {
    const targets = named.flatMap((record) => targetsOf(record, context));
    return targets.length > 0 ? targets : undefined;
  }
  const found = context.stack.byIdentifier(targetTypes, name);
  return found === undefined ? undefined : [found];
}

/** What stands before the targets of a record: its zone, and a check that calls it dead whatever it does. */
export function gatesOf(record: Resource, all: readonly Resource[], context: ReadContext): ReadonlyMap<Urn, Gate> {
  const gates = new Map<Urn, Gate>();
  const dead = deadGate(record, all, context);
  for (const target of targetsOf(record, context)) {
    const gate = tightest([recordGate(record, target, context), dead]);
    if (gate !== undefined) gates.set(target.urn, gate);
  }
  return gates;
}

/** Where no answer of a name is healthy, Route 53 gives each of them. */
function deadGate(record: Resource, all: readonly Resource[], context: ReadContext): Gate | undefined {
  const guard = guardOfRecord(record, all, context);
  if (guard?.kind !== "dead") return undefined;
  return all.every((one) => guardOfRecord(one, all, context)?.kind === "dead") ? undefined : guard.gate;
}
