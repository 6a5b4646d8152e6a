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

/** Units by place, where rules decide: those that are sure to stand in one, and those that stand in one or another. */
export interface PlacedUnits {
  /** By the number of the place. */
  readonly sure: readonly number[];
  /** Some units that fall when more than `rank` of the places `over` are lost. */
  readonly loose: readonly { readonly pods: number; readonly rank: number }[];
  /** Numbers of the places in which loose units can stand. */
  readonly over: readonly number[];
}

export interface Standing {
  readonly units: Known<number>;
  /** The places, one replica each; or unknown. */
  readonly places: Known<readonly Placement[]>;
  /** How many units stand where. @default as evenly as whole units go */
  readonly placed?: PlacedUnits;
  readonly role?: ReplicaRole;
  readonly startSeconds?: number;
  readonly startNeeds?: readonly DomainId[];
  /** True of pods and machines, of which each stands in one place. @default false */
  readonly isEachInOnePlace?: boolean;
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
    ...(standing.isEachInOnePlace === true ? { isEachInOnePlace: true } : {}),
    startSeconds,
    startNeeds: role === "active" ? [] : (standing.startNeeds ?? []),
  });
  const { places, units } = standing;
  if (!places.known) return [replica(resource.urn, places, units)];
  if (places.value.length === 1) return [replica(resource.urn, known(places.value[0] ?? []), units)];
  const nameOf = (place: Placement) => `${resource.urn}#${place.map(nameIn).join("+")}`;
  const here = (place: Placement, count: Known<number>) => replica(nameOf(place), known(place), count);
  // Where nothing runs it is known where it would: told as such, and not as a service of which nothing is read.
  if (!units.known || units.value === 0) return places.value.map((place) => here(place, units));
  const { sure, loose, over } = standing.placed ?? evenly(units.value, places.value.length);
  const loosely = over.flatMap((place) => places.value.slice(place, place + 1));
  return [
    ...places.value.flatMap((place, index) => ((sure[index] ?? 0) > 0 ? [here(place, known(sure[index] ?? 0))] : [])),
    ...loose.flatMap(({ pods, rank }) =>
      loosely.slice(rank, rank + 1).map((place) => ({
        ...replica(`${nameOf(place)}+${pods}`, known(place), known(pods)),
        remainder: { places: loosely, rank },
      })),
    ),
  ];
}

function evenly(units: number, places: number): PlacedUnits {
  const all = Array.from({ length: places }, (_, place) => place);
  const each = Math.floor(Math.floor(units) / places);
  const loose = all.slice(0, Math.floor(units) % places).map((rank) => ({ pods: 1, rank }));
  return { sure: all.map(() => each), loose, over: all };
}

function nameIn(domain: DomainId): string {
  return domain.slice(domain.indexOf(":") + 1);
}

function roleOf(claimed: string | undefined): ReplicaRole {
  return claimed === "standby" || claimed === "backup" ? claimed : "active";
}
