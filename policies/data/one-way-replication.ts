import type { Service, ServiceId } from "../../model";
import { domainsById, stores, urnsOf } from "../evidence/read";
import { servingRegions } from "../evidence/serving";
import { count, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const oneWayReplication: Policy = {
  name: "one-way-replication",
  code: "DPX345",
  title: "A store that is written at two places is copied in both directions",
  family: "data",
  severity: "high",
  rows: ["4", "K2"],
  why:
    "Data had to be copied at the moment of the disaster. Where both sides take writes and only one is copied, the " +
    "other's writes stand in one place all year, and the way home after a failover loses what was written meanwhile.",
  proves:
    "Takes each store with two or more copies that take writes without a promotion (buckets, say), and a dependent " +
    "that serves from two or more regions: every copy must be copied to its peers. A copy that has to be promoted " +
    "first is no writer and is left to standby-promotion.",
  fix: {
    text:
      "Add a replication rule from each copy back to its peer, with replica modification sync where objects are " +
      "changed in place.",
    snippet:
      'new aws.s3.BucketReplicationConfig("tokyo-to-seoul", { bucket: tokyo.id, role: role.arn, rules: [{ status: ' +
      '"Enabled", destination: { bucket: seoul.arn, replicationTime: { status: "Enabled", time: { minutes: 15 } } } ' +
      "}] }, { provider: inTokyo });",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const copiedOneWay = stores(context).filter(isCopiedOneWay);
    if (copiedOneWay.length === 0) return;
    const writers = writersOf(context, new Set(copiedOneWay.map(({ id }) => id)));
    for (const service of copiedOneWay) {
      const writer = writers.get(service.id);
      if (writer === undefined) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message:
          `${subject(service)} must be replicated in both directions between its ` +
          `${count(activeCopies(service), "copy", "copies")} that take writes, because "${writer.id}" serves from ` +
          `${count(writer.regions, "region")}, and is replicated in one.`,
      };
    }
  },
};

const activeCopies = (service: Service): number => service.replicas.filter(({ role }) => role === "active").length;

function isCopiedOneWay(service: Service): boolean {
  const { replication } = service;
  return replication?.mode === "asynchronous" && !replication.multiWriter && activeCopies(service) > 1;
}

/** The first dependent by name of each store that serves from several regions, and from how many. */
function writersOf(
  { estate }: PolicyContext,
  wanted: ReadonlySet<ServiceId>,
): ReadonlyMap<ServiceId, { readonly id: ServiceId; readonly regions: number }> {
  const domains = domainsById(estate);
  const writers = new Map<ServiceId, { id: ServiceId; regions: number }>();
  for (const dependent of estate.services) {
    const needed = dependent.dependencies
      .flatMap(({ anyOf }) => anyOf)
      .filter((id) => wanted.has(id) && !writers.has(id));
    if (needed.length === 0) continue;
    const regions = servingRegions(domains, withoutStandbySide(dependent)).length;
    if (regions > 1) for (const id of needed) writers.set(id, { id: dependent.id, regions });
  }
  return writers;
}

/** What a failover's secondary leads to is asked only while the primary is dead, and writes only then. */
function withoutStandbySide(service: Service): Service {
  const targets = service.routes.filter(({ policy }) => policy === "failover").flatMap((route) => route.targets);
  const last = new Set(targets.filter(({ lastResort }) => lastResort).flatMap(({ replicas }) => replicas));
  for (const { replicas } of targets.filter(({ lastResort }) => !lastResort))
    for (const id of replicas) last.delete(id);
  return last.size === 0 ? service : { ...service, replicas: service.replicas.filter(({ id }) => !last.has(id)) };
}
