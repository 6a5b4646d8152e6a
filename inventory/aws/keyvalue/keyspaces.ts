/** Tables of Keyspaces: regional, in every region of their keyspace. */
import { known, unknown, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { at, field, items, propertyPath, text, textAt } from "../../values";
import { keepBackups } from "../ownBackups";
import { copiesInRegions, named, scopeOf } from "../placing";
import { regionalCopy } from "../replication";

const keyspaceTypes = ["aws:keyspaces/keyspace:Keyspace"] as const;

/** Read with its tables: it holds nothing of its own. */
export const keyspaces: Reader = {
  gives: "the regions of its tables, read with them",
  types: keyspaceTypes,
  read: (resource, into) => into.attach(resource),
};

export const keyspaceTables: Reader = {
  gives: "copies in every region of its keyspace, point-in-time recovery",
  types: ["aws:keyspaces/table:Table"],
  read(resource, into, context) {
    const replicas = copiesInRegions(resource, regionsOf(resource, context), context);
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: scopeOf(resource, context),
      workload: textAt(resource, "tableName") ?? resource.name,
      replicas,
    });
    // Every region takes writes; the others have them "typically within a second" (Developer Guide, "Multi-Region
    // replication").
    const copied = { mode: "asynchronous", rpoSeconds: known(1), multiWriter: true } as const;
    into.replications.set(resource.urn, replicas.length > 1 ? copied : regionalCopy);
    if (textAt(resource, "pointInTimeRecovery", "status") !== "ENABLED") return;
    // To any second of the last 35 days (Developer Guide, "Point-in-time recovery"); as much may be missing as of other
    // tables.
    keepBackups(resource, { placement: context.aws.regional(resource), intervalSeconds: 300, days: known(35) }, into);
  },
};

/** The table's own region, and those that its keyspace lists. */
function regionsOf(table: Resource, context: ReadContext): readonly Known<string>[] {
  const home = context.aws.regionOf(table);
  const keyspace = named(table, "keyspaceName", keyspaceTypes, context);
  const specification = keyspace && field(keyspace.properties, "replicationSpecification");
  const listed = at(specification, "regionLists");
  if (keyspace !== undefined && typeof listed === "symbol") {
    return [home, unknown(propertyPath(keyspace, "replicationSpecification", "regionLists"))];
  }
  const others = items(listed).map((listedRegion, index): Known<string> => {
    const code = text(listedRegion);
    const path = ["replicationSpecification", "regionLists", index] as const;
    return code === undefined ? unknown(propertyPath(keyspace ?? table, ...path)) : known(code);
  });
  return [home, ...others.filter((one) => !one.known || !home.known || one.value !== home.value)];
}
