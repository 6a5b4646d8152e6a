/** Starting from dark: which services can start, and which hang on a cycle. */
import type { Dependency, Estate, Service, ServiceId } from "../../model";
import { servicesById } from "./read";

const startNeeds = (service: Service): readonly Dependency[] =>
  service.dependencies.filter((dependency) => dependency.strength === "startup");
const serveNeeds = (service: Service): readonly Dependency[] =>
  service.dependencies.filter((dependency) => dependency.strength === "hard");

/**
 * Cycles of needs that keep services from ever starting, each from its first member by name; sorted. Services that only
 * need each other to *serve* are no cycle: they start together and wait.
 */
export function unstartable(estate: Estate): readonly (readonly ServiceId[])[] {
  const services = servicesById(estate);
  const started = startAll(estate.services, services);
  const stuck = estate.services.filter((service) => !started.has(service.id));
  const cycles = new Map<string, readonly ServiceId[]>();
  for (const service of stuck) {
    const cycle = cycleFrom(service, services, started);
    if (cycle) cycles.set(cycle.join("\n"), cycle);
  }
  return [...cycles.values()].sort((a, b) => a.join().localeCompare(b.join(), "en"));
}

/** Grows the set of started services until nothing is added. */
function startAll(all: readonly Service[], services: ReadonlyMap<ServiceId, Service>): ReadonlySet<ServiceId> {
  const started = new Set<ServiceId>();
  for (let before = -1; before !== started.size;) {
    before = started.size;
    const serving = servingAmong(all, started);
    for (const service of all) {
      if (startNeeds(service).every((need) => met(need, serving, services))) started.add(service.id);
    }
  }
  return started;
}

/** Of the started, those whose needs for serving are met by the started: shrinks until nothing is taken away. */
function servingAmong(all: readonly Service[], started: ReadonlySet<ServiceId>): ReadonlySet<ServiceId> {
  const services = new Map(all.map((service) => [service.id, service]));
  const serving = new Set(started);
  for (let before = -1; before !== serving.size;) {
    before = serving.size;
    for (const id of serving) {
      const service = services.get(id);
      if (service && !serveNeeds(service).every((need) => met(need, serving, services))) serving.delete(id);
    }
  }
  return serving;
}

/** A member outside of the estate is somebody else's and is taken to run. */
function met(need: Dependency, serving: ReadonlySet<ServiceId>, services: ReadonlyMap<ServiceId, Service>): boolean {
  return need.anyOf.some((id) => serving.has(id) || !services.has(id));
}

/** Follows unmet needs from a stuck service until one comes again. */
function cycleFrom(
  start: Service,
  services: ReadonlyMap<ServiceId, Service>,
  started: ReadonlySet<ServiceId>,
): readonly ServiceId[] | undefined {
  const serving = servingAmong([...services.values()], started);
  const path: ServiceId[] = [];
  for (let at: Service | undefined = start; at;) {
    const seen = path.indexOf(at.id);
    if (seen >= 0) return rotate(path.slice(seen));
    path.push(at.id);
    const unmet: readonly Dependency[] = [...(started.has(at.id) ? [] : startNeeds(at)), ...serveNeeds(at)].filter(
      (need) => !met(need, serving, services),
    );
    const next: ServiceId | undefined = unmet.flatMap((need) => need.anyOf).sort()[0];
    at = next === undefined ? undefined : services.get(next);
  }
  return undefined;
}

function rotate(cycle: readonly ServiceId[]): readonly ServiceId[] {
  const least = cycle.indexOf([...cycle].sort()[0] ?? "");
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
