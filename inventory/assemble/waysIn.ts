/**
 * Whether requests get to what serves. A unit to which the stack describes ways in serves only if one of them is open,
 * all along; a unit that nothing in the stack leads to has its ways elsewhere, and nothing is said about it.
 */
import { known, unknown, type Fact, type Urn, type WayInFact } from "../../model";
import type { Answer, Draft, DraftRoute, Unit } from "../draft";
import { passageOf, type Gate, type Passage } from "../gate";
import type { Identities } from "../identity";
import type { Stack } from "../stack";
import { targetGroupTypes } from "../aws/balancing/actions";
import { partedAnswers } from "./drained";
import type { Reach, Way } from "./reach";
import { byText } from "../../lib/order";

/** The best way to each unit that an answer leads to. */
export type Ways = ReadonlyMap<Urn, Way>;

const order: readonly Passage[] = ["open", "unknown", "closed"];

/** The ways of one answer of a name, past what stands before the resources that it names. */
export function waysOf({ urn, leadsTo, gates }: Answer, reach: (urn: Urn) => Reach): Ways {
  const ways = new Map<Urn, Way>();
  for (const target of leadsTo) {
    const gate = gates?.get(target);
    const { ends, wayTo } = reach(target);
    for (const end of ends) better(ways, end, behind(gate, urn, wayTo(end)));
  }
  return ways;
}

function behind(gate: Gate | undefined, urn: Urn, way: Way): Way {
  const over = way.over[0] === urn ? way.over : [urn, ...way.over];
  const own = passageOf(gate);
  const isTighter = order.indexOf(own) > order.indexOf(way.passage) || (own !== "open" && own === way.passage);
  if (gate === undefined || !isTighter) return { ...way, over };
  return { passage: own, gate, over };
}

function better(ways: Map<Urn, Way>, end: Urn, way: Way): void {
  const found = ways.get(end);
  if (found === undefined || order.indexOf(way.passage) < order.indexOf(found.passage)) ways.set(end, way);
}

interface WayInTold {
  readonly fact: WayInFact;
  readonly about: Urn;
}

export interface WaysIn {
  readonly units: readonly Unit[];
  readonly facts: readonly { readonly fact: Fact; readonly about: Urn }[];
}

/** The units, each with whether it is reached; and what stops requests on the way to those that are not. */
export function behindWays(
  units: readonly Unit[],
  draft: Draft,
  reach: (urn: Urn) => Reach,
  stack: Stack,
  identities: Identities,
): WaysIn {
  if (draft.guards.size === 0 && draft.deadEnds.size === 0 && !hasGates(draft)) return { units, facts: [] };
  const answers = draft.routes.flatMap((route) => partedAnswers(route).given);
  const best = new Map<Urn, Way>();
  const facts: WayInTold[] = [];
  for (const answer of answers) {
    const ways = waysOf(answer, reach);
    for (const [end, way] of ways) better(best, end, way);
    const passed = [...ways.values()].map(({ passage }) => passage);
    // Where some of what is behind an answer is reached, what is not is told of below.
    if (ways.size > 0 && !passed.includes("open")) facts.push(...factsOf(ways));
  }
  for (const { gap, answers: all } of draft.routes) {
    if (gap === undefined) continue;
    const ends = new Set(all.flatMap((answer) => [...waysOf(answer, reach).keys()]));
    for (const about of ends)
      facts.push(...factsOf(new Map([[about, { passage: "closed", gate: gap, over: [gap.urn] }]])));
  }
  facts.push(...partsToNobody(draft, reach, stack));
  const entrances = entrancesOf(draft, answers);
  for (const entrance of entrances) {
    const { ends, wayTo } = reach(entrance);
    for (const end of ends) better(best, end, wayTo(end));
  }
  for (const [end, way] of cutOff(units, draft, reach, { stack, identities, best, answers, entrances })) {
    best.set(end, way);
  }
  facts.push(...factsOf(best));
  return { units: units.map((unit) => withReach(unit, best.get(unit.resource.urn))), facts: once(facts) };
}

function hasGates({ traffic, routes }: Draft): boolean {
  for (const hops of traffic.values()) if (hops.some(({ gate }) => gate !== undefined)) return true;
  return routes.some(
    ({ answers, gap }: DraftRoute) =>
      gap !== undefined || answers.some(({ gates }) => gates !== undefined && gates.size > 0),
  );
}

