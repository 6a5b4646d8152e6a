/** A resource cannot be inside itself: parents that go round are damage, and no component could be told from them. */
import type { Mistake, Urn } from "../../model";
import type { Resource } from "../resource";
import { mistake } from "./mistakes";

const stackType = "::pulumi:pulumi:Stack::";

/**
 * One mistake per circle of parents, at the resource by which it is entered.
 *
 * @param placeOf where a resource stands in the document, such as `deployment.resources[3]`
 */
export function parentCycles(resources: readonly Resource[], placeOf: (urn: Urn) => string): readonly Mistake[] {
  // Most hang on the stack itself, which ends every way.
  const nested = resources.filter(({ parent }) => parent?.includes(stackType) === false);
  const parents = new Map(nested.map(({ urn, parent }) => [urn, parent]));
  const settled = new Set<Urn>();
  const mistakes: Mistake[] = [];
  for (const { urn } of nested) {
    const way = new Set<Urn>();
    let current: Urn | undefined = urn;
    while (current !== undefined && !settled.has(current) && !way.has(current)) {
      way.add(current);
      current = parents.get(current);
    }
    if (current !== undefined && way.has(current)) mistakes.push(circle(current, parents, placeOf));
    for (const each of way) settled.add(each);
  }
  return mistakes;
}

function circle(start: Urn, parents: ReadonlyMap<Urn, Urn | undefined>, placeOf: (urn: Urn) => string): Mistake {
  let steps = 1;
  for (let next = parents.get(start); next !== undefined && next !== start; next = parents.get(next)) steps += 1;
  const found = steps === 1 ? `"${start}" is its own parent` : `from "${start}" it comes back after ${steps} parents`;
  return mistake(
    "DPX408",
    `The parents of a resource must end at the stack; ${found}.`,
    "Export the state again; a file edited by hand can be repaired with `pulumi state`.",
    `${placeOf(start)}.parent`,
  );
}
