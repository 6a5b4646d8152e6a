/** Whether requests find the replicas that are left, and how long they take to leave the dead ones. */
import type { Replica, Route, RouteTarget, Service } from "./estate";
import { downLevel, fullLevel, levelOfShare, meet, type Level } from "./level";
import type { LossState, Standing } from "./standing";

/** The routes of a service, sorted out once. */
export interface Entrances {
  /** Names by which clients come. Each must lead somewhere, for each has clients of its own. */
  readonly doors: readonly Entrance[];
  /** All routes, load balancers behind the names among them: each takes its time to leave a dead target. */
  readonly all: readonly Entrance[];
}

interface Entrance {
  readonly route: Route;
  readonly targets: readonly RouteTarget[];
  /** Those behind which something serves while nothing is lost; only these can be found dead. */
  readonly served: readonly RouteTarget[];
}

const noEntrances: Entrances = { doors: [], all: [] };

/**
 * Sorts a service's routes. A load balancer, and a name whose replicas all stand behind a wider name too, is a step
 * behind that name: when all of it is dead the wider name leaves it, so it shuts nobody out.
 */
export function entrancesOf(service: Service): Entrances {
  if (service.routes.length === 0) return noEntrances;
  const own = new Set(service.replicas.map((replica) => replica.id));
  const active = new Set(service.replicas.filter(({ role }) => role === "active").map(({ id }) => id));
  const behindWhich = (targets: readonly RouteTarget[], ids: ReadonlySet<string>) =>
    targets.filter((target) => target.replicas.some((id) => ids.has(id)));
  const all = service.routes
    // A target behind which nothing of this service stands says nothing about this service.
    .map((route) => ({ route, targets: behindWhich(route.targets, own), served: behindWhich(route.targets, active) }))
    .filter((entrance) => entrance.targets.length > 0);
  const names = all
    .filter((entrance) => entrance.route.kind !== "loadBalancer")
    .map((entrance) => ({ entrance, behind: new Set(entrance.targets.flatMap((target) => target.replicas)) }));
  const isWider = (wide: ReadonlySet<string>, narrow: ReadonlySet<string>) =>
    wide.size > narrow.size && [...narrow].every((id) => wide.has(id));
  return {
    all,
    doors: names
      .filter(({ behind }) => !names.some((other) => isWider(other.behind, behind)))
      .map(({ entrance }) => entrance),
  };
}

/** The share of requests that reaches these replicas. */
export function reachOf(entrances: Entrances, serving: readonly Replica[], standing: Standing): Level {
  if (entrances.doors.length === 0) return fullLevel;
  const ids = idsOf(serving);
  return entrances.doors.reduce((level, door) => meet(level, reachThrough(door, ids, standing)), fullLevel);
}

function idsOf(replicas: readonly Replica[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id } of replicas) ids.add(id);
  return ids;
}

function reachThrough(door: Entrance, serving: ReadonlySet<string>, { loss, bound }: Standing): Level {
  const isAlive = (target: RouteTarget) => target.replicas.some((id) => serving.has(id));
  if (door.targets.every(isAlive)) return fullLevel;
  const regular = door.targets.filter((target) => !target.lastResort);
  const first = regular.length > 0 ? regular : door.targets;
  const alive = first.filter(isAlive);
  // A dead answer that nothing takes out of the name keeps its part of the clients.
  const stuck = first.filter((target) => !isAlive(target) && !isLeft(target, loss));
  if (alive.length === 0) {
    return stuck.length === 0 && door.targets.some(isAlive) ? fullLevel : downLevel;
  }
  const weighs = ({ share }: RouteTarget) => !share.known || share.value > 0;
  if (!stuck.some(weighs)) return fullLevel;
  if (!alive.some(weighs)) return downLevel;
  // Some clients are lost, some are not; one share that nobody knows hides how many, whichever targets have died.
  if (!first.every(({ share }) => share.known)) return { alive: true, share: bound === "best" ? 1 : 0, impaired: true };
  return levelOfShare(sum(alive) / (sum(alive) + sum(stuck)));
}

/** Seconds until traffic has left the dead targets that something takes out, and whether an API call does it. */
export function leavingTime(
  entrances: Entrances,
  standing: Standing,
  serving: readonly Replica[],
): { seconds: number; needsControlPlane: boolean } {
  let seconds = 0;
  let needsControlPlane = false;
  if (entrances.all.length === 0) return { seconds, needsControlPlane };
  const standingIds = idsOf(standing.active);
  const servingIds = serving === standing.active ? standingIds : idsOf(serving);
  for (const { route, targets, served } of entrances.all) {
    if (!targets.some((target) => target.replicas.some((id) => servingIds.has(id)))) continue;
    for (const target of served) {
      if (target.replicas.some((id) => standingIds.has(id))) continue;
      needsControlPlane ||= route.needsControlPlane;
      if (isLeft(target, standing.loss)) seconds = Math.max(seconds, detectionSeconds(target) + ttlSeconds(route));
    }
  }
  return { seconds, needsControlPlane };
}

/** True where a health check takes a dead target out: there is one, and somebody is left to look. */
function isLeft({ healthCheck }: RouteTarget, loss: LossState): boolean {
  if (!healthCheck) return false;
  const { observers } = healthCheck;
  return observers.length === 0 || observers.some((observer) => !loss.failed.has(observer));
}

/** Interval × failures in a row; without end where a preview does not know it, for a promise needs both. */
function detectionSeconds({ healthCheck }: RouteTarget): number {
  if (!healthCheck?.intervalSeconds.known || !healthCheck.failureThreshold.known) return Infinity;
  return healthCheck.intervalSeconds.value * healthCheck.failureThreshold.value;
}

function ttlSeconds(route: Route): number {
  return route.ttlSeconds.known ? route.ttlSeconds.value : Infinity;
}

function sum(targets: readonly RouteTarget[]): number {
  return targets.reduce((total, { share }) => total + (share.known ? share.value : 0), 0);
}
