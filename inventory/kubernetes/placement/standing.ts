/**
 * Where the pods of one template stand, at worst, and how many of them run at all: what the hard rules of its cluster's
 * scheduler allow on the nodes that it has.
 */
import { known, unknown, type Known, type Placement } from "../../../model";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, propertyPath, text } from "../../values";
import type { PlacedUnits } from "../../spread";
import { asksForNames, fitOf } from "./fit";
import { isHostKey, type Ground, type NodeKind } from "./ground";
import { conflictsOf, podsOfOthers } from "./others";
import { podAsks, takesPort } from "./quantities";
import { domainName } from "./readGround";
import { rulesOf, type PodRules, type PodTemplate, type SpreadRule, type Term } from "./rules";
import type { Match } from "./selectors";
import { spreadingOf, type Spreading } from "./spreading";
import type { Domains, Hosts, Problem, SpreadBound } from "./worst";

export interface PodStanding {
  /** Pods that are sure to run. */
  readonly units: Known<number>;
  /** Places in which they may stand; unknown where all of them may be in any one. */
  readonly places: Known<readonly Placement[]>;
  /** How many stand where. @default evenly */
  readonly placed?: PlacedUnits;
}

export interface Pods extends PodTemplate {
  /** Path of the template's specification in the object, as findings name it. */
  readonly path: readonly string[];
  /** Pods that are asked for. */
  readonly units: Known<number>;
  /** True of pods that run on every node that they fit. */
  readonly isDaemon?: boolean;
  /** True where the namespace admits none of them. @default false */
  readonly isRefused?: boolean;
}

/** A kind of nodes with what the template's own words say of it. */
interface Candidate {
  readonly node: NodeKind;
  readonly count: number;
  readonly selected: Match;
  readonly tolerated: Match;
}

export function standingOf(resource: Resource, pods: Pods, context: ReadContext): PodStanding {
  const ground = context.clusters.groundOf(resource);
  if (!ground.known) return { units: pods.units, places: ground };
  if (pods.isRefused === true) return nowhere(resource, pods, context);
  const bound = text(field(pods.spec, "nodeName"));
  if (bound !== undefined || typeof field(pods.spec, "nodeName") === "symbol")
    return onOneNode(resource, pods, ground.value, bound);
  const candidates = ground.value.nodes.flatMap((node) => candidatesOf(pods, node));
  const rules = rulesOf(pods);
  const fitting = candidates.filter((one) => fits(one) !== "no" && hasKeys(one.node, rules.spread));
  const places = [...new Set(fitting.map(({ node }) => node.place))];
  const [only] = places;
  if (only === undefined) return nowhere(resource, pods, context);
  if (pods.isDaemon === true) return onEveryNode(resource, pods, fitting, places);
  const because = (...path: string[]) => ({
    units: pods.units,
    places: unknown<readonly Placement[]>(propertyPath(resource, ...pods.path, ...path)),
  });
  const unsure = fitting.find((one) => fits(one) === "maybe");
  if (unsure !== undefined && places.length > 1)
    return because(unsure.selected === "maybe" ? selectedBy(pods) : "tolerations");
  const asked = { resource, pods, rules, candidates, fitting, places };
  const together = togetherOf(asked, context);
  if (together === "unknown") return because("affinity", "podAffinity");
  const spreading = spread(asked, context);
  if (spreading === undefined) return because("affinity", "podAntiAffinity");
  if (!spreading.isExact) return because("topologySpreadConstraints");
  const units = pods.units.known ? known(spreading.running) : pods.units;
  if (spreading.running === 0 && pods.units.known && pods.units.value > 0) return nowhere(resource, pods, context);
  if (places.length === 1) return { units, places: known([only]) };
  if (together === "one place") return oneOf(places, units);
  const falls = spreading.over.some((place) => leftWithout(spreading, place) === 0);
  if (spreading.running > 1 && falls) return because("topologySpreadConstraints");
  return { units, places: known(places), ...(pods.units.known ? { placed: spreading } : {}) };
}

interface Asked {
  readonly resource: Resource;
  readonly pods: Pods;
  readonly rules: PodRules;
  readonly candidates: readonly Candidate[];
  readonly fitting: readonly Candidate[];
  readonly places: readonly Placement[];
}

/** All fall with whichever place they turn out to be in. */
function oneOf(places: readonly Placement[], units: Known<number>): PodStanding {
  const over = places.map((_, index) => index);
  const sure = places.map(() => 0);
  const loose = units.known && units.value > 0 ? [{ pods: units.value, rank: 0 }] : [];
  return { units, places: known(places), placed: { sure, over, loose } };
}

function leftWithout({ running, sure, loose }: Spreading, place: number): number {
  const first = loose.find(({ rank }) => rank === 0);
  return running - (sure[place] ?? 0) - (first?.pods ?? 0);
}

