import * as ec2 from "@pulumi/aws/ec2";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type FacilitySite, type Mistake, componentTypes, labelKeys, tagKeys } from "../../model";
import { type ServiceIdentity, awsTags, kubernetesLabels, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";
import { placeSpread } from "../kubernetes/podDefaults";
import type { Network } from "../network/network";

/** Room in a facility's cluster, whose provider is given with the options. */
export interface PlaceholderArgs {
  readonly site: FacilitySite;
  /** Facilities that a stretched cluster spans; `site` then bears its name. @default the site alone */
  readonly over?: readonly FacilitySite[];
  /** Namespace of the service. */
  readonly namespace: pulumi.Input<string>;
  /** Pods for which room is held, 1 to 5000. In place. */
  readonly units: number;
  /** Priority class below that of every real pod. */
  readonly priorityClass: pulumi.Input<string>;
  /** Image of the pause container; `{site}` stands for the site's name. */
  readonly image: string;
  /** Processor of one real pod. @default 2 cores */
  readonly cpu?: string;
  /** Memory of one real pod. @default 4Gi */
  readonly memory?: string;
}

/** Instances that a region keeps for us. */
export interface ReservationArgs {
  readonly site: CloudSite;
  readonly network: Network;
  /** Instances reserved in each zone, in the order of the network's zones, 1 to 5000. In place. */
  readonly unitsPerZone: readonly number[];
  /** The type that the service runs on; a reservation of another type is worth nothing. A change replaces. */
  readonly instanceType: string;
}

export interface ReserveCapacityArgs {
  /** The service for which room is held. */
  readonly identity: ServiceIdentity;
  /** @default no room is held in a facility */
  readonly placeholders?: PlaceholderArgs;
  /** @default the cloud may answer that it has no instance left, when everybody asks for one */
  readonly reservations?: ReservationArgs;
}

/**
 * Room for units to come back in, in one site: placeholder pods that give way to real ones, or capacity reservations.
 * It is room, not running units: those that carry the peak after a loss run already (see the plan of
 * ActiveActiveService).
 *
 * Cost: a reserved instance costs as much as a running one unless an instance of that type runs in it.
 */
export class ReserveCapacity extends pulumi.ComponentResource {
  constructor(name: string, args: ReserveCapacityArgs, options?: pulumi.ComponentResourceOptions) {
    const { identity, placeholders, reservations } = args;
    refuseIfAny(reserveMistakes(name, args));
    const sites = [placeholders, reservations].flatMap((room) => (room ? [room.site.name] : []));
    const stated = { service: published(identity)["service"], tier: identity.tier, sites };
    super(componentTypes.reserveCapacity, name, stated, options);

    if (placeholders) createPlaceholders(this, name, identity, placeholders);
    if (reservations) createReservations(this, name, identity, reservations);
    this.registerOutputs(stated);
  }
}

function reserveMistakes(name: string, { placeholders, reservations }: ReserveCapacityArgs): readonly Mistake[] {
  const unnamed = reservations?.network.zones.filter((zone) => zone.availabilityZone === undefined) ?? [];
  return [
    ...(placeholders ? outsideRange("DPX208", name, "placeholders.units", placeholders.units, 1, 5000) : []),
    ...(reservations?.unitsPerZone ?? []).flatMap((units) =>
      outsideRange("DPX208", name, "reservations.unitsPerZone", units, 1, 5000),
    ),
    ...unnamed.map(({ zoneId }) =>
      argumentMistake(
        "DPX232",
        name,
        `reservations.network does not say the account's name of zone ${zoneId}, and a reservation takes no id.`,
        "Write availabilityZone for each of its zones.",
      ),
    ),
  ];
}

function createPlaceholders(parent: ReserveCapacity, name: string, identity: ServiceIdentity, args: PlaceholderArgs) {
  const { site, units, priorityClass, image, cpu = "2", memory = "4Gi" } = args;
  const selector = { "app.kubernetes.io/name": `${identity.service}-placeholder` };
  const labels = { ...kubernetesLabels(identity, site.name), [labelKeys.role]: "placeholder", ...selector };
  const resources = { cpu, memory };
  new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { name: `${identity.service}-placeholder`, namespace: args.namespace, labels },
      spec: {
        replicas: units,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: {
            priorityClassName: priorityClass,
            automountServiceAccountToken: false,
            // As hard as the pods for which it holds room: else all of it may stand in the very place that is lost.
            topologySpreadConstraints: placeSpread(args.over, selector),
            // Gives its room away at once.
            terminationGracePeriodSeconds: 0,
            containers: [
              {
                name: "pause",
                image: image.replaceAll("{site}", site.name),
                resources: { requests: resources, limits: resources },
              },
            ],
          },
        },
      },
    },
    { parent },
  );
}

function createReservations(parent: ReserveCapacity, name: string, identity: ServiceIdentity, args: ReservationArgs) {
  args.network.zones.forEach(({ zoneId, availabilityZone = "" }, index) => {
    new ec2.CapacityReservation(
      `${name}-${zoneId}`,
      {
        region: args.site.region,
        // The name of a zone differs between accounts; the subnet knows the one that belongs to the id.
        availabilityZone,
        instanceType: args.instanceType,
        instancePlatform: "Linux/UNIX",
        instanceCount: args.unitsPerZone[index] ?? 1,
        endDateType: "unlimited",
        tags: { ...awsTags(identity, args.site.name), [tagKeys.role]: "reserve" },
      },
      { parent },
    );
  });
}
