/** Services that fare alike after any loss: of a large estate most do, and what is found of one holds of all. */
import type { Service } from "../model/estate";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { Solution } from "./solutions";

/** See `Survival.judgeEach`. */
export function* judgeEachOnce<T>(
  services: Iterable<Service>,
  judge: (service: Service) => T | undefined,
  keyOf: (service: Service) => string | undefined,
  graph: DependencyGraph,
  solutionOf: (component: StrongComponent) => Solution,
): Iterable<T> {
  const cleared = new Set<string>();
  for (const service of services) {
    const key = keyOf(service);
    const mark = key === undefined ? undefined : `${equivalenceOf(service, graph, solutionOf)} ${key}`;
    if (mark !== undefined && cleared.has(mark)) continue;
    const found = judge(service);
    if (found !== undefined) yield found;
    else if (mark !== undefined) cleared.add(mark);
  }
}

/** The same text for services that fare alike, and one of its own for every other. */
function equivalenceOf(
  { id }: Service,
  { componentOf }: DependencyGraph,
  solutionOf: (component: StrongComponent) => Solution,
): string {
  const component = componentOf(id);
  // Several in one component have one solution that holds a result of each.
  return component.only ? String(solutionOf(component).number) : `of ${component.index} ${JSON.stringify(id)}`;
}