/** No node takes them: they stay pending. Where nothing runs, the place that it does not run in is the first. */
function nowhere(resource: Resource, pods: Pods, context: ReadContext): PodStanding {
  const { sites } = context.clusters.of(resource);
  const place = sites.known ? sites.value.flatMap(({ placements }) => placements)[0] : undefined;
  return {
    units: known(0),
    places: place === undefined ? unknown(propertyPath(resource, ...pods.path)) : known([place]),
  };
}

/** A node's name passes the scheduler and every rule (Kubernetes, "Assigning Pods to Nodes", nodeName). */
function onOneNode(
  resource: Resource,
  { units, path }: Pods,
  { nodes }: Ground,
  name: string | undefined,
): PodStanding {
  const there = nodes.find(({ names }) => name !== undefined && names?.includes(name) === true);
  const places = there === undefined ? nodes.map(({ place }) => place) : [there.place];
  const isListed = nodes.every(({ names }) => names !== undefined);
  if (there === undefined && isListed && name !== undefined)
    return { units: known(0), places: known(places.slice(0, 1)) };
  return {
    units,
    places:
      new Set(places).size === 1 ? known(places.slice(0, 1)) : unknown(propertyPath(resource, ...path, "nodeName")),
  };
}

function candidatesOf({ spec, isDaemon = false }: Pods, node: NodeKind): readonly Candidate[] {
  const { names, count } = node;
  if (names === undefined || !asksForNames(spec)) return [{ node, count, ...fitOf(spec, node, undefined, isDaemon) }];
  return names.map((name) => ({ node, count: 1, ...fitOf(spec, node, name, isDaemon) }));
}

function fits({ selected, tolerated }: Candidate): Match {
  if (selected === "no" || tolerated === "no") return "no";
  return selected === "maybe" || tolerated === "maybe" ? "maybe" : "yes";
}

/** Nodes without the key of a hard rule are passed over ("Pod Topology Spread Constraints", Implicit conventions). */
function hasKeys(node: NodeKind, spread: readonly SpreadRule[]): boolean {
  return spread.every(({ key }) => isHostKey(key) || domainName(node.labelOf(key)) !== "");
}

function selectedBy({ spec }: Pods): string {
  return field(spec, "nodeSelector") === undefined ? "affinity.nodeAffinity" : "nodeSelector";
}

/** One pod on every node: so many as the place has, or one where nobody says how many that are. */
function onEveryNode(
  resource: Resource,
  pods: Pods,
  fitting: readonly Candidate[],
  places: readonly Placement[],
): PodStanding {
  const unsure = fitting.find((one) => fits(one) === "maybe");
  if (unsure !== undefined && places.length > 1) {
    const path = unsure.selected === "maybe" ? selectedBy(pods) : "tolerations";
    return { units: pods.units, places: unknown(propertyPath(resource, ...pods.path, path)) };
  }
  const sure = places.map((place) =>
    fitting.reduce((sum, { node, count }) => sum + (node.place === place ? (count === Infinity ? 0 : count) : 0), 0),
  );
  const placed = { sure: sure.map((count) => Math.max(1, count)), over: [], loose: [] };
  return { units: known(placed.sure.reduce((sum, one) => sum + one, 0)), places: known(places), placed };
}

/** Whether the pods must stand beside each other, or beside others. */
function togetherOf(
  { resource, rules, fitting, places }: Asked,
  context: ReadContext,
): "unknown" | "one place" | "free" {
  let found: "one place" | "free" = "free";
  for (const term of rules.together) {
    const names = fitting.map(({ node }) => (isHostKey(term.key) ? undefined : domainName(node.labelOf(term.key))));
    const isOne = !isHostKey(term.key) && new Set(names).size === 1 && names[0] !== undefined && names[0] !== "";
    if (isOne || places.length === 1) continue;
    const isNarrow = isHostKey(term.key) || isWithinPlaces(names, fitting);
    if (term.own !== "yes" || !isNarrow || podsOfOthers(resource, term, context) > 0) return "unknown";
    found = "one place";
  }
  return found;
}

/** True where no domain spans two places. */
function isWithinPlaces(names: readonly (string | undefined)[], fitting: readonly Candidate[]): boolean {
  const homes = new Map<string, Placement>();
  return names.every((name, index) => {
    const place = fitting[index]?.node.place;
    if (name === undefined || name === "" || place === undefined) return false;
    const other = homes.get(name) ?? place;
    homes.set(name, other);
    return other === place;
  });
}

