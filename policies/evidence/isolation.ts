import { memoize } from "../../lib/memo";
import type { ServiceId } from "../../model";
import { createSurvival, type Survival } from "../../survival";
import type { PolicyContext } from "../policy";

/** Answers about services by themselves. */
export type IsolatedSurvival = Pick<Survival, "outcome" | "relevantDomains">;

/**
 * Survival of every service by its own replicas, as if all that it depends on were up and every name led to it: what
 * tells a service that is too small from one that is dragged down. The same model function, on the estate without its
 * dependencies.
 */
export function survivalInIsolation({ survival }: Pick<PolicyContext, "survival">): IsolatedSurvival {
  return isolated(survival);
}

const isolated = memoize((survival: Survival): IsolatedSurvival => {
  const { estate } = survival;
  // What depends on nothing and has no name is by itself already, as most of a large estate is.
  const led = estate.services.filter(({ dependencies, routes }) => dependencies.length + routes.length > 0);
  const freed = new Set(led.map(({ id }) => id));
  const services = led.map((service) => ({ ...service, dependencies: [], routes: [] }));
  const free = createSurvival({ ...estate, services });
  const survivalOf = (id: ServiceId) => (freed.has(id) ? free : survival);
  return {
    outcome: (id, lost) => survivalOf(id).outcome(id, lost),
    relevantDomains: (id) => survivalOf(id).relevantDomains(id),
  };
});
