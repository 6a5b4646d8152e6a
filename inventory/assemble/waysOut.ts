/**
 * Whether workloads get to what they need: allowed by their role, in that region, by that very ARN, and let out and in
 * by the security groups of both ends. A unit that cannot ask its store serves nobody, though it runs and is reached.
 */
import { known, unknown, type Dependency, type NeedCutFact, type ServiceId, type Urn } from "../../model";
import { accessGate, isUsedByPermission } from "../aws/identity/access";
import { callerOf, withoutRole } from "../aws/identity/caller";
import { startGate } from "../aws/containers/taskStart";
import { privateCallCut } from "../aws/dns/privateCalls";
import { apiGate, isInNetwork, storeGate } from "../aws/network/callsOut";
import type { Unit } from "../draft";
import { passageOf, tightest, widest, type Gate } from "../gate";
import type { ReadContext } from "../reader";
import { byText } from "../../lib/order";
import type { Part } from "./parts";
import type { Whereabouts } from "./whereabouts";

/** What keeps a unit from something that it needs. */
interface Cut {
  readonly gate: Gate;
  readonly needs: ServiceId;
}

/** The parts, with units that cannot serve for want of what they need; and what keeps them from it. */
export function beforeNeeds(
  parts: readonly Part[],
  context: ReadContext,
  where: Whereabouts,
): { readonly parts: readonly Part[]; readonly facts: readonly { fact: NeedCutFact; about: Urn }[] } {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const facts: { fact: NeedCutFact; about: Urn }[] = [];
  const judged = parts.map((part): Part => {
    const { group, dependencies } = part;
    const needed = dependencies.all.filter(({ strength }) => strength === "hard");
    if (group?.layer !== "compute") return part;
    const units = group.units.map((unit) => {
      const cut =
        startGate(unit.resource, context) ??
        cutOf(unit, needed, byId, context, where) ??
        privateCallCut(unit.resource, context);
      if (cut === undefined) return unit;
      facts.push({ fact: factOf(unit, cut), about: unit.resource.urn });
      return behind(unit, cut.gate);
    });
    return { ...part, group: { ...group, units } };
  });
  return { parts: judged, facts };
}

/** The first need that it is kept from, for certain before others. */
function cutOf(
  unit: Unit,
  needed: readonly Dependency[],
  byId: ReadonlyMap<ServiceId, Part>,
  context: ReadContext,
  where: Whereabouts,
): Cut | undefined {
  const cuts = needed.flatMap(({ anyOf }): readonly Cut[] => {
    const gate = widest(anyOf.map((id) => gateTo(unit, byId.get(id), context, where)));
    return gate === undefined ? [] : [{ gate, needs: [...anyOf].sort(byText).join("|") }];
  });
  return cuts.find(({ gate }) => passageOf(gate) === "closed") ?? cuts[0];
}

/** Of several instances, those of the unit's own region are the ones that it asks. */
function gateTo(unit: Unit, needed: Part | undefined, context: ReadContext, where: Whereabouts): Gate | undefined {
  // A standby is asked by nobody before it is promoted.
  const active = (needed?.group?.units ?? []).filter(({ replicas }) => replicas.some(({ role }) => role === "active"));
  const instances = active.filter(({ resource }) => isJudged(resource));
  if (instances.length === 0 || instances.length < active.length) return undefined;
  const own = where.regionsOf(unit);
  const asked = instances.flatMap((used) => [...where.regionsOf(used)].map((region) => ({ used, region })));
  const near = asked.filter(({ region }) => own.has(region));
  // One call in each region in which it stands: the narrowest of these decides, of several instances there the widest.
  const regions = [...new Set((near.length > 0 ? near : asked).map(({ region }) => region))];
  const gates = regions.map((region) =>
    widest(asked.filter((one) => one.region === region).map(({ used }) => gateAt(unit, used, region, context, own))),
  );
  return near.length > 0 ? tightest(gates) : gates.length === 0 ? undefined : widest(gates);
}

function isJudged(resource: Unit["resource"]): boolean {
  return isUsedByPermission(resource) || isInNetwork(resource);
}

function gateAt(
  { resource }: Unit,
  { resource: used }: Unit,
  region: string,
  context: ReadContext,
  own: ReadonlySet<string>,
): Gate | undefined {
  if (isInNetwork(used)) return own.has(region) ? storeGate(resource, used, context) : undefined;
  const caller = callerOf(resource, context);
  const isElsewhere = resource.type.startsWith("aws:") && !own.has(region);
  const allowed =
    caller === undefined ? withoutRole(resource, context) : accessGate(caller, used, { region, isElsewhere }, context);
  return tightest([allowed, apiGate(resource, used, context)]);
}

function behind(unit: Unit, { open }: Gate): Unit {
  const reached = open.known ? known(false) : unknown<boolean>(open.missing);
  const replicas = unit.replicas.map((replica) =>
    replica.reached?.known === true && !replica.reached.value ? replica : { ...replica, reached },
  );
  return { ...unit, replicas };
}

function factOf({ resource }: Unit, { gate: { urn, property, open, why }, needs }: Cut): NeedCutFact {
  return { kind: "needCut", urn, property, open, why, needs, workload: resource.urn };
}
