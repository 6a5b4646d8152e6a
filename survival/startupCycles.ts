/** Black start: what could never be started if everything were dark at once. */
import { by } from "../lib/order";
import type { Dependency } from "../model/estate";
import type { ServiceId } from "../model/ids";
import { shortestPath, stronglyConnectedComponents } from "../lib/graph";

/** What decides whether a service can start. */
export interface Starter {
  readonly id: ServiceId;
  readonly dependencies: readonly Pick<Dependency, "anyOf" | "strength">[];
}

/**
 * Cycles of startup dependencies that keep services dark: each list goes from a service to one that it waits for, and
 * the last waits for the first. One shortest cycle for each knot of services that wait for each other; each begins at
 * its least name, and the list is sorted. A cycle of hard dependencies alone is none: its services start together. A
 * service that is only named is somebody else's, and is taken to run.
 */
export function startupCycles(services: readonly Starter[]): readonly (readonly ServiceId[])[] {
  const dark = darkServices(services);
  const indexOf = new Map(dark.map(({ id }, index) => [id, index]));
  const isBlocked = ({ anyOf }: Pick<Dependency, "anyOf">) => anyOf.length > 0 && anyOf.every((id) => indexOf.has(id));
  const edges = (strengths: readonly string[]) =>
    dark.map(({ dependencies }) =>
      dependencies
        .filter((dependency) => strengths.includes(dependency.strength) && isBlocked(dependency))
        .flatMap(({ anyOf }) => anyOf.flatMap((id) => indexOf.get(id) ?? [])),
    );
  const waits = edges(["hard", "startup"]);
  const starts = edges(["startup"]);

  const cycles = stronglyConnectedComponents(dark.length, (node) => waits[node] ?? []).flatMap((knot) => {
    const inside = new Set(knot);
    const edgesOf = (node: number) => (waits[node] ?? []).filter((edge) => inside.has(edge));
    const ways = knot.flatMap((from) =>
      (starts[from] ?? []).filter((to) => inside.has(to)).flatMap((to) => [shortestPath(to, from, edgesOf) ?? []]),
    );
    const [shortest] = ways.sort((one, other) => one.length - other.length);
    return shortest ? [fromLeast(shortest.flatMap((node) => dark[node]?.id ?? []))] : [];
  });
  return cycles.sort(by((cycle) => cycle.join(" ")));
}

/** Services that stay down when all begin down and each waits for its startup dependencies. Sorted. */
function darkServices(all: readonly Starter[]): readonly Starter[] {
  // What waits for nothing comes up.
  const services = all.filter(({ dependencies }) => dependencies.some(({ strength }) => strength !== "soft"));
  const indexOf = new Map(services.map(({ id }, index) => [id, index]));
  const needsOf = (node: number) =>
    (services[node]?.dependencies ?? [])
      .filter(({ strength }) => strength !== "soft")
      .flatMap(({ anyOf }) => anyOf.flatMap((id) => indexOf.get(id) ?? []));
  const lit = new Set<ServiceId>();
  const isUp = (id: ServiceId) => lit.has(id) || !indexOf.has(id);
  // What a knot needs outside of itself has been settled before it.
  for (const knot of stronglyConnectedComponents(services.length, needsOf)) {
    const members = knot.flatMap((node) => services[node] ?? []);
    for (const id of litTogether(members, isUp)) lit.add(id);
  }
  return services.filter(({ id }) => !lit.has(id)).sort(by(({ id }) => id));
}

/** Of services that need each other, those that come up where these others are up. */
function litTogether(knot: readonly Starter[], isUpOutside: (id: ServiceId) => boolean): ReadonlySet<ServiceId> {
  const inside = new Set(knot.map(({ id }) => id));
  let lit: ReadonlySet<ServiceId> = new Set();
  const isUp = (id: ServiceId) => lit.has(id) || (!inside.has(id) && isUpOutside(id));
  for (let before = -1; before < lit.size;) {
    before = lit.size;
    lit = servingTogether(
      knot.filter((service) => isServed(service, "startup", isUp)),
      (id) => !inside.has(id) && isUpOutside(id),
    );
  }
  return lit;
}

/** Of the services that can start, those that find their hard dependencies among them, or outside. */
function servingTogether(started: readonly Starter[], isUpOutside: (id: ServiceId) => boolean): Set<ServiceId> {
  const up = new Set(started.map(({ id }) => id));
  const isUp = (id: ServiceId) => up.has(id) || isUpOutside(id);
  for (let before = Infinity; up.size < before;) {
    before = up.size;
    for (const service of started) if (!isServed(service, "hard", isUp)) up.delete(service.id);
  }
  return up;
}

function isServed(service: Starter, strength: Dependency["strength"], isUp: (id: ServiceId) => boolean): boolean {
  return service.dependencies
    .filter((dependency) => dependency.strength === strength && dependency.anyOf.length > 0)
    .every(({ anyOf }) => anyOf.some(isUp));
}

function fromLeast(cycle: readonly ServiceId[]): ServiceId[] {
  const least = cycle.reduce((low, id, index) => (id < (cycle[low] ?? id) ? index : low), 0);
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
