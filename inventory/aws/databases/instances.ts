/** Single databases with a standby in another zone, and their read replicas. */
import { known, unknown, type DomainId, type Known, type Replica } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { replicasOf } from "../../spread";
import { field, knownFlagAt, propertyPath } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { alone, synchronous } from "../replication";
import { automatedBackup, instanceTypes, promotionSeconds, zonesOf } from "./common";
import { aurora } from "./families";

/** RDS documents 60 to 120 s for the change to the standby of another zone. */
const standbySeconds = 120;

export const databaseInstances: Reader = {
  gives: "a database and its standby in their zones, read replicas, automated backups, protection against deletion",
  types: instanceTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    const { properties } = resource;
    const region = aws.regionOf(resource);
    const source = stack.references(
      resource,
      "replicateSourceDb",
      instanceTypes,
      field(properties, "replicateSourceDb"),
    ).resources[0];
    const twoZones = knownFlagAt(resource, "multiAz");
    const zones = mapZones(zonesOf(resource, aurora, context), aws.ownZone(resource));
    const places =
      zones.known && zones.value.length > 0
        ? known(zones.value.slice(0, 1).map((zone) => [zone]))
        : zones.known
          ? unknown<readonly DomainId[][]>(propertyPath(resource, "dbSubnetGroupName"))
          : zones;
    const promotion = region.known ? [aws.controlPlane("rds", region.value)] : [];
    const standing =
      source === undefined
        ? { units: known(1), places }
        : { units: known(1), places, role: "standby" as const, startSeconds: promotionSeconds, startNeeds: promotion };
    const replicas: Replica[] = [...replicasOf(resource, standing, context)];
    if (!twoZones.known || twoZones.value) replicas.push(standbyOf(resource, zones, twoZones, context));
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: region.known ? region.value : "",
      workload: resource.name,
      replicas,
    });
    if (source !== undefined) {
      into.copy(source.urn, resource.urn);
      // The lag of an asynchronous replica has no documented bound.
      into.replications.set(source.urn, {
        mode: "asynchronous",
        rpoSeconds: unknown(`${resource.urn}.replicateSourceDb (its lag is not bounded by RDS)`),
        multiWriter: false,
      });
    } else if (!into.replications.has(resource.urn)) {
      into.replications.set(resource.urn, replicas.length > 1 ? synchronous : alone);
    }
    // A read replica is a copy: its source is what must not be deleted.
    if (source === undefined) stateDeletion(resource, deletionGuards.database, into);
    automatedBackup(resource, into, aws.regional(resource), 0);
  },
};

/**
 * The other half of a Multi-AZ pair. AWS picks a zone of the subnet group other than the first; which one makes no
 * difference to the loss of any single zone, so the next in order stands for it.
 */
function standbyOf(
  resource: Resource,
  zones: Known<readonly DomainId[]>,
  twoZones: Known<boolean>,
  context: ReadContext,
): Replica {
  const second = zones.known ? zones.value[1] : undefined;
  const places: Known<readonly (readonly DomainId[])[]> = !twoZones.known
    ? twoZones
    : second === undefined
      ? unknown(zones.known ? propertyPath(resource, "dbSubnetGroupName") : zones.missing)
      : known([[second]]);
  const [replica] = replicasOf(
    resource,
    { units: known(1), places, role: "standby", startSeconds: standbySeconds },
    context,
  );
  return { ...(replica as Replica), id: `${resource.urn}#standby` };
}

/** The zone that a resource says of itself first, then the others that it may use. */
function mapZones(zones: Known<readonly DomainId[]>, own: Known<DomainId> | undefined): Known<readonly DomainId[]> {
  if (own === undefined || !own.known) return zones;
  return known([own.value, ...(zones.known ? zones.value.filter((zone) => zone !== own.value) : [])]);
}
