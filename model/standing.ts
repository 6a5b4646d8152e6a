/** Which replicas of one service a loss leaves standing, before anything is asked of them. */
import type { DomainId } from "./domain";
import type { Replica, Service, Urn } from "./estate";
import type { Bound } from "./level";

/** One loss, with everything that falls in turn. */
export interface LossState {
  readonly failed: ReadonlySet<DomainId>;
  /** True where anything at all was lost: enough to take down, at worst, what stands nobody knows where. */
  readonly any: boolean;
}

/** What one service has left after one loss, under one bound. */
export interface Standing {
  readonly service: Service;
  readonly loss: LossState;
  readonly bound: Bound;
  /** Serve now. */
  readonly active: readonly Replica[];
  /** Stand, hold a copy where one is needed, and the control planes that start them are there. */
  readonly standbys: readonly Replica[];
  /** True where a serving replica was lost. */
  readonly hit: boolean;
  readonly quorate: boolean;
}

export function standingOf(service: Service, loss: LossState, bound: Bound): Standing {
  const all = service.replicas.filter((replica) => replica.role !== "backup");
  const standing = all.filter((replica) => stands(replica, loss, bound));
  // Room for the units of others is no unit: it has no vote, and its loss is nobody's.
  const members = all.some(isRoom) ? all.filter((replica) => !isRoom(replica)) : all;
  const left = members === all ? standing : standing.filter((replica) => !isRoom(replica));
  const fallen = members === all ? undefined : urnsOfFallen(members, new Set(left));
  return {
    service,
    loss,
    bound,
    active: left.filter((replica) => replica.role === "active" && serves(replica)),
    standbys: standing.filter(
      (replica) =>
        replica.role === "standby" &&
        serves(replica) &&
        (replica.standsInFor === undefined || fallen?.has(replica.standsInFor) === true) &&
        holdsCopy(service, bound) &&
        !replica.startNeeds.some((domain) => loss.failed.has(domain)),
    ),
    hit: left.length < members.length,
    quorate: service.quorum === "any" || isQuorate(members, new Set(left), bound),
  };
}

function isRoom({ standsInFor }: Replica): boolean {
  return standsInFor !== undefined;
}

/** Resources of which a replica has fallen that served. */
function urnsOfFallen(members: readonly Replica[], left: ReadonlySet<Replica>): ReadonlySet<Urn> {
  const missed = members.filter((replica) => replica.role === "active" && serves(replica) && !left.has(replica));
  return new Set(missed.map(({ urn }) => urn));
}

/** True where a replica's domains are all there. One placed nowhere is as unknown as one that a preview cannot place. */
export function stands(at: Pick<Replica, "placement" | "odd">, loss: LossState, bound: Bound): boolean {
  const hasFallen = (place: readonly DomainId[]) => place.some((domain) => loss.failed.has(domain));
  if (at.odd) return at.odd.rank >= at.odd.places.filter(hasFallen).length;
  if (isPlaced(at)) return !hasFallen(at.placement.value);
  return bound === "best" || !loss.any;
}

/** True where a replica, or a backup, says where it stands. */
export function isPlaced<T extends Pick<Replica, "placement">>(
  at: T,
): at is T & { placement: Extract<Replica["placement"], { known: true }> } {
  return at.placement.known && at.placement.value.length > 0;
}

/** True where nothing says whether a store's standby holds a copy of the data. */
export function isReplicationUnsaid(service: Service): boolean {
  return (
    service.layer === "store" &&
    service.replication === undefined &&
    service.replicas.some((replica) => replica.role === "standby")
  );
}

/** What exists serves something, even if nobody can say how much; only a stated zero serves nothing. */
function serves(replica: Replica): boolean {
  const empty = replica.units.known && replica.units.value <= 0;
  const weak = replica.capacityRps?.known === true && replica.capacityRps.value <= 0;
  return !empty && !weak;
}

function holdsCopy(service: Service, bound: Bound): boolean {
  if (isReplicationUnsaid(service)) return bound === "best";
  return service.replication?.mode !== "none";
}

/** More units must stand than have fallen. Units that nobody knows are one, or without limit, whichever the bound asks. */
function isQuorate(members: readonly Replica[], left: ReadonlySet<Replica>, bound: Bound): boolean {
  let standing = 0;
  let fallen = 0;
  for (const replica of members) {
    const stood = left.has(replica);
    const unknownVotes = stood === (bound === "best") ? Infinity : 1;
    const votes = replica.units.known ? replica.units.value : unknownVotes;
    if (stood) standing += votes;
    else fallen += votes;
  }
  return standing > fallen;
}
