/** How long until a service serves again, what data it may have lost, and whether somebody's control plane must act. */
import { byNumber } from "../lib/order";
import type { Replica, Route, RouteTarget, Service } from "../model/estate";
import type { ServiceId } from "../model/ids";
import { ownLevel } from "./capacity";
import { sameLevel, type Level } from "./level";
import type { ServiceNode } from "./dependencyGraph";
import { leaveDeadTargets, type LeavingListener } from "./routing";
import { stands, type LossState, type Survivors } from "./survivors";

export interface Recovery {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  readonly needsControlPlane: boolean;
}

/** A standby that starts. */
export interface Start {
  readonly replica: Replica;
  /** What the service needs to start, in the order of its startup dependencies, each with its own recovery. */
  readonly needs: readonly Recovery[];
  /** The moment at which it serves, in seconds from the decision to use it. */
  readonly readySeconds: number;
  /** True where it, or what it needs to start, asks a control plane for something. */
  readonly needsControlPlane: boolean;
}

/** Hears of the steps by which a service recovers by itself. Seconds are counted from the loss. */
export interface StepListener extends LeavingListener {
  started(start: Start, decidedSeconds: number, readySeconds: number): void;
}

const nothingToRecover: Recovery = { rtoSeconds: 0, rpoSeconds: 0, needsControlPlane: false };

/** The recovery of one service by itself: it ends with the last of its steps. */
export function ownRecovery(node: ServiceNode, survivors: Survivors, starts: readonly Start[]): Recovery {
  if (!survivors.hit) return nothingToRecover;
  const last = new LastStep();
  recoverBySteps(node, survivors, starts, last);
  return {
    rtoSeconds: last.seconds,
    rpoSeconds: dataLostSeconds(node.service, survivors),
    needsControlPlane: last.needsControlPlane,
  };
}

/** Tells of detection, propagation, and the start of as few standbys as it takes. */
export function recoverBySteps(
  node: ServiceNode,
  survivors: Survivors,
  starts: readonly Start[],
  listener: StepListener,
): void {
  // Nothing was lost here, so nothing has to be left or started, even where the peak was not served before.
  if (!survivors.hit) return;
  const used = starts.length === 0 ? starts : startsUsed(node, survivors, starts);
  const { active } = survivors;
  const serving = used.length === 0 ? active : [...active, ...used.map(({ replica }) => replica)];
  const leftSeconds = leaveDeadTargets(node.entryPoints, survivors, serving, listener);
  for (const start of used) listener.started(start, leftSeconds, leftSeconds + start.readySeconds);
}

/** Keeps of all steps no more than a judgement needs: a large estate has millions. */
class LastStep implements StepListener {
  seconds = 0;
  needsControlPlane = false;

  trafficLeft(route: Route, _target: RouteTarget, _detectedSeconds: number, leftSeconds: number): void {
    this.seconds = Math.max(this.seconds, leftSeconds);
    this.needsControlPlane ||= route.needsControlPlane;
  }

  redirected(): void {
    this.needsControlPlane = true;
  }

  started({ needsControlPlane }: Start, _decidedSeconds: number, readySeconds: number): void {
    this.seconds = Math.max(this.seconds, readySeconds);
    this.needsControlPlane ||= needsControlPlane;
  }
}

/** The quickest standbys that bring the service as far as all of them do. */
function startsUsed(node: ServiceNode, survivors: Survivors, starts: readonly Start[]): readonly Start[] {
  const quickest = [...starts].sort((one, other) => byNumber(one.readySeconds, other.readySeconds));
  const levelWith = (count: number) =>
    ownLevel(survivors, node.entryPoints, [
      ...survivors.active,
      ...quickest.slice(0, count).map(({ replica }) => replica),
    ]);
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
function dataLostSeconds(service: Service, { loss, bound }: Survivors): number {
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
