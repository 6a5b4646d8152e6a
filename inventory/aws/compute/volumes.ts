/** Block volumes: in one zone, whatever is attached to them; and snapshots, kept in the region. */
import { known, unknown } from "../../../model";
import type { Reader } from "../../reader";
import { propertyPath } from "../../values";
import { named, placeInZones } from "../placing";

const volumeTypes = ["aws:ebs/volume:Volume"] as const;
const instanceTypes = ["aws:ec2/instance:Instance"] as const;

export const volumes: Reader = {
  gives: "a store in one zone",
  types: volumeTypes,
  read(resource, into, context) {
    const zone = context.aws.ownZone(resource) ?? unknown(propertyPath(resource, "availabilityZone"));
    const zones = zone.known ? known([zone.value]) : zone;
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, { mode: "none", rpoSeconds: known(0), multiWriter: false });
    const bound = {
      zonal: known(true),
      volumes: known(1),
      onlyIn: zone.known ? [zone.value] : [],
      boundBeforePods: false,
    };
    into.state({ kind: "volume", urn: resource.urn, made: "EBS", ...bound });
  },
};

export const volumeAttachments: Reader = {
  gives: "a machine's need of a volume",
  types: ["aws:ec2/volumeAttachment:VolumeAttachment"],
  read(resource, into, context) {
    const volume = named(resource, "volumeId", volumeTypes, context);
    const instance = named(resource, "instanceId", instanceTypes, context);
    if (volume !== undefined && instance !== undefined) into.depend(instance.urn, volume.urn, "hard", "volumeId");
  },
};

/** A snapshot that is a resource of the stack is taken once: nothing says when the next one will be. */
export const snapshots: Reader = {
  gives: "a backup without a schedule",
  types: ["aws:ebs/snapshot:Snapshot"],
  read(resource, into, context) {
    const volume = named(resource, "volumeId", volumeTypes, context);
    if (volume === undefined) return;
    into.backups.push({
      of: volume.urn,
      backup: {
        urn: resource.urn,
        placement: context.aws.regional(resource),
        intervalSeconds: unknown(`${resource.urn} (one snapshot, without a schedule)`),
        immutable: known(false),
      },
    });
  },
};