/** Where requests begin that no name of the stack sends: what is led on from, and led to by nothing. */
function entrancesOf({ traffic, routes, deadEnds }: Draft, answers: readonly Answer[]): readonly Urn[] {
  const inner = new Set<Urn>(routes.map(({ urn }) => urn));
  for (const { urn } of routes.flatMap((route) => route.answers)) inner.add(urn);
  for (const { leadsTo } of answers) for (const urn of leadsTo) inner.add(urn);
  for (const hops of traffic.values()) for (const { to } of hops) inner.add(to);
  return [...new Set([...traffic.keys(), ...deadEnds.keys()])].filter((urn) => !inner.has(urn)).sort(byText);
}

/**
 * What sends a part of its requests where nobody is: weights between target groups are kept, whether or not a group has
 * a target (Elastic Load Balancing, "Target groups for your Application Load Balancers", weights).
 */
function partsToNobody(draft: Draft, reach: (urn: Urn) => Reach, stack: Stack): readonly WayInTold[] {
  return [...draft.traffic].flatMap(([from, hops]) => {
    if (hops.length < 2) return [];
    const [about] = hops.flatMap(({ to }) => [...reach(to).ends]);
    if (about === undefined) return [];
    return hops.flatMap(({ to, gate }) => {
      const end = draft.deadEnds.get(to);
      const isGroup = targetGroupTypes.some((type) => type === stack.get(to)?.type);
      if (end === undefined || !isGroup || gate !== undefined || reach(to).ends.size > 0) return [];
      const { urn, property, open, why } = end;
      return [{ fact: { kind: "wayIn" as const, urn, property, open, why, over: [from, to] }, about }];
    });
  });
}

interface Surroundings {
  readonly stack: Stack;
  readonly identities: Identities;
  readonly best: ReadonlyMap<Urn, Way>;
  readonly answers: readonly Answer[];
  readonly entrances: readonly Urn[];
}

/**
 * Units that were to be reached over an entrance of their own service, which leads to none of them and ends in nothing:
 * a target group in which nobody is registered, a listener that answers by itself.
 */
function cutOff(units: readonly Unit[], draft: Draft, reach: (urn: Urn) => Reach, around: Surroundings): Ways {
  const { stack, identities, best } = around;
  const dead = new Map<string, Way>();
  for (const start of [...around.entrances, ...around.answers.flatMap(({ leadsTo }) => leadsTo)]) {
    const { ends, deadEnd, wayTo } = reach(start);
    const gate = deadEnd === undefined ? undefined : draft.deadEnds.get(deadEnd);
    const resource = stack.get(start);
    if (gate === undefined || deadEnd === undefined || resource === undefined || ends.size > 0) continue;
    const { service } = identities.of(resource);
    const way: Way = { passage: passageOf(gate), gate, over: wayTo(deadEnd).over };
    if (!dead.has(service)) dead.set(service, way);
  }
  const found = new Map<Urn, Way>();
  if (dead.size === 0) return found;
  for (const { resource, layer } of units) {
    if (layer !== "compute" || isReached(best.get(resource.urn), draft)) continue;
    const way = dead.get(identities.of(resource).service);
    if (way !== undefined) found.set(resource.urn, { ...way, over: [...way.over, resource.urn] });
  }
  return found;
}

/** A target group that nothing of the stack leads to is a way in only while no other has been laid out. */
function isReached(way: Way | undefined, { deadEnds }: Draft): boolean {
  return way !== undefined && !deadEnds.has(way.over[0] ?? "");
}

function withReach(unit: Unit, way: Way | undefined): Unit {
  if (way === undefined || way.passage === "open") return unit;
  const open = way.gate?.open;
  const reached = open === undefined || open.known ? known(false) : unknown<boolean>(open.missing);
  return { ...unit, replicas: unit.replicas.map((replica) => ({ ...replica, reached })) };
}

function factsOf(ways: Ways): readonly WayInTold[] {
  return [...ways].flatMap(([end, { gate, over }]) => {
    if (gate === undefined) return [];
    const { urn, property, open, why } = gate;
    return [{ fact: { kind: "wayIn" as const, urn, property, open, why, over }, about: end }];
  });
}

/** One of each gate and unit: several names may lead over it. */
function once<T extends { readonly fact: WayInFact; readonly about: Urn }>(facts: readonly T[]): readonly T[] {
  const byKey = new Map<string, T>();
  for (const one of facts) {
    const key = `${one.about} ${one.fact.urn} ${one.fact.property}`;
    const found = byKey.get(key);
    // The longest tells the most: it begins with the name that clients ask.
    if (found === undefined || found.fact.over.length < one.fact.over.length) byKey.set(key, one);
  }
  return [...byKey.values()];
}
