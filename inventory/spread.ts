/** Replicas of a resource that stands in several places: whole units, as even as they go. */
import { known, mapKnown, type DomainId, type Known, type Placement, type Replica, type ReplicaRole } from "../model";
import type { ReadContext } from "./reader";
import type { Resource } from "./resource";
import { amount } from "./values";

/**
 * Seconds that a standby needs where nothing says otherwise: AWS gives "a few minutes" for an instance to be in
 * service.
 */
const defaultStartSeconds = 300;

export interface Standing {
  readonly units: Known<number>;
  /** The places, one replica each; or unknown. */
  readonly places: Known<readonly Placement[]>;
  readonly role?: ReplicaRole;
  readonly startSeconds?: number;
  readonly startNeeds?: readonly DomainId[];
}

/** One place made of a region or of each zone. */
export function each(domains: Known<readonly DomainId[]>): Known<readonly Placement[]> {
  return mapKnown(domains, (list) => list.map((domain) => [domain]));
}

/** The replicas of one resource, with role, start and unit capacity as its tags say. */
export function replicasOf(
  resource: Resource,
  standing: Standing,
  context: Pick<ReadContext, "identities">,
): readonly Replica[] {
  const { identities } = context;
  const role = standing.role ?? roleOf(identities.claim(resource, "role"));
  const unitRps = amount(identities.claim(resource, "unitRps"));
  const startSeconds =
    role === "active"
      ? 0
      : (amount(identities.claim(resource, "startSeconds")) ?? standing.startSeconds ?? defaultStartSeconds);
  const replica = (id: string, placement: Replica["placement"], units: Known<number>): Replica => ({
    id,
    urn: resource.urn,
    role,
    placement,
    ...(unitRps === undefined ? {} : { capacityRps: mapKnown(units, (count) => count * unitRps) }),
    units,
    startSeconds,
    startNeeds: role === "active" ? [] : (standing.startNeeds ?? []),
  });
  const { places, units } = standing;
  if (!places.known) return [replica(resource.urn, places, units)];
  if (places.value.length === 1) return [replica(resource.urn, known(places.value[0] ?? []), units)];
  const nameOf = (place: Placement) => `${resource.urn}#${place.map(nameIn).join("+")}`;
  // Nothing runs, and it is known where: told as such, and not as a service of which nothing is read.
  if (units.known && units.value === 0) return places.value.map((place) => replica(nameOf(place), known(place), units));
  const sure = mapKnown(units, (count) => Math.floor(Math.floor(count) / places.value.length));
  const odd = units.known ? Math.floor(units.value) % places.value.length : 0;
  return [
    ...(sure.known && sure.value === 0 ? [] : places.value.map((place) => replica(nameOf(place), known(place), sure))),
    ...places.value.slice(0, odd).map((place, rank) => ({
      ...replica(`${nameOf(place)}+1`, known(place), known(1)),
      remainder: { places: places.value, rank },
    })),
  ];
}

function nameIn(domain: DomainId): string {
  return domain.slice(domain.indexOf(":") + 1);
}

function roleOf(claimed: string | undefined): ReplicaRole {
  return claimed === "standby" || claimed === "backup" ? claimed : "active";
}
