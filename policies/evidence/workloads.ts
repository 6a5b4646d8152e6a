/** Kubernetes workloads of judged services, with what their scheduling says. */
import type { SchedulingFact, Service } from "../../model";
import type { PolicyContext } from "../policy";
import { factsOf, servicesById } from "./read";

export interface Workload {
  readonly service: Service;
  readonly fact: SchedulingFact;
  /** `Deployment "login"`-like name for messages: the last part of its URN. */
  readonly name: string;
}

/** Workloads that belong to a service; sorted as the facts are, by URN. */
export function workloads(context: PolicyContext): readonly Workload[] {
  const services = servicesById(context.estate);
  return factsOf(context.estate, "scheduling").flatMap((fact) => {
    const service = fact.service === undefined ? undefined : services.get(fact.service);
    return service ? [{ service, fact, name: fact.urn.slice(fact.urn.lastIndexOf("::") + 2) }] : [];
  });
}

/** Number of pods where it is known to be more than one: with one, there is nothing to spread or to keep. */
export function severalPods(fact: SchedulingFact): number | undefined {
  return fact.replicas.known && fact.replicas.value > 1 ? fact.replicas.value : undefined;
}
