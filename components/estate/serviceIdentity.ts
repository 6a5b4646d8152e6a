/** A service as its resources name it. */
import type { DependencySpec, ServiceSpec } from "../../estate";
import type { ServiceIdentity } from "../common/identity";
import { storeIdentity } from "../data/serviceStore";

export function identityOf(service: ServiceSpec): ServiceIdentity {
  const { name, tier, layer, owner, runbook, statusPage, peakRps, unitRps, objectives, users, paid } = service;
  const own = service.data ? [storeIdentity(service).service] : [];
  return {
    service: name,
    tier,
    layer,
    owner,
    runbook,
    statusPage,
    peakRps,
    unitRps,
    objectives,
    users,
    paid,
    outageCostPerHour: service.outageCostPerHour,
    dependsOn: [...service.dependencies.map(dependencyWord), ...own],
  };
}

const strengthMarks = { hard: "", soft: "?", startup: "^" } as const;

function dependencyWord({ anyOf, strength }: DependencySpec): string {
  return strengthMarks[strength] + anyOf.join("|");
}
