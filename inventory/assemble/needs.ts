/** What each part of a service needs: its own stores and keys, what its words name, and what it was made from. */
import type { Service, Urn } from "../../model";
import type { Draft } from "../draft";
import type { Stack } from "../stack";
import { afarByEdge, servicesAfar, type AfarNeed, type NamedNeeds } from "./afar";
import type { Claims } from "./claims";
import { parseDependency, strengthOfPart } from "./dependencies";
import { needsOf } from "./edges";
import type { Group } from "./groups";
import { doingParts, workingParts, type Lookup } from "./parts";
import type { Whereabouts } from "./whereabouts";

/**
 * Adds every dependency between the parts.
 *
 * @returns what is needed in another place than that of its user: each instance by itself
 */
export function addNeeds(
  lookup: Lookup,
  claims: ReadonlyMap<string, Claims>,
  draft: Draft,
  stack: Stack,
  { named, where }: Reaching,
): readonly Service[] {
  dependOnParts(lookup);
  dependByWords(lookup, claims);
  const afar = dependByEdges(lookup, draft, stack, where);
  for (const { from, to, strength, property } of named.near) {
    const [user, needed] = [lookup.byUrn.get(from), lookup.byUrn.get(to)];
    if (user !== undefined && needed !== undefined) user.dependencies.add([needed.id], strength, from, property);
  }
  return servicesAfar([...afar, ...named.afar], lookup.byUrn, where.isIn);
}

/** What workloads name in their own definitions, and where they stand. */
export interface Reaching {
  readonly named: NamedNeeds;
  readonly where: Whereabouts;
}

/** A service that has said which stores, queues and keys are its own needs them. */
function dependOnParts({ byBase }: Lookup): void {
  for (const parts of byBase.values()) {
    for (const working of doingParts(parts)) {
      for (const { id, group } of parts) {
        if (group === undefined || group.identity.claim === "derived" || group.layer === "routing") continue;
        const strength = strengthOfPart(group.layer);
        if (strength !== undefined) working.dependencies.add([id], strength, firstUrn(group));
      }
    }
  }
}

function dependByWords({ byBase }: Lookup, claims: ReadonlyMap<string, Claims>): void {
  for (const [base, { dependsOn }] of claims) {
    for (const { word, urn, property } of dependsOn) {
      const parsed = parseDependency(word);
      if (parsed === undefined) continue;
      const resolved = parsed.anyOf.map((name) => workingParts(byBase.get(name) ?? []).map(({ id }) => id));
      const named = resolved.map((ids, index) => (ids.length > 0 ? ids : [parsed.anyOf[index] as string]));
      for (const { dependencies } of workingParts(byBase.get(base) ?? [])) {
        // A name that stands for several parts means all of them; beside other names any part of it will have to do.
        if (named.length === 1) for (const id of named[0] ?? []) dependencies.add([id], parsed.strength, urn, property);
        else dependencies.add(named.flat(), parsed.strength, urn, property);
      }
    }
  }
}

function dependByEdges({ byUrn, parts }: Lookup, draft: Draft, stack: Stack, where: Whereabouts): readonly AfarNeed[] {
  const afar: AfarNeed[] = [];
  for (const { group, dependencies, id } of parts) {
    for (const unit of group?.units ?? []) {
      const { resource } = unit;
      for (const { target, property } of needsOf(resource, stack, (urn) => byUrn.has(urn))) {
        const needed = byUrn.get(target.urn);
        const strength = needed?.group === undefined ? undefined : strengthOfPart(needed.group.layer);
        if (needed === undefined || strength === undefined || needed.group?.layer === "routing") continue;
        if (needed.id === id) continue;
        const { units = [] } = needed.group ?? {};
        dependencies.add([needed.id], strength, resource.urn, property);
        const instances = units.filter((one) => one.resource === target);
        const crossing = instances.map((one) => afarByEdge(unit, one, strength, property, where));
        // A resource may be placed in parts: its own, and its copies elsewhere.
        if (crossing.every((one) => one !== undefined)) afar.push(...crossing.slice(0, 1));
      }
    }
  }
  for (const { from, to, strength, property } of draft.edges) {
    const [one, other] = [byUrn.get(from), byUrn.get(to)];
    if (one !== undefined && other !== undefined) one.dependencies.add([other.id], strength, from, property);
  }
  for (const { from, anyOf, strength, property } of draft.choices) {
    byUrn.get(from)?.dependencies.add(anyOf, strength, from, property);
  }
  return afar;
}

function firstUrn(group: Group | undefined): Urn {
  return group?.units[0]?.resource.urn ?? "";
}
