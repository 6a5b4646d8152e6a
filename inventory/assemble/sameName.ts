/**
 * Workloads behind one name: whoever asks for the name is answered by any of them, so they stand in for each other,
 * whatever they are called. What is given only when all others are dead has to be the same workload: a page that says
 * sorry is no replica.
 */
import type { Urn } from "../../model";
import type { Draft } from "../draft";
import { addTo } from "../../lib/lists";
import { byText } from "../../lib/order";
import { formOf, type Kinship } from "./alike";
import { partedAnswers } from "./drained";
import type { Group } from "./groups";
import type { Reach } from "./reach";
import type { Claims } from "./claims";

export interface Joined {
  readonly groups: readonly Group[];
  /** The base that a joined group has, by the base that it had before. */
  readonly aliases: ReadonlyMap<string, string>;
}

interface Answering {
  readonly group: Group;
  readonly lastResort: boolean;
}

/** Joins the groups that answer to one name in each other's place. */
export function joinedByNames(
  groups: readonly Group[],
  { routes }: Draft,
  reach: (urn: Urn) => Reach,
  kinship: Kinship,
): Joined {
  const several = routes.filter(({ answers }) => answers.length > 1);
  if (several.length === 0) return { groups, aliases: new Map() };
  const byUrn = new Map(groups.flatMap((group) => group.units.map(({ resource }) => [resource.urn, group] as const)));
  const partners = new Map<Group, Group[]>();
  for (const route of several) {
    const answering = partedAnswers(route).given.flatMap((answer): readonly Answering[] => {
      const ends = answer.leadsTo.flatMap((urn) => [...reach(urn).ends]);
      const behind = [...new Set(ends.flatMap((urn) => byUrn.get(urn) ?? []))];
      const [group] = behind;
      // Several behind one answer are told apart by what comes after the name: a path, a port.
      if (group === undefined || behind.length > 1 || group.layer !== "compute") return [];
      return [{ group, lastResort: answer.lastResort }];
    });
    const [first, ...others] = [...answering].sort((a, b) => Number(a.lastResort) - Number(b.lastResort));
    if (first === undefined) continue;
    for (const other of others) {
      if (other.group !== first.group && standIn(first, other, kinship)) addTo(partners, first.group, other.group);
    }
  }
  return joined(groups, partners);
}

function standIn(one: Answering, other: Answering, kinship: Kinship): boolean {
  const [a, b] = [one.group, other.group];
  if (a.identity.claim === "explicit" && b.identity.claim === "explicit") return false;
  if (!one.lastResort && !other.lastResort) return true;
  const [first, second] = [a.units[0], b.units[0]];
  if (first === undefined || second === undefined || formOf(first) !== formOf(second)) return false;
  const likeness = new Set(a.units.flatMap(kinship.likeness));
  return (
    kinship.stem(first) === kinship.stem(second) ||
    b.units.some((unit) => kinship.likeness(unit).some((token) => likeness.has(token)))
  );
}

const claimOrder = ["explicit", "label", "derived"] as const;

function joined(groups: readonly Group[], partners: ReadonlyMap<Group, readonly Group[]>): Joined {
  const taken = new Map<Group, Set<Group>>();
  for (const [group, others] of partners) {
    const set = new Set([group, ...others].flatMap((one) => [...(taken.get(one) ?? [one])]));
    for (const one of set) taken.set(one, set);
  }
  const aliases = new Map<string, string>();
  const done = new Set<Group>();
  const result = groups.flatMap((group): readonly Group[] => {
    const set = taken.get(group);
    if (set === undefined) return [group];
    if (done.has(group)) return [];
    for (const one of set) done.add(one);
    const [main, ...others] = [...set].sort(byClaim);
    if (main === undefined) return [];
    for (const { base } of others) if (base !== main.base) aliases.set(base, main.base);
    const units = [...set].flatMap((one) => one.units);
    return [
      { ...main, units: units.sort((a, b) => byText(a.resource.urn, b.resource.urn) || byText(a.scope, b.scope)) },
    ];
  });
  // A base of which other parts are left keeps its name for them.
  for (const { base } of result) aliases.delete(base);
  return { groups: result, aliases };
}

function byClaim(a: Group, b: Group): number {
  const rank = ({ identity }: Group) => claimOrder.indexOf(identity.claim);
  return rank(a) - rank(b) || byText(a.base, b.base) || byText(a.workload, b.workload);
}

/** What is said about each service, with what is said about those that have been joined to it. */
export function claimsJoined(
  claims: ReadonlyMap<string, Claims>,
  aliases: ReadonlyMap<string, string>,
  merge: (into: Claims, from: Claims) => Claims,
): ReadonlyMap<string, Claims> {
  if (aliases.size === 0) return claims;
  const all = new Map(claims);
  for (const [from, to] of [...aliases].sort(([a], [b]) => byText(a, b))) {
    const [more, own] = [all.get(from), all.get(to)];
    all.delete(from);
    if (more !== undefined) all.set(to, own === undefined ? more : merge(own, more));
  }
  return all;
}
