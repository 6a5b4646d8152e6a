/** Aurora DSQL: regional clusters over three zones, or two of them with a witness in a third region. */
import { known, type Known, type Placement } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { replicasOf } from "../../spread";
import { at, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { named, namedInside, scopeOf } from "../placing";
import { placeInRegion } from "../regional";

const clusterTypes = ["aws:dsql/cluster:Cluster"] as const;

export const dsqlClusters: Reader = {
  gives: "copies in a region, joined with its peers, protection against deletion",
  types: clusterTypes,
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context, []);
    const peers = namedInside(
      resource,
      "multiRegionProperties",
      clusterTypes,
      (value) => at(value, "clusters"),
      context,
    );
    join(resource, peers, into);
    if (!into.replications.has(resource.urn)) {
      // Every write is agreed on by three zones, and by both regions and the witness where there are several.
      into.replications.set(resource.urn, {
        mode: "synchronous",
        rpoSeconds: known(0),
        multiWriter: true,
        inRegion: true,
      });
    }
    stateDeletion(resource, deletionGuards.table, into);
  },
};

/**
 * Joins two clusters. The witness keeps the log and answers nobody, but with it one region and the witness are a
 * majority: it counts as a third voice, once for each pair.
 */
export const dsqlPeerings: Reader = {
  gives: "the witness that makes a majority",
  types: ["aws:dsql/clusterPeering:ClusterPeering"],
  read(resource, into, context) {
    const own = named(resource, "identifier", clusterTypes, context);
    const peers = namedInside(resource, "clusters", clusterTypes, (value) => value, context);
    if (own === undefined) return;
    join(own, peers, into);
    const first = [own, ...peers].map(({ urn }) => urn).sort()[0];
    if (peers.length > 0 && first === own.urn) placeWitness(resource, own, into, context);
    into.attach(resource);
  },
};

function join(own: Resource, peers: readonly Resource[], into: Parameters<Reader["read"]>[1]): void {
  for (const peer of peers) if (peer !== own) into.copy(own.urn, peer.urn);
}

function placeWitness(
  peering: Resource,
  own: Resource,
  into: Parameters<Reader["read"]>[1],
  context: ReadContext,
): void {
  const region = textAt(peering, "witnessRegion");
  const places: Known<readonly Placement[]> =
    region === undefined
      ? { known: false, missing: `${peering.urn}.witnessRegion` }
      : known([[context.aws.region(region)]]);
  const [replica] = replicasOf(peering, { units: known(1), places }, context);
  if (replica === undefined) return;
  into.copy(own.urn, peering.urn);
  into.place({
    resource: peering,
    layer: "store",
    sharing: "copy",
    scope: scopeOf(own, context),
    workload: own.name,
    replicas: [{ ...replica, capacityRps: known(0) }],
    quorum: "majority",
  });
}
