/** Replicas of a resource that stands in several places: whole units, as even as they go. */
import { known, mapKnown, type DomainId, type Known, type Placement, type Replica, type ReplicaRole } from "../model";
import type { ReadContext } from "./reader";
import type { Resource } from "./resource";
import { amount } from "./values";

/** Seconds that a standby needs where nothing says otherwise: AWS gives "a few minutes" for an instance to be in service. */
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
  return places.value.flatMap((place, index) => {
    const share = mapKnown(units, (count) => portion(count, places.value.length, index));
    if (share.known && share.value === 0) return [];
    return [replica(`${resource.urn}#${place.map(nameIn).join("+")}`, known(place), share)];
  });
}

/** Units in the place of this index: the remainder goes to the first ones. */
export function portion(units: number, places: number, index: number): number {
  const whole = Math.floor(units);
  return Math.floor(whole / places) + (index < whole % places ? 1 : 0);
}

function nameIn(domain: DomainId): string {
  return domain.slice(domain.indexOf(":") + 1);
}

function roleOf(claimed: string | undefined): ReplicaRole {
  return claimed === "standby" || claimed === "backup" ? claimed : "active";
}
