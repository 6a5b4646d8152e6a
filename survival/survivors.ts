/** Which replicas of one service a loss leaves standing, before anything is asked of them. */
import type { DomainId } from "../model/domain";
import type { Replica, Service } from "../model/estate";
import type { Urn } from "../model/ids";
import type { Bound } from "./level";

/** One loss, with everything that falls in turn. */
export interface LossState {
  readonly failed: ReadonlySet<DomainId>;
  /** True where anything at all was lost: enough to take down, at worst, what stands nobody knows where. */
  readonly any: boolean;
}

/** What one service has left after one loss, under one bound. */
export interface Survivors {
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

const noReplicas: readonly Replica[] = [];

export function survivorsOf(service: Service, loss: LossState, bound: Bound): Survivors {
  const active: Replica[] = [];
  const standbys: Replica[] = [];
  const fallen: Replica[] = [];
  for (const replica of service.replicas) {
    if (replica.role === "backup") continue;
    if (!stands(replica, loss, bound)) {
      // Room for the units of others is no unit: it has no vote, and its loss is nobody's.
      if (!isRoom(replica)) fallen.push(replica);
    } else if (serves(replica, bound)) {
      if (replica.role === "standby") standbys.push(replica);
      else if (!isRoom(replica)) active.push(replica);
    }
  }
  return {
    service,
    loss,
    bound,
    active,
    standbys: standbys.length === 0 ? noReplicas : startable(standbys, fallen, service, loss, bound),
    hit: fallen.length > 0,
    quorate: service.quorum === "any" || isQuorate(service, new Set(fallen), bound),
  };
}

/** The replicas that the loss takes. Room for the units of others is no unit. */
export function fallenOf({ service, loss, bound }: Survivors): readonly Replica[] {
  return service.replicas.filter(
    (replica) => replica.role !== "backup" && !isRoom(replica) && !stands(replica, loss, bound),
  );
}

/** Those that hold a copy where one is needed, have a gap to fill, and whose control planes are there. */
function startable(
  standbys: readonly Replica[],
  fallen: readonly Replica[],
  service: Service,
  loss: LossState,
  bound: Bound,
): readonly Replica[] {
  if (!holdsCopy(service, bound)) return noReplicas;
  const missed = fallen.filter((replica) => replica.role === "active" && serves(replica, bound));
  const gaps = new Set<Urn>(missed.map(({ urn }) => urn));
  return standbys.filter(
    ({ standsInFor, startNeeds }) =>
      (standsInFor === undefined || gaps.has(standsInFor)) && !startNeeds.some((domain) => loss.failed.has(domain)),
  );
}

function isRoom({ standsInFor }: Replica): boolean {
  return standsInFor !== undefined;
}

/**
 * True where a replica's domains are all there. One placed nowhere is as unknown as one that a preview cannot place.
 */
export function stands(at: Pick<Replica, "placement" | "remainder">, loss: LossState, bound: Bound): boolean {
  if (at.remainder) return at.remainder.rank >= at.remainder.places.filter((place) => hasFallen(place, loss)).length;
  if (isPlaced(at)) return !hasFallen(at.placement.value, loss);
  return bound === "best" || !loss.any;
}

function hasFallen(place: readonly DomainId[], { any, failed }: LossState): boolean {
  if (!any) return false;
  for (const domain of place) if (failed.has(domain)) return true;
  return false;
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

/**
 * What exists serves something, even if nobody can say how much; only a stated zero serves nothing, and what no request
 * can reach.
 */
function serves(replica: Replica, bound: Bound): boolean {
  const { reached } = replica;
  if (reached !== undefined && !(reached.known ? reached.value : bound === "best")) return false;
  const empty = replica.units.known && replica.units.value <= 0;
  const weak = replica.capacityRps?.known === true && replica.capacityRps.value <= 0;
  return !empty && !weak;
}

function holdsCopy(service: Service, bound: Bound): boolean {
  if (isReplicationUnsaid(service)) return bound === "best";
  return service.replication?.mode !== "none";
}

/**
 * More units must stand than have fallen. Units that nobody knows are one, or without limit, whichever the bound asks.
 */
function isQuorate({ replicas }: Service, lost: ReadonlySet<Replica>, bound: Bound): boolean {
  let survivors = 0;
  let fallen = 0;
  for (const replica of replicas) {
    if (replica.role === "backup" || isRoom(replica)) continue;
    const stood = !lost.has(replica);
    const unknownVotes = stood === (bound === "best") ? Infinity : 1;
    const votes = replica.units.known ? replica.units.value : unknownVotes;
    if (stood) survivors += votes;
    else fallen += votes;
  }
  return survivors > fallen;
}
