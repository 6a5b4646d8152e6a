/** Which replicas stand in which buildings. */
import { kindOf, type DomainId, type Replica, type Service } from "../../model";
import { addTo } from "../../lib/lists";

/** The replicas of a service by the facility in which they stand, backups left out. */
export function standingIn(service: Service): ReadonlyMap<DomainId, readonly Replica[]> {
  const places = new Map<DomainId, Replica[]>();
  for (const replica of service.replicas) {
    if (replica.role === "backup" || !replica.placement.known) continue;
    for (const place of replica.placement.value) {
      if (kindOf(place) === "facility") addTo(places, place, replica);
    }
  }
  return places;
}
