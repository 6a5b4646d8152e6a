/**
 * Which of the units that one word covers are one workload. A replica stands in for another only where both do the same
 * work: a component or a tag of an application covers a web server and its nightly report alike.
 */
import { likenessInAws, machineImageOf, workFormOf, type WorkForm } from "../aws/likeness";
import { likenessInKubernetes, workFormInKubernetes } from "../kubernetes/likeness";
import type { Unit } from "../draft";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { listsBy } from "../../lib/lists";
import { stemOf } from "./nameStem";

/** What tells units of one workload from others. */
export interface Kinship {
  readonly stem: (unit: Unit) => string;
  readonly likeness: (unit: Unit) => readonly string[];
}

const ofKubernetes = (resource: Resource) => resource.type.startsWith("kubernetes:");

/** @param places words that name places of this estate */
export function kinshipOf(stack: Stack, places: readonly string[]): Kinship {
  return {
    stem: ({ workload }) => stemOf(workload, places),
    likeness: ({ resource }) =>
      ofKubernetes(resource) ? likenessInKubernetes(resource) : likenessInAws(resource, stack),
  };
}

export function formOf({ resource }: Unit): WorkForm {
  return ofKubernetes(resource) ? workFormInKubernetes(resource) : workFormOf(resource);
}

/** Two workloads of different names within one scope: they are there side by side. */
export function isSideBySide(units: readonly Unit[]): boolean {
  const seen = new Map<string, string>();
  return units.some(({ scope, workload }) => {
    const other = seen.get(scope);
    seen.set(scope, workload);
    return other !== undefined && other !== workload;
  });
}

/**
 * The units in parts of one workload each: of one form of work, and of one name but for the words that tell copies
 * apart, or made from the same. Within one scope both must hold, for shards and environments are numbered too.
 */
export function workloadsAmong(units: readonly Unit[], kinship: Kinship): readonly (readonly Unit[])[] {
  return [...listsBy(units, formOf).values()].flatMap((alike) => {
    const byStem = [...listsBy(alike, kinship.stem).values()].flatMap((list) => apart(list, kinship));
    return byStem.length < 2 ? byStem : madeFromTheSame(byStem, kinship);
  });
}

/** Units of one stem that stand side by side are one workload only where they are made from the same as well. */
function apart(units: readonly Unit[], kinship: Kinship): readonly (readonly Unit[])[] {
  if (!isSideBySide(units) || shareOne(units.map(kinship.likeness))) return [units];
  return [...listsBy(units, ({ workload }) => workload).values()];
}

/** Joins parts of different names that are made from the same, unless they stand side by side. */
function madeFromTheSame(parts: readonly (readonly Unit[])[], kinship: Kinship): readonly (readonly Unit[])[] {
  const joined: { units: Unit[]; likeness: Set<string> }[] = [];
  for (const units of parts) {
    const likeness = units.flatMap((unit) => [...kinship.likeness(unit), ...namelessImage(unit, kinship)]);
    const same = joined.find(
      (other) => likeness.some((token) => other.likeness.has(token)) && !isSideBySide([...other.units, ...units]),
    );
    if (same === undefined) joined.push({ units: [...units], likeness: new Set(likeness) });
    else {
      same.units.push(...units);
      for (const token of likeness) same.likeness.add(token);
    }
  }
  return joined.map(({ units }) => units);
}

/** A machine whose name says only which copy it is, is what its image makes it. */
function namelessImage(unit: Unit, { stem }: Kinship): readonly string[] {
  const image = stem(unit) === "" ? machineImageOf(unit.resource) : undefined;
  return image === undefined ? [] : [`machine image ${image}`];
}

function shareOne(lists: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = lists;
  return first.some((token) => others.every((list) => list.includes(token)));
}
