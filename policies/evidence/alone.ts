import { type Estate, type ServiceId } from "../../model";
import { createSurvival, type Survival } from "../../survival";
import type { PolicyContext } from "../policy";

/** Answers about services by themselves. */
export type SurvivalAlone = Pick<Survival, "outcome" | "relevantDomains">;

const memo = new WeakMap<Estate, SurvivalAlone>();

/**
 * Survival of every service by its own replicas, as if all that it depends on were up and
 * every name led to it: what tells a service that is too
 * small from one that is dragged down. The same model function, on the estate without its dependencies.
 */
export function survivalAlone({ estate, survival }: Pick<PolicyContext, "estate" | "survival">): SurvivalAlone {
  const found = memo.get(estate);
  if (found) return found;
  // What depends on nothing and has no name is by itself already, as most of a large estate is.
  const led = estate.services.filter(({ dependencies, routes }) => dependencies.length + routes.length > 0);
  const freed = new Set(led.map(({ id }) => id));
  const services = led.map((service) => ({ ...service, dependencies: [], routes: [] }));
  const free = createSurvival({ ...estate, services });
  const survivalOf = (id: ServiceId) => (freed.has(id) ? free : survival);
  const alone: SurvivalAlone = {
    outcome: (id, lost) => survivalOf(id).outcome(id, lost),
    relevantDomains: (id) => survivalOf(id).relevantDomains(id),
  };
  memo.set(estate, alone);
  return alone;
}
