/** How long until a service serves again, what data it may have lost, and whether somebody's control plane must act. */
import type { Replica, Service, ServiceId } from "./estate";
import { ownLevel } from "./capacity";
import { sameLevel, type Level } from "./level";
import type { ServiceNode } from "./network";
import { leavingTime } from "./routing";
import { stands, type LossState, type Standing } from "./standing";

export interface Recovery {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  readonly needsControlPlane: boolean;
}

/** A standby that starts, and the moment at which it serves, in seconds from the decision to use it. */
export interface Start {
  readonly replica: Replica;
  readonly readySeconds: number;
  /** True where it, or what it needs to start, asks a control plane for something. */
  readonly needsControlPlane: boolean;
}

const nothingToRecover: Recovery = { rtoSeconds: 0, rpoSeconds: 0, needsControlPlane: false };

/** The recovery of one service by itself: detection, propagation, and the start of as few standbys as it takes. */
export function ownRecovery(node: ServiceNode, standing: Standing, starts: readonly Start[]): Recovery {
  // Nothing was lost here, so nothing has to be left or started, even where the peak was not served before.
  if (!standing.hit) return nothingToRecover;
  const rpoSeconds = dataLostSeconds(node.service, standing);
  if (starts.length === 0) {
    const { seconds, needsControlPlane } = leavingTime(node.entrances, standing, standing.active);
    return { rtoSeconds: seconds, rpoSeconds, needsControlPlane };
  }
  const used = startsUsed(node, standing, starts);
  const leaving = leavingTime(node.entrances, standing, [...standing.active, ...used.map(({ replica }) => replica)]);
  return {
    rtoSeconds: leaving.seconds + Math.max(0, ...used.map(({ readySeconds }) => readySeconds)),
    rpoSeconds,
    needsControlPlane: leaving.needsControlPlane || used.some((start) => start.needsControlPlane),
  };
}

/** The quickest standbys that bring the service as far as all of them do. */
function startsUsed(node: ServiceNode, standing: Standing, starts: readonly Start[]): readonly Start[] {
  const quickest = [...starts].sort((one, other) => one.readySeconds - other.readySeconds);
  const levelWith = (count: number) =>
    ownLevel(standing, node.entrances, [...standing.active, ...quickest.slice(0, count).map(({ replica }) => replica)]);
  const all = levelWith(quickest.length);
  let low = 0;
  for (let high = quickest.length; low < high;) {
    const middle = Math.floor((low + high) / 2);
    if (sameLevel(levelWith(middle), all)) high = middle;
    else low = middle + 1;
  }
  return quickest.slice(0, low);
}

/** Data that a service may have lost by itself: none where no copy that takes writes was hit. */
function dataLostSeconds(service: Service, { loss, bound }: Standing): number {
  if (!holdsData(service)) return 0;
  const hasFallen = (replica: Replica) => !stands(replica, loss, bound);
  if (!service.replicas.some((replica) => replica.role === "active" && hasFallen(replica))) return 0;
  const copyLeft = service.replicas.some((replica) => !hasFallen(replica));
  const { replication } = service;
  if (copyLeft && replication && replication.mode !== "none") {
    return replication.rpoSeconds.known ? replication.rpoSeconds.value : Infinity;
  }
  return backupAgeSeconds(service, loss);
}

function backupAgeSeconds(service: Service, loss: LossState): number {
  const ages = service.backups
    .filter((backup) => stands(backup, loss, "worst"))
    .map(({ intervalSeconds }) => (intervalSeconds.known ? intervalSeconds.value : Infinity));
  return Math.min(Infinity, ...ages);
}

function holdsData(service: Service): boolean {
  return service.layer === "store" || service.replication !== undefined || service.backups.length > 0;
}

export function worseRecovery(one: Recovery, other: Recovery): Recovery {
  if (other.rtoSeconds === 0 && other.rpoSeconds === 0 && !other.needsControlPlane) return one;
  return {
    rtoSeconds: Math.max(one.rtoSeconds, other.rtoSeconds),
    rpoSeconds: Math.max(one.rpoSeconds, other.rpoSeconds),
    needsControlPlane: one.needsControlPlane || other.needsControlPlane,
  };
}

export function sameRecovery(one: Recovery, other: Recovery): boolean {
  return (
    one.rtoSeconds === other.rtoSeconds &&
    one.rpoSeconds === other.rpoSeconds &&
    one.needsControlPlane === other.needsControlPlane
  );
}

/** The recovery of a group of which any one is enough: the quickest member's that is alive. */
export function groupRecovery(
  members: readonly ServiceId[],
  levelOf: (id: ServiceId) => Level,
  recoveryOf: (id: ServiceId) => Recovery,
): Recovery {
  const [only] = members;
  if (only !== undefined && members.length === 1) return recoveryOf(only);
  const alive = members.filter((id) => levelOf(id).alive);
  const all = (alive.length > 0 ? alive : members).map(recoveryOf);
  return {
    rtoSeconds: Math.min(...all.map(({ rtoSeconds }) => rtoSeconds)),
    rpoSeconds: Math.min(...all.map(({ rpoSeconds }) => rpoSeconds)),
    needsControlPlane: all.every(({ needsControlPlane }) => needsControlPlane),
  };
}
