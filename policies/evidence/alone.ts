import { createSurvival, type Estate, type Survival } from "../../model";

const memo = new WeakMap<Estate, Survival>();

/**
 * Survival of every service by its own replicas, as if all that it depends on were up and
 * every name led to it: what tells a service that is too
 * small from one that is dragged down. The same model function, on the estate without its dependencies.
 */
export function survivalAlone(estate: Estate): Survival {
  const found = memo.get(estate);
  if (found) return found;
  const alone = createSurvival({
    ...estate,
    services: estate.services.map((service) => ({ ...service, dependencies: [], routes: [] })),
  });
  memo.set(estate, alone);
  return alone;
}
