/** Tables of DynamoDB: regional, with replicas in other regions where the table is global. */
import { known, unknown, type Known, type Placement, type Replica, type Replication } from "../../../model";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Draft } from "../../draft";
import type { Resource } from "../../resource";
import { deletionGuards, stateDeletion } from "../deletion";
import { keepBackups } from "../ownBackups";
import { copiesInRegions } from "../placing";
import { regionalCopy } from "../replication";
import { replicasOf } from "../../spread";
import { at, field, flagAt, items, propertyPath, text } from "../../values";

const tableTypes = ["aws:dynamodb/table:Table"] as const;
const replicaTypes = ["aws:dynamodb/tableReplica:TableReplica"] as const;

export const tables: Reader = {
  gives: "copies in every region of the table, quorum, point-in-time recovery, protection against deletion",
  types: tableTypes,
  read(resource, into, context) {
    const { aws } = context;
    const home = aws.regionOf(resource);
    const others = field(resource.properties, "replicas");
    const regions: Known<string>[] = [home];
    if (typeof others === "symbol") regions.push(unknown(propertyPath(resource, "replicas")));
    items(others).forEach((replica, index) => {
      const name = text(field(replica, "regionName"));
      const missing = unknown<string>(propertyPath(resource, "replicas", index, "regionName"));
      // The home region may be listed among the replicas; it is still one copy.
      if (name === undefined) regions.push(missing);
      else if (!regions.some((region) => region.known && region.value === name)) regions.push(known(name));
    });
    const replicas = copiesInRegions(resource, regions, context);
    const witnesses = witnessesOf(resource, context);
    const apart = membersOf(context.stack, resource, replicaTypes, "globalTableArn", tableTypes).length;
    const strong = items(others).some((replica) => field(replica, "consistencyMode") === "STRONG");
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: home.known ? home.value : "",
      workload: resource.name,
      replicas: [...replicas, ...witnesses],
      // Multi-region strong consistency answers while a majority of its three regions does.
      ...(strong ? { quorum: "majority" as const } : {}),
    });
    into.replications.set(resource.urn, replicationOf(replicas.length + apart, strong));
    stateDeletion(resource, deletionGuards.table, into);
    pointInTime(resource, into, context.aws.regional(resource));
  },
};

/**
 * A Region that keeps the changes of two others and answers nobody: with one of them it is a majority (Developer Guide,
 * "Multi-Region strong consistency").
 */
function witnessesOf(table: Resource, context: ReadContext): readonly Replica[] {
  const witness = field(table.properties, "globalTableWitness");
  if (witness === undefined) return [];
  const region = text(field(witness, "regionName"));
  const places: Known<readonly Placement[]> =
    region === undefined
      ? unknown(propertyPath(table, "globalTableWitness", "regionName"))
      : known([[context.aws.region(region)]]);
  return replicasOf(table, { units: known(1), places }, context).map((replica) => ({
    ...replica,
    id: `${table.urn}#witness`,
    capacityRps: known(0),
  }));
}

/** A replica by a resource of its own. */
export const tableReplicas: Reader = {
  gives: "a copy of a table in another region",
  types: replicaTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    const region = aws.regionOf(resource);
    const table = stack.references(
      resource,
      "globalTableArn",
      tables.types,
      field(resource.properties, "globalTableArn"),
    ).resources[0];
    const places: Known<readonly Placement[]> = region.known ? known([[aws.region(region.value)]]) : region;
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: region.known ? region.value : "",
      workload: table?.name ?? resource.name,
      replicas: replicasOf(resource, { units: known(1), places }, context),
    });
    if (table !== undefined) into.copy(table.urn, resource.urn);
  },
};

/** "Usually within a second" is what the documentation of global tables says of the lag. */
function replicationOf(copies: number, strong: boolean): Replication {
  if (copies < 2) return regionalCopy;
  return {
    mode: strong ? "synchronous" : "asynchronous",
    rpoSeconds: known(strong ? 0 : 1),
    multiWriter: true,
  };
}

/** Continuous backups: restorable to any second but the last five minutes, for 35 days unless set. */
function pointInTime(resource: Resource, into: Draft, placement: Known<Placement>): void {
  if (flagAt(resource, "pointInTimeRecovery", "enabled") !== true) return;
  const set = at(resource.properties, "pointInTimeRecovery", "recoveryPeriodInDays");
  const days = known(typeof set === "number" ? set : 35);
  keepBackups(resource, { placement, intervalSeconds: 300, days }, into);
}
