/** What each part of a service needs: its own stores and keys, what its words name, and what it was made from. */
import type { Urn } from "../../model";
import type { Draft } from "../draft";
import type { Stack } from "../stack";
import type { Claims } from "./claims";
import { parseDependency, strengthOfPart } from "./dependencies";
import { needsOf } from "./edges";
import type { Group } from "./groups";
import { doingParts, workingParts, type Lookup } from "./parts";

/** Adds every dependency between the parts. */
export function addNeeds(lookup: Lookup, claims: ReadonlyMap<string, Claims>, draft: Draft, stack: Stack): void {
  dependOnParts(lookup);
  dependByWords(lookup, claims);
  dependByEdges(lookup, draft, stack);
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

function dependByEdges({ byUrn, parts }: Lookup, draft: Draft, stack: Stack): void {
  for (const { group, dependencies, id } of parts) {
    for (const { resource } of group?.units ?? []) {
      for (const { target, property } of needsOf(resource, stack, (urn) => byUrn.has(urn))) {
        const needed = byUrn.get(target.urn);
        const strength = needed?.group === undefined ? undefined : strengthOfPart(needed.group.layer);
        if (needed === undefined || strength === undefined || needed.group?.layer === "routing") continue;
        if (needed.id !== id) dependencies.add([needed.id], strength, resource.urn, property);
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
}

function firstUrn(group: Group | undefined): Urn {
  return group?.units[0]?.resource.urn ?? "";
}
