/** Names of Route 53: their answers, what they lead to, and how a dead one is left. */
import { domainId, known, unknown, type HealthCheck, type Known, type Route } from "../../../model";
import type { Answer, Draft } from "../../draft";
import type { Reader, ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { amount, amountAt, at, field, flagAt, items, propertyPath, text, textAt } from "../../values";
import { recordTypes } from "../entrances";
import { answers, gatesOf, guardOfRecord, targetsOf } from "./answers";
import { chainsOf, gapOf } from "./places";
import { healthCheckTypes, isTurnedAway, readCheck } from "./healthCheck";
import { isPrivateName } from "./recordGates";
import { addTo } from "../../../lib/lists";
import { byText } from "../../../lib/order";
import { memoize } from "../../../lib/memo";

const provider = domainId("vendor", "route53");
type Policy = Route["policy"];
const policies: readonly (readonly [string, Policy])[] = [
  ["weightedRoutingPolicies", "weighted"],
  ["latencyRoutingPolicies", "latency"],
  ["failoverRoutingPolicies", "failover"],
  ["geolocationRoutingPolicies", "geolocation"],
  ["geoproximityRoutingPolicy", "geolocation"],
  ["cidrRoutingPolicy", "geolocation"],
];

/** An alias to a resource of AWS is answered with 60 s (Route 53's documentation); a record must say its own. */
const aliasTtlSeconds = 60;

export const records: Reader = {
  gives: "a name with its answers, shares, checks and time to live",
  types: recordTypes,
  read(resource, into, context) {
    const names = namesOf(context);
    const record = names.get(keyOf(resource, context));
    // The first record of a name speaks for all of them.
    if (record === undefined || record[0] !== resource || !answers(resource)) return;
    const policy = policyOf(resource);
    const total = record.reduce<number | undefined>((sum, one) => {
      const weight = weightOf(one);
      return sum === undefined || !weight.known ? undefined : sum + weight.value;
    }, 0);
    const [places, gap] = policy === "geolocation" ? [chainsOf(record), gapOf(record)] : [];
    const regular = record.filter((one) => !isLastResort(one, policy)).length;
    into.routes.push({
      id: `dns:${keyOf(resource, context)}`,
      urn: resource.urn,
      name: textAt(resource, "name") ?? resource.name,
      kind: "dns",
      policy,
      ttlSeconds: slowest(record),
      provider,
      // A name with one answer is changed by hand, which is a call to Route 53's control plane.
      needsControlPlane: policy === "simple",
      ...(isPrivateName(resource, context) ? { isPrivate: true } : {}),
      ...(places === undefined ? {} : { places }),
      ...(gap === undefined ? {} : { gap }),
      answers: record.map((one) => answerOf(one, { policy, total, regular, all: record }, context)),
    });
    for (const one of record) {
      into.attach(one);
      stateBlindAlias(one, record.length === 1, into, context);
      // An origin or another name can lead to this one: by any of its records to what all of them lead to.
      if (one !== resource) {
        into.forward(resource.urn, one.urn);
        into.forward(one.urn, resource.urn);
      }
      const gates = gatesOf(one, record, context);
      for (const { urn } of targetsOf(one, context)) into.forward(one.urn, urn, gates.get(urn));
    }
  },
};

/** A hosted zone is nobody's service's alone; a health check is read with the record that names it. */
export const zonesAndChecks: Reader = {
  gives: "health checks, calculated ones by their children, read with the records that name them",
  types: ["aws:route53/zone:Zone", ...healthCheckTypes],
  read: (resource, into) => {
    if (resource.type === healthCheckTypes[0]) into.attach(resource);
  },
};

/** What a record shares with the other records of its name. */
interface OfName {
  readonly policy: Policy;
  readonly total: number | undefined;
  /** Number of answers that are no last resort. */
  readonly regular: number;
  readonly all: readonly Resource[];
}

function answerOf(record: Resource, { policy, total, regular, all }: OfName, context: ReadContext): Answer {
  const lastResort = isLastResort(record, policy);
  const weight = weightOf(record);
  const share: Known<number> =
    policy === "weighted"
      ? !weight.known
        ? weight
        : total === undefined
          ? unknown(`${record.urn}.weightedRoutingPolicies`)
          : known(total > 0 ? weight.value / total : 0)
      : known(lastResort ? 0 : 1 / Math.max(1, regular));
  const guard = guardOfRecord(record, all, context);
  const healthCheck = guard?.kind === "blind" ? undefined : checkOf(record, context);
  const gates = gatesOf(record, all, context);
  return {
    urn: record.urn,
    leadsTo: targetsOf(record, context).map(({ urn }) => urn),
    share,
    lastResort,
    ...(healthCheck === undefined ? {} : { healthCheck }),
    ...(guard?.kind === "blind" ? { blind: guard.why } : {}),
    ...(gates.size === 0 ? {} : { gates }),
    ...(!lastResort && isTurnedAway(record, context.stack) ? { drained: true } : {}),
  };
}

/** The check that the record names; else, for an alias that follows its target, the target's own. */
function checkOf(record: Resource, context: ReadContext): HealthCheck | undefined {
  const { properties } = record;
  const [named] = context.stack.references(
    record,
    "healthCheckId",
    healthCheckTypes,
    field(properties, "healthCheckId"),
  ).resources;
  // Where the check that was to decide is switched off, the answer has none: the target's own health, which an alias
  // may follow beside it, is what somebody found not to be enough.
  if (named !== undefined) return readCheck(named, context.stack);
  const given = field(properties, "healthCheckId");
  if (given !== undefined && given !== null && given !== "") {
    const missing = propertyPath(record, "healthCheckId");
    return {
      urn: record.urn,
      intervalSeconds: unknown(missing),
      failureThreshold: unknown(missing),
      observers: [],
      kind: "endpoint",
      shallow: false,
    };
  }
  // The target group's figures replace these where the answer is joined with what stands behind it.
  return followsTarget(record) === true
    ? {
        urn: record.urn,
        intervalSeconds: known(30),
        failureThreshold: known(3),
        observers: [],
        kind: "target",
        shallow: false,
      }
    : undefined;
}

/** Whether an alias is as healthy as its target; undefined for what is no alias, UNKNOWN before a preview knows. */
function followsTarget(record: Resource): boolean | typeof UNKNOWN | undefined {
  const aliases = field(record.properties, "aliases");
  if (typeof aliases !== "symbol" && items(aliases).length === 0) return undefined;
  const flag = at(aliases, 0, "evaluateTargetHealth");
  return flag === UNKNOWN ? UNKNOWN : flag === true;
}

/** An alias that is healthy whatever its target is, where somebody goes by its health. */
function stateBlindAlias(record: Resource, isAlone: boolean, into: Draft, context: ReadContext): void {
  const follows = followsTarget(record);
  if (follows === undefined || follows === true || checkOf(record, context) !== undefined) return;
  const isFollowed = followedNames(context).has(keyOf(record, context));
  // Route 53 gives the only answer of a name whether or not it is healthy; nobody asks for its health but another
  // alias.
  if (isAlone && !isFollowed) return;
  into.state({
    kind: "blindAlias",
    urn: record.urn,
    isFollowed,
    blind: follows === UNKNOWN ? unknown(propertyPath(record, "aliases", 0, "evaluateTargetHealth")) : known(true),
  });
}

function policyOf(record: Resource): Policy {
  const found = policies.find(([property]) => {
    const value = field(record.properties, property);
    return (
      typeof value === "symbol" || (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null)
    );
  });
  if (found !== undefined) return found[1];
  return flagAt(record, "multivalueAnswerRoutingPolicy") === true ? "multivalue" : "simple";
}

function weightOf(record: Resource): Known<number> {
  const weight: Value = at(record.properties, "weightedRoutingPolicies", 0, "weight");
  const value = amount(weight);
  return value === undefined ? unknown(propertyPath(record, "weightedRoutingPolicies", 0, "weight")) : known(value);
}

/** Weight 0 is answered only when every other record of the name is unhealthy, and so is a secondary. */
function isLastResort(record: Resource, policy: Policy): boolean {
  if (policy === "failover") return at(record.properties, "failoverRoutingPolicies", 0, "type") === "SECONDARY";
  const weight = weightOf(record);
  return policy === "weighted" && weight.known && weight.value === 0;
}

/** The longest time that any answer of the name is kept; one that is not known counts as the longest. */
function slowest(records: readonly Resource[]): Known<number> {
  let longest = 0;
  for (const record of records) {
    const isAlias =
      items(field(record.properties, "aliases")).length > 0 || typeof field(record.properties, "aliases") === "symbol";
    const ttl = isAlias
      ? known(aliasTtlSeconds)
      : (amountAt(record, ["ttl"], undefined) ?? unknown<number>(propertyPath(record, "ttl")));
    if (!ttl.known) return ttl;
    longest = Math.max(longest, ttl.value);
  }
  return known(longest);
}

/** Zone, name and type: what makes several records one name. */
function keyOf(record: Resource, { stack }: ReadContext): string {
  const zone = field(record.properties, "zoneId");
  const [known] = stack.references(record, "zoneId", ["aws:route53/zone:Zone"], zone).resources;
  const name = textAt(record, "name")?.toLowerCase() ?? record.urn;
  return `${known?.name ?? text(zone) ?? ""}/${name}/${textAt(record, "type") ?? "A"}`;
}

const namesOf = memoize((context: ReadContext): ReadonlyMap<string, readonly Resource[]> => {
  const lists = new Map<string, Resource[]>();
  for (const record of context.stack.ofType(recordTypes[0])) {
    addTo(lists, keyOf(record, context), record);
  }
  for (const list of lists.values()) list.sort((a, b) => byText(a.urn, b.urn));
  return lists;
});

/** Names by whose health another name's alias goes. */
const followedNames = memoize((context: ReadContext): ReadonlySet<string> => {
  const followers = context.stack.ofType(recordTypes[0]).filter((record) => followsTarget(record) === true);
  const targets = followers.flatMap((record) => targetsOf(record, context));
  const records = targets.filter(({ type }) => type === recordTypes[0]);
  return new Set(records.map((record) => keyOf(record, context)));
});