/** Undefined where rules that keep them away from the pods of others decide. */
function spread(asked: Asked, context: ReadContext): Spreading | undefined {
  const { resource, pods, places } = asked;
  const conflicts = conflictsOf(resource, pods, context);
  const problem = problemOf(asked, 0, context);
  const found = spreadingOf(problem, places.length);
  if (conflicts.length === 0) return found;
  if (conflicts.some(({ key }) => !isHostKey(key))) return undefined;
  const taken = conflicts.reduce((sum, { pods: blocking }) => sum + blocking, 0);
  const without = spreadingOf(problemOf(asked, taken, context), places.length);
  return JSON.stringify(found) === JSON.stringify(without) ? found : undefined;
}

/** So many pods tell whether a rule parts them at all, where it is not known how many there are. */
const fewPods = 2;

/** @param taken nodes, of each kind, that pods of others may have closed */
function problemOf(
  { resource, pods, rules, candidates, fitting, places }: Asked,
  taken: number,
  context: ReadContext,
): Problem {
  const isOpen = new Set(fitting);
  const own = rules.apart.filter(({ own }) => own === "yes");
  const single = takesPort(pods.spec) || own.some(({ key }) => isHostKey(key));
  const asks = podAsks(pods.spec, "requests");
  const hosts = candidates.map((one): Hosts => ({
    place: places.indexOf(one.node.place),
    count: isOpen.has(one) ? Math.max(0, one.count - taken) : one.count,
    capacity: isOpen.has(one) ? Math.min(single ? 1 : Infinity, roomFor(asks, one.node)) : 0,
  }));
  const bounds = rules.spread.flatMap((rule): readonly SpreadBound[] => {
    const domains = rule.own === "yes" ? domainsOf(rule, candidates, rules.spread) : undefined;
    if (domains === undefined) return [];
    const { maxSkew, minDomains, countsOthers } = rule;
    const others = countsOthers ? podsOfOthers(resource, rule, context) : 0;
    return others === Infinity ? [] : [{ domains: domains.names, maxSkew, minDomains, others, hosts: domains.counted }];
  });
  const apart = own.filter(({ key }) => !isHostKey(key)).flatMap((term) => apartOf(term, candidates) ?? []);
  return {
    pods: pods.units.known ? Math.floor(pods.units.value) : fewPods,
    hosts,
    spread: merged(bounds),
    apart,
  };
}

function apartOf({ key }: Term, candidates: readonly Candidate[]): readonly (readonly string[])[] | undefined {
  const names = candidates.map(({ node }) => domainName(node.labelOf(key)));
  return names.includes(undefined) ? undefined : [names.map((name) => name ?? "")];
}

/** The domains that a rule counts; undefined where nobody knows them. */
function domainsOf(
  rule: SpreadRule,
  candidates: readonly Candidate[],
  all: readonly SpreadRule[],
): { readonly names: Domains; readonly counted: readonly boolean[] } | undefined {
  const counted = candidates.map(
    ({ node, selected, tolerated }) =>
      hasKeys(node, all) && (!rule.honorsAffinity || selected !== "no") && (!rule.honorsTaints || tolerated !== "no"),
  );
  if (isHostKey(rule.key)) return { names: "each host", counted };
  const names = candidates.map(({ node }) => domainName(node.labelOf(rule.key)));
  if (names.includes(undefined)) return undefined;
  return { names: names.map((name, index) => (counted[index] === true ? (name ?? "") : "")), counted };
}

/** Rules over the same domains hold as the strictest of them. */
function merged(bounds: readonly SpreadBound[]): readonly SpreadBound[] {
  const found = new Map<string, SpreadBound>();
  for (const bound of bounds) {
    const key = JSON.stringify([partition(bound.domains), bound.hosts, bound.others]);
    const other = found.get(key);
    const maxSkew = Math.min(bound.maxSkew, other?.maxSkew ?? Infinity);
    const minDomains = Math.max(bound.minDomains, other?.minDomains ?? 0);
    found.set(key, { ...bound, maxSkew, minDomains });
  }
  return [...found.values()];
}

/** The same for two lists of names that part hosts alike. */
function partition(domains: Domains): readonly number[] | "each host" {
  return domains === "each host" ? domains : domains.map((name) => (name === "" ? -1 : domains.indexOf(name)));
}

/** Pods that one node has room for by itself; what it does not state is not counted. */
function roomFor(asks: ReadonlyMap<string, number>, { room }: NodeKind): number {
  if (room === undefined) return Infinity;
  const bounds = [...asks].map(([name, amount]) => {
    const has = room.get(name) ?? (name === "cpu" || name === "memory" || name === "ephemeral-storage" ? Infinity : 0);
    // Half of a millionth more than whole: quantities are decimal, and numbers here are binary.
    return amount <= 0 ? Infinity : Math.floor(has / amount + 5e-7);
  });
  return Math.min(room.get("pods") ?? Infinity, ...bounds);
}
