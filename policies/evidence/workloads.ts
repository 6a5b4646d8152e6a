/** Kubernetes workloads of judged services, with what their scheduling says. */
import { by } from "../../lib/order";
import type { SchedulingFact, Service } from "../../model";
import type { PolicyContext } from "../policy";
import { factsOf, servicesById } from "./read";
import { list, urnName } from "./words";
import { listsBy } from "../../lib/lists";

export interface Workload {
  readonly service: Service;
  readonly fact: SchedulingFact;
  /** Logical name of its resource, quoted. */
  readonly name: string;
}

/** The workloads of one service of which something holds. */
export interface ServiceWorkloads {
  readonly service: Service;
  readonly workloads: readonly Workload[];
  /** `"login" in cluster "pangyo"`, for each. */
  readonly names: string;
}

/** Workloads of which something holds, by service: a policy speaks once of each service. */
export function workloadsWhere(
  context: PolicyContext,
  holds: (fact: SchedulingFact) => boolean,
): readonly ServiceWorkloads[] {
  const found = workloads(context).filter(({ fact }) => holds(fact));
  const sorted = found.sort(by(({ fact }) => fact.urn));
  return [...listsBy(sorted, ({ service }) => service)].map(([service, found]) => ({
    service,
    workloads: found,
    names: list(found.map(({ name, fact }) => `${name} in cluster "${fact.cluster}"`)),
  }));
}

/** Workloads that belong to a service. */
function workloads(context: PolicyContext): Workload[] {
  const services = servicesById(context.estate);
  return factsOf(context.estate, "scheduling").flatMap((fact) => {
    const service = fact.service === undefined ? undefined : services.get(fact.service);
    return service ? [{ service, fact, name: urnName(fact.urn) }] : [];
  });
}

/** Number of pods where it is known to be more than one: with one, there is nothing to spread or to keep. */
export function severalPods(fact: SchedulingFact): number | undefined {
  return fact.replicas.known && fact.replicas.value > 1 ? fact.replicas.value : undefined;
}
