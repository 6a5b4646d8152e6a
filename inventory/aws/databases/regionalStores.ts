/** Stores that AWS keeps in several zones of a region as a whole, or that somebody has put into one zone on purpose. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, propertyPath, text } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { pairIn, placeInZones, scopeOf, zonesOfListed } from "../placing";
import { alone, synchronous } from "./common";
import { placeInRegion } from "../regional";
import { each, replicasOf } from "../../spread";

/** A change to the standby of another zone takes as long as RDS documents it, whose machinery it is. */
const influxStandbySeconds = 120;

export const ledgers: Reader = {
  gives: "a store in its region, and protection against deletion",
  types: ["aws:qldb/ledger:Ledger"],
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context);
    into.replications.set(resource.urn, alone);
    stateDeletion(resource, deletionGuards.ledger, into);
  },
};

/** An archive of Glacier, or a table of Timestream (its database holds nothing of its own). */
export const regionalStores: Reader = {
  gives: "a store in its region",
  types: ["aws:glacier/vault:Vault", "aws:timestreamwrite/table:Table"],
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context, ["name", "tableName"]);
    into.replications.set(resource.urn, alone);
  },
};

/** One zone, whatever happens to it: this class of S3 keeps every object in the zone that the bucket names. */
export const directoryBuckets: Reader = {
  gives: "a store in one zone, and whether the engine may empty it",
  types: ["aws:s3/directoryBucket:DirectoryBucket"],
  read(resource, into, context) {
    const zone = text(at(resource.properties, "location", "name"));
    const place = zone === undefined ? undefined : context.aws.zoneOf(resource, zone);
    const zones: Known<readonly DomainId[]> =
      place === undefined ? unknown(propertyPath(resource, "location", "name")) : mapKnown(place, (one) => [one]);
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, alone);
    stateDeletion(resource, deletionGuards.bucket, into);
  },
};

/** Without standby replicas a collection is in one zone, of which nobody can say which. */
export const searchCollections: Reader = {
  gives: "a store in its region, or in one zone without standby replicas",
  types: ["aws:opensearch/serverlessCollection:ServerlessCollection"],
  read(resource, into, context) {
    const standby = field(resource.properties, "standbyReplicas") ?? "ENABLED";
    const path = propertyPath(resource, "standbyReplicas");
    const zones = standby === "ENABLED" ? context.aws.regional(resource) : unknown<readonly DomainId[]>(path);
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, standby === "ENABLED" ? synchronous : alone);
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
