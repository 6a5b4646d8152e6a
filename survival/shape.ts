/** Services that fare alike: a large estate has a key, a queue and a bucket for each of its services in each region. */
import type { DomainId } from "../model/domain";
import type { Backup, Dependency, Replica, RouteTarget } from "../model/estate";
import type { ServiceId } from "../model/ids";
import type { Known } from "../model/known";
import type { StrongComponent, ServiceNode } from "./dependencyGraph";

/**
 * Everything that decides how a service fares after any loss; undefined where that depends on more than is worth
 * comparing. What is found of one service holds of all of its shape.
 *
 * @param solutionOf number of the solution of what it needs; the same for services that fare alike
 */
export function shapeOf(
  { only, uncertain }: StrongComponent,
  solutionOf: (id: ServiceId) => number,
): string | undefined {
  // What is unknown is named, and the names are each service's own.
  if (only === undefined || uncertain) return undefined;
  const { layer, quorum, replication, peakRps, replicas, backups } = only.service;
  const entryPoints = only.entryPoints.all.length === 0 ? "" : textOfEntrances(only);
  // Where a scheduler chooses the place, or a unit stands in for another, more than the replica would have to be
  // compared.
  if (entryPoints === undefined || replicas.some(({ remainder, standsInFor }) => remainder ?? standsInFor))
    return undefined;
  let shape = `${layer === "store" ? "store" : ""} ${quorum} ${textOf(peakRps)} ${replication?.mode ?? ""} `;
  shape += textOf(replication?.rpoSeconds);
  for (const replica of replicas) shape += textOfReplica(replica);
  for (const backup of backups) shape += textOfBackup(backup);
  if (!only.isAlone) {
    for (const group of [only.hard, only.soft, only.startup]) shape += `\nneeds ${textOfNeeds(group, solutionOf)}`;
  }
  return shape + entryPoints;
}

function textOfReplica(replica: Replica): string {
  const { role, placement, units, capacityRps, startSeconds, startNeeds, reached } = replica;
  const isCutOff = reached?.known === true && !reached.value;
  const served = `${textOf(units)} ${textOf(capacityRps)} ${startSeconds}${isCutOff ? " cut off" : ""}`;
  return `\n${role} ${textOfPlacement(placement)} ${served} ${textOfDomains(startNeeds)}`;
}

function textOfBackup({ placement, intervalSeconds }: Backup): string {
  return `\nkept ${textOfPlacement(placement)} ${textOf(intervalSeconds)}`;
}

function textOfNeeds(needs: readonly Dependency[], solutionOf: (id: ServiceId) => number): string {
  let text = "";
  for (const { anyOf } of needs) text += `${anyOf.map(solutionOf).join("|")} `;
  return text;
}

/** Undefined where a name leads to replicas of other services as well. */
function textOfEntrances({ service, entryPoints }: ServiceNode): string | undefined {
  const indexOf = new Map(service.replicas.map(({ id }, index) => [id, index]));
  let text = "";
  for (const { route, targets } of entryPoints.all) {
    const isDoor = route.kind !== "loadBalancer";
    const places = route.places?.map((chain) => chain.map((urn) => targets.findIndex((one) => one.urn === urn)).join());
    text += `\n${isDoor ? "name" : "balancer"} ${places?.join(";") ?? ""}`;
    text += ` ${textOf(route.ttlSeconds)} ${route.needsControlPlane ? "by hand" : ""}`;
    for (const target of targets) {
      const behind = target.replicas.map((id) => indexOf.get(id));
      if (behind.includes(undefined)) return undefined;
      text += `\nto ${behind.join()} ${textOfTarget(target)}`;
    }
  }
  return text;
}

function textOfTarget({ share, lastResort, shut, healthCheck }: RouteTarget): string {
  const text = `${textOf(share)} ${lastResort ? "last" : ""}${shut === true ? " shut" : ""}`;
  if (healthCheck === undefined) return text;
  const { intervalSeconds, failureThreshold, observers } = healthCheck;
  return `${text} ${textOf(intervalSeconds)} ${textOf(failureThreshold)} from ${textOfDomains(observers)}`;
}

function textOfPlacement(placement: Replica["placement"]): string {
  return placement.known ? textOfDomains(placement.value) : "?";
}

/** With the length of each, for a name may hold whatever stands between two. */
function textOfDomains(domains: readonly DomainId[]): string {
  let text = "";
  for (const id of domains) text += `${id.length}:${id} `;
  return text;
}

function textOf(value: Known<number> | undefined): string {
  return value === undefined ? "" : value.known ? String(value.value) : "?";
}
