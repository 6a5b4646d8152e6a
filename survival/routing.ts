/** Whether requests find the replicas that are left, and how long they take to leave the dead ones. */
import type { DomainId } from "../model/domain";
import type { Replica, Route, RouteTarget, Service } from "../model/estate";
import { known } from "../model/known";
import { downLevel, fullLevel, levelOfShare, meet, type Level } from "./level";
import type { LossState, Survivors } from "./survivors";

/** The routes of a service, sorted out once. */
export interface EntryPoints {
  /** Names by which clients come. Each must lead somewhere, for each has clients of its own. */
  readonly outermost: readonly EntryPoint[];
  /** All routes, load balancers behind the names among them: each takes its time to leave a dead target. */
  readonly all: readonly EntryPoint[];
}

interface EntryPoint {
  readonly route: Route;
  /** Who else answers for the same name. */
  readonly alsoAnsweredBy: readonly DomainId[];
  readonly targets: readonly RouteTarget[];
  /** Those behind which something serves while nothing is lost; only these can be found dead. */
  readonly served: readonly RouteTarget[];
}

const noEntryPoints: EntryPoints = { outermost: [], all: [] };

/**
 * Sorts a service's routes. A load balancer, and a name whose replicas all stand behind a wider name too, is a step
 * behind that name: when all of it is dead the wider name leaves it, so it shuts nobody out.
 */
export function entryPointsOf(service: Service): EntryPoints {
  if (service.routes.length === 0) return noEntryPoints;
  const own = new Set(service.replicas.map((replica) => replica.id));
  const active = new Set(service.replicas.filter(({ role }) => role === "active").map(({ id }) => id));
  const behindWhich = (targets: readonly RouteTarget[], ids: ReadonlySet<string>) =>
    targets.filter((target) => target.replicas.some((id) => ids.has(id)));
  const all = service.routes
    // A target behind which nothing of this service stands says nothing about this service; one that leads nowhere
    // keeps its part of the clients.
    .map((route) => ({
      route,
      alsoAnsweredBy: answerers(route, service.routes),
      targets: route.targets.filter(({ replicas, shut }) => shut === true || replicas.some((id) => own.has(id))),
      served: behindWhich(route.targets, active),
    }))
    .filter((entry) => entry.targets.length > 0);
  const names = all
    .filter((entry) => entry.route.kind !== "loadBalancer")
    .map((entry) => ({ entry, behind: new Set(entry.targets.flatMap((target) => target.replicas)) }));
  const isWider = (wide: ReadonlySet<string>, narrow: ReadonlySet<string>) =>
    wide.size > narrow.size && [...narrow].every((id) => wide.has(id));
  return {
    all,
    outermost: names
      .filter(({ behind }) => !names.some((other) => isWider(other.behind, behind)))
      .map(({ entry }) => entry),
  };
}

/** Names of the DNS are the same in any case, with and without the dot of the root (RFC 4343, RFC 1034). */
function answerers({ name, provider }: Route, routes: readonly Route[]): readonly DomainId[] {
  if (routes.length === 1) return noDomains;
  const plain = (text: string) => text.toLowerCase().replace(/\.$/, "");
  const others = routes.filter((other) => other.provider !== provider && plain(other.name) === plain(name));
  return others.map((other) => other.provider);
}

const noDomains: readonly DomainId[] = [];

/** Nobody answers for a name whose provider is lost, unless somebody else answers for the same one. */
function isAnswered({ route, alsoAnsweredBy }: EntryPoint, { any, failed }: LossState): "yes" | "byOthers" | "no" {
  if (!any || !failed.has(route.provider)) return "yes";
  return alsoAnsweredBy.some((provider) => !failed.has(provider)) ? "byOthers" : "no";
}

