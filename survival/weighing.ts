/** What is served of the peak where names hand requests out by weights, whatever stands behind each answer. */
import type { Service } from "../model/estate";
import { capacityOf } from "./capacity";
import type { Overload } from "./overload";
import type { EntryPoints } from "./routing";
import { survivorsOf, type LossState } from "./survivors";

/**
 * The answer that is most overloaded of the name that serves least; undefined where none is, or where a weight, the
 * peak or a capacity is not known. This is no part of a service's level: a loss that takes a heavy answer away makes it
 * better, and the level after a larger loss is never better than after a smaller one.
 */
export function overloadOf(service: Service, entryPoints: EntryPoints, loss: LossState): Overload | undefined {
  const peak = service.peakRps;
  if (!peak?.known || peak.value <= 0) return undefined;
  const { active, standbys } = survivorsOf(service, loss, "best");
  const serving = new Map([...active, ...standbys].map((replica) => [replica.id, replica]));
  let worst: Overload | undefined;
  for (const { route, targets } of entryPoints.outermost) {
    if (route.policy !== "weighted" && route.policy !== "anycast") continue;
    const given = targets.filter(({ lastResort, replicas }) => !lastResort && replicas.some((id) => serving.has(id)));
    const total = given.reduce((sum, { share }) => sum + (share.known ? share.value : NaN), 0);
    if (given.length === 0 || !(total > 0)) continue;
    const loads = given.map((target) => {
      const behind = target.replicas.flatMap((id) => serving.get(id) ?? []);
      const sentRps = (peak.value * (target.share.known ? target.share.value : 0)) / total;
      return { target, sentRps, carriedRps: capacityOf(service, behind, "best") };
    });
    const share = loads.reduce((sum, { sentRps, carriedRps }) => sum + Math.min(sentRps, carriedRps), 0) / peak.value;
    const [most] = [...loads].sort((a, b) => b.sentRps - b.carriedRps - (a.sentRps - a.carriedRps));
    if (most !== undefined && share < (worst?.share ?? 1)) worst = { route, share, ...most };
  }
  return worst;
}
