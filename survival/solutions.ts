/** What has been solved, kept once for all services that fare alike. */
import type { ServiceId } from "../model/ids";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { Bound } from "./level";
import type { Result } from "./result";
import { shapeOf } from "./shape";
import type { CutSet } from "./survival";

/** The result of a component's only service, or of each of several. */
export type Results = Result | ReadonlyMap<ServiceId, Result>;

/**
 * Results of components that fare alike, by the class of the loss; where nothing is unknown both bounds are one list.
 */
export interface Solution extends Readonly<Record<Bound, (Results | undefined)[]>> {
  /** Index of the first of the components. */
  readonly number: number;
  /** Cut sets of the only service, by order and kinds. */
  readonly cutSets: Map<string, readonly CutSet[]>;
}

/** The solution of each component, in which nothing is solved yet; services of one shape have theirs in common. */
export function emptySolutions({ components, componentOf }: DependencyGraph): (of: StrongComponent) => Solution {
  const byShape = new Map<string, Solution>();
  const all: Solution[] = [];
  const solutionOf = ({ index }: StrongComponent): Solution => {
    const solution = all[index];
    if (solution === undefined) throw new RangeError(`There is no component ${index}.`);
    return solution;
  };
  // What a component needs comes before it.
  const numberOf = (id: ServiceId) => solutionOf(componentOf(id)).number;
  for (const component of components) {
    const shape = shapeOf(component, numberOf);
    let solution = shape === undefined ? undefined : byShape.get(shape);
    if (!solution) {
      const worst: Solution["worst"] = [];
      solution = { number: component.index, worst, best: component.uncertain ? [] : worst, cutSets: new Map() };
      if (shape !== undefined) byShape.set(shape, solution);
    }
    all.push(solution);
  }
  return solutionOf;
}
