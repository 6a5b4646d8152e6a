/** What proves a finding: from the service to the part that limits it, with the replicas that each loses. */
import type { DomainId, Estate, Service } from "../../model";
import { domainsById, fateOf, pathTo, servicesById } from "../../policies/evidence/read";
import type { ReportFinding } from "../check/report";

export interface PartEvidence {
  readonly service: string;
  /** Backups are left out: they serve nothing. */
  readonly replicas: readonly ReplicaEvidence[];
}

export interface ReplicaEvidence {
  /** URN, with `#<site>` where one resource stands in several places. */
  readonly id: string;
  /** Failure domains that it stands in; null where the stack does not say. */
  readonly standsIn: readonly DomainId[] | null;
  /** True where the loss takes it; null where that is not known. */
  readonly isLost: boolean | null;
}

/** From the service of the finding to the part that limits it; empty of a finding about no service. */
export function chainOf({ service, outcome, lost }: ReportFinding, estate: Estate): readonly PartEvidence[] {
  if (service === null) return [];
  const services = servicesById(estate);
  const path = outcome === null || outcome.weakest === service ? [service] : pathTo(estate, service, outcome.weakest);
  return path.flatMap((id) => {
    const part = services.get(id);
    return part === undefined ? [] : [{ service: id, replicas: replicasOf(part, lost, estate) }];
  });
}

function replicasOf(service: Service, lost: readonly DomainId[], estate: Estate): readonly ReplicaEvidence[] {
  const domains = domainsById(estate);
  return service.replicas
    .filter(({ role }) => role !== "backup")
    .map(({ id, placement }) => {
      if (!placement.known) return { id, standsIn: null, isLost: lost.length === 0 ? false : null };
      const fate = fateOf(domains, placement.value);
      return { id, standsIn: placement.value, isLost: lost.some((domain) => fate.has(domain)) };
    });
}
