/** Ledgers, and databases of time series. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { field, propertyPath } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { pairIn, scopeOf, zonesOfListed } from "../placing";
import { alone, regionalCopy, synchronous } from "../replication";
import { placeInRegion } from "../regional";
import { regionalStore } from "../regionalStore";
import { each, replicasOf } from "../../spread";

/** A change to the standby of another zone takes as long as RDS documents it, whose machinery it is. */
const influxStandbySeconds = 120;

export const ledgers: Reader = {
  gives: "a store in its region, and protection against deletion",
  types: ["aws:qldb/ledger:Ledger"],
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context);
    into.replications.set(resource.urn, regionalCopy);
    stateDeletion(resource, deletionGuards.ledger, into);
  },
};

export const influxInstances: Reader = {
  gives: "a database in one zone, and its standby in another",
  types: ["aws:timestreaminfluxdb/dbInstance:DbInstance"],
  read(resource, into, context) {
    const property = "vpcSubnetIds";
    const all = zonesOfListed(resource, property, context);
    const mode = field(resource.properties, "deploymentType") ?? "SINGLE_AZ";
    const paired = mode === "WITH_MULTIAZ_STANDBY";
    const path = propertyPath(resource, "deploymentType");
    const one: Known<readonly DomainId[]> =
      mode === "SINGLE_AZ" ? mapKnown(all, (list) => list.slice(0, 1)) : unknown(path);
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: scopeOf(resource, context),
      workload: resource.name,
      replicas: paired
        ? pairIn(resource, { zones: all, standbySeconds: influxStandbySeconds, property }, context)
        : replicasOf(resource, { units: known(1), places: each(one) }, context),
    });
    into.replications.set(resource.urn, paired ? synchronous : alone);
  },
};

/** Its database holds nothing of its own. */
export const timeSeriesTables = regionalStore("aws:timestreamwrite/table:Table", "tableName");