/** The share of requests that reaches these replicas. */
export function reachOf(entryPoints: EntryPoints, serving: readonly Replica[], survivors: Survivors): Level {
  if (entryPoints.outermost.length === 0) return fullLevel;
  const ids = idsOf(serving);
  return entryPoints.outermost.reduce((level, entry) => meet(level, reachThrough(entry, ids, survivors)), fullLevel);
}

function idsOf(replicas: readonly Replica[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id } of replicas) ids.add(id);
  return ids;
}

/** Each place has clients of its own, who get its own answer and those behind it alone. */
function reachThrough(entry: EntryPoint, serving: ReadonlySet<string>, survivors: Survivors): Level {
  const { places } = entry.route;
  if (places === undefined) return reachAmong(entry, serving, survivors);
  return places.reduce((level, chain) => {
    const targets = chain.flatMap((urn) => entry.targets.filter((target) => target.urn === urn));
    if (targets.length === 0) return level;
    const inOrder = targets.map((target, index) => ({ ...target, share: known(1), lastResort: index > 0 }));
    return meet(level, reachAmong({ ...entry, targets: inOrder }, serving, survivors));
  }, fullLevel);
}

function reachAmong(entry: EntryPoint, serving: ReadonlySet<string>, { loss, bound }: Survivors): Level {
  const answered = isAnswered(entry, loss);
  if (answered !== "yes") return answered === "no" ? downLevel : fullLevel;
  const isAlive = (target: RouteTarget) => target.replicas.some((id) => serving.has(id));
  if (entry.targets.every(isAlive)) return fullLevel;
  const regular = entry.targets.filter((target) => !target.lastResort);
  const first = regular.length > 0 ? regular : entry.targets;
  const alive = first.filter(isAlive);
  // A dead answer that nothing takes out of the name keeps its part of the clients.
  const stuck = first.filter((target) => !isAlive(target) && !isLeft(target, loss));
  if (alive.length === 0) {
    return stuck.length === 0 && entry.targets.some(isAlive) ? fullLevel : downLevel;
  }
  const weighs = ({ share }: RouteTarget) => !share.known || share.value > 0;
  if (!stuck.some(weighs)) return fullLevel;
  if (!alive.some(weighs)) return downLevel;
  // Some clients are lost, some are not; one share that nobody knows hides how many, whichever targets have died.
  if (!first.every(({ share }) => share.known)) return { alive: true, share: bound === "best" ? 1 : 0, impaired: true };
  return levelOfShare(sum(alive) / (sum(alive) + sum(stuck)));
}

/** Hears how traffic leaves dead targets. Seconds are counted from the loss. */
export interface LeavingListener {
  /** A health check takes a dead target out of its route. */
  trafficLeft(route: Route, target: RouteTarget, detectedSeconds: number, leftSeconds: number): void;
  /** A dead target stays in its route until an API call takes it out. */
  redirected(route: Route, target: RouteTarget): void;
}

/**
 * Tells of every dead target of the routes that lead to something that serves.
 *
 * @returns seconds until traffic has left all that something takes out
 */
export function leaveDeadTargets(
  entryPoints: EntryPoints,
  survivors: Survivors,
  serving: readonly Replica[],
  listener: LeavingListener,
): number {
  let seconds = 0;
  if (entryPoints.all.length === 0) return seconds;
  const activeIds = idsOf(survivors.active);
  const servingIds = serving === survivors.active ? activeIds : idsOf(serving);
  for (const { route, targets, served } of entryPoints.all) {
    if (!targets.some((target) => target.replicas.some((id) => servingIds.has(id)))) continue;
    for (const target of served) {
      if (target.replicas.some((id) => activeIds.has(id))) continue;
      if (isLeft(target, survivors.loss)) {
        const detectedSeconds = detectionSeconds(target);
        const leftSeconds = detectedSeconds + ttlSeconds(route);
        seconds = Math.max(seconds, leftSeconds);
        listener.trafficLeft(route, target, detectedSeconds, leftSeconds);
      } else if (route.needsControlPlane) listener.redirected(route, target);
    }
  }
  return seconds;
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
