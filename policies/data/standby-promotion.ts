import { kindOf, type DomainId, type DomainKind, type Replica, type ServiceId } from "../../model";
import { createSurvival } from "../../survival";
import { singleLosses, stores, urnsOf } from "../evidence/read";
import { domainWords, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const standbyPromotion: Policy = {
  name: "standby-promotion",
  code: "DPX344",
  title: "A critical store's copies take writes without a promotion",
  family: "data",
  severity: "medium",
  rows: ["2", "3", "K2", "K3"],
  why:
    "Five layers were active there and standby elsewhere, and the standby did not take over: the tools that promote " +
    "it were in the lost building.",
  proves:
    "Looks whether every copy of a replicated store of a critical tier takes writes, or whether a standby must first " +
    "be promoted; and, of every store that can only go on in another region, whether the loss of a zone or building " +
    "waits for somebody to start that failover (Aurora, DocumentDB and " +
    "Neptune global clusters do not start it themselves).",
  fix: {
    text: "Use a store whose copies all take writes, or keep the promotion rehearsed and callable from the survivor.",
    snippet:
      'new aws.dynamodb.Table("accounts", { ...table, replicas: [{ regionName: "ap-northeast-1" }] }); // every ' +
      "replica takes writes",
  },
  // Advisory: a single writer is a sound choice where the time of a promotion is within the objective.
  levels: { critical: "advisory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const byHand = ordersOf(context);
    for (const service of stores(context)) {
      const waits = byHand.get(service.id);
      if (waits !== undefined) {
        yield {
          verdict: "broken",
          service: service.id,
          lost: [waits],
          urns: urnsOf(service),
          message:
            `${subject(service)} must come back by itself when ${domainWords(waits)} is lost, and waits for somebody ` +
            "to start the failover to its copy in another region.",
        };
        continue;
      }
      const { replication, tier } = service;
      if (tier !== "critical" || !replication || replication.mode === "none" || replication.multiWriter) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message:
          `${subject(service)} must take writes at every copy, and takes them at one: the others have to be promoted ` +
          "first.",
      };
    }
  },
};

/**
 * The first zone or building of each store after whose loss only somebody's order brings it back. A region that is lost
 * is worth a decision; a zone is not.
 */
function ordersOf(context: PolicyContext): ReadonlyMap<ServiceId, DomainId> {
  const ordered = stores(context).filter(({ replicas }) => replicas.some(isByHand) && !replicas.every(isByHand));
  const found = new Map<ServiceId, DomainId>();
  if (ordered.length === 0) return found;
  const services = ordered.map((service) => ({
    ...service,
    replicas: service.replicas.filter((replica) => !isByHand(replica)),
    dependencies: [],
    routes: [],
  }));
  const alone = createSurvival({ ...context.estate, services });
  for (const service of ordered) {
    const waits = singleLosses(context, service).find(
      (id) =>
        placeKinds.has(kindOf(id)) &&
        alone.outcome(service.id, [id]).status === "down" &&
        context.survival.outcome(service.id, [id]).status !== "down",
    );
    if (waits !== undefined) found.set(service.id, waits);
  }
  return found;
}

const placeKinds: ReadonlySet<DomainKind> = new Set<DomainKind>(["zone", "facility", "power"]);

function isByHand({ startsByHand }: Replica): boolean {
  return startsByHand === true;
}
