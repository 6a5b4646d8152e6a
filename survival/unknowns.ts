/** What a preview would have to know to be sure of one service. */
import type { Replica, Service } from "../model/estate";
import { isPlaced, isReplicationUnsaid, type LossState } from "./survivors";
import { tagKeys } from "../model/vocabulary";

/** The service's own unknowns that can matter after this loss, one entry each. */
export function unknownsOf(service: Service, loss: LossState): string[] {
  const members = service.replicas.filter((replica) => replica.role !== "backup");
  return [
    ...(loss.any ? members.flatMap(placementMissing) : []),
    ...members.flatMap(({ reached }) => (reached?.known === false ? [reached.missing] : [])),
    ...(service.peakRps ? capacityMissing(service, members) : []),
    ...(service.quorum === "majority" ? members.flatMap(({ units }) => (units.known ? [] : [units.missing])) : []),
    ...(isReplicationUnsaid(service) ? [`How the copies of "${service.id}" are replicated.`] : []),
    ...service.routes.flatMap(({ targets }) => targets.flatMap(({ share }) => (share.known ? [] : [share.missing]))),
  ];
}

function placementMissing(replica: Replica): string[] {
  if (isPlaced(replica)) return [];
  return [replica.placement.known ? `${replica.urn}.placement` : replica.placement.missing];
}

function capacityMissing({ peakRps }: Service, members: readonly Replica[]): string[] {
  const peak = peakRps && !peakRps.known ? [peakRps.missing] : [];
  const capacities = members.flatMap(({ urn, capacityRps }) => {
    if (capacityRps === undefined) return [`${urn}.${tagKeys.unitRps}`];
    return capacityRps.known ? [] : [capacityRps.missing];
  });
  return [...peak, ...capacities];
}
