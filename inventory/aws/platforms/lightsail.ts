/** Lightsail: machines, disks and databases in the zone that they name, and the load balancer before machines. */
import { known, mapKnown, unknown, type DomainId, type Layer } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, propertyPath, textAt } from "../../values";
import { keepBackups } from "../ownBackups";
import { named, placeInZones } from "../placing";
import { alone, synchronous } from "../replication";
import type { Zones } from "../region";

const instanceTypes = ["aws:lightsail/instance:Instance"] as const;
const balancerTypes = ["aws:lightsail/lb:Lb"] as const;

/** The zone that a resource names. */
function namedZone(resource: Resource, { aws }: ReadContext): Zones {
  const own = aws.ownZone(resource) ?? unknown<DomainId>(propertyPath(resource, "availabilityZone"));
  return mapKnown(own, (zone) => [zone]);
}

function inOneZone(type: string, gives: string, layer: Layer): Reader {
  return {
    gives,
    types: [type],
    read(resource, into, context) {
      const zones = namedZone(resource, context);
      const sharing = layer === "store" ? "copy" : "service";
      placeInZones(resource, { layer, sharing, zones, units: known(1) }, into, context);
      if (layer === "store") into.replications.set(resource.urn, alone);
    },
  };
}

/**
 * A bundle of high availability has a standby in another zone, by the word in its name (Lightsail's list of bundles).
 */
const isPaired = (bundle: string | undefined): boolean => bundle?.includes("_ha_") === true;

const databases: Reader = {
  gives: "a database in its zone, or over two with a bundle of high availability, and its daily backups",
  types: ["aws:lightsail/database:Database"],
  read(resource, into, context) {
    const { aws } = context;
    const paired = isPaired(textAt(resource, "bundleId"));
    // Which zone the standby is in AWS chooses: two zones are as good as the region.
    const zones = paired ? aws.regional(resource) : namedZone(resource, context);
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, paired ? synchronous : alone);
    // Restorable to any minute of the last seven days (Lightsail's documentation), unless it is switched off.
    if (field(resource.properties, "backupRetentionEnabled") === false) return;
    keepBackups(resource, { placement: aws.regional(resource), intervalSeconds: 300, days: known(7) }, into);
  },
};

const balancers: Reader = {
  gives: "a front that stands in its region",
  types: balancerTypes,
  read(resource, into, { aws }) {
    into.fronts.push({ resource, zones: aws.regional(resource) });
    into.attach(resource);
  },
};

const attachments: Reader = {
  gives: "the way from a load balancer to a machine",
  types: ["aws:lightsail/lbAttachment:LbAttachment"],
  read(resource, into, context) {
    const balancer = named(resource, "lbName", balancerTypes, context);
    const instance = named(resource, "instanceName", instanceTypes, context);
    if (balancer !== undefined && instance !== undefined) into.forward(balancer.urn, instance.urn);
  },
};

export const lightsail: readonly Reader[] = [
  inOneZone(instanceTypes[0], "one unit in its zone", "compute"),
  inOneZone("aws:lightsail/disk:Disk", "a store in one zone", "store"),
  databases,
  balancers,
  attachments,
];
