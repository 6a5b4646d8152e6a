/** A service's units in one of its sites: which component makes them, and what they are told. */
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceIdentity } from "../common/identity";
import type { ServiceStore, StoreAccess } from "../data/serviceStore";
import type { AddressTarget, BalancerTarget } from "../dns/failoverDns";
import { KubernetesService } from "../kubernetes/kubernetesService";
import type { RangeCall } from "../kubernetes/args";
import { ReserveCapacity } from "../reserve/reserveCapacity";
import { AwsService } from "../service/awsService";
import type { ExistingBalancer, Reach } from "../service/args";
import { instanceTypeOf } from "../../estate/instanceType";
import { type Call, callVariables } from "../wiring/calls";
import { imageIn, isOfAws } from "../../estate/images";
import { publicName, sharedName, siteName } from "../wiring/names";
import type { ActiveActiveServiceArgs, SiteWiring } from "./serviceArgs";
import type { CloudPlace, ClusterPlace } from "./place";
import type { PlannedSite } from "./servicePlan";

export type PlacedUnits = PlannedSite & { readonly place: ClusterPlace | CloudPlace };

/** Units that were created: how names and other services get to them. */
export type CreatedUnits = PlacedUnits & {
  /** Undefined for what is not public. */
  readonly entrance?:
    Pick<AddressTarget, "kind" | "addresses"> | Pick<BalancerTarget, "kind" | "dnsName" | "balancerZoneId">;
  /** In a facility. */
  readonly namespace?: pulumi.Output<string>;
  /** In a cloud site: groups of the units, and of what is before them. */
  readonly unitsGroupId?: pulumi.Output<string>;
  readonly callsGroupId?: pulumi.Output<string>;
};

export interface UnitsContext {
  readonly parent: pulumi.ComponentResource;
  readonly args: ActiveActiveServiceArgs;
  readonly identity: ServiceIdentity;
  readonly store: ServiceStore;
  /** Providers of the facilities' clusters, by the site's name. */
  readonly clusters: Readonly<Record<string, k8s.Provider>>;
  /** Role of pods in facilities. */
  readonly roleArn?: pulumi.Output<string>;
}

const everywhere = "0.0.0.0/0";
const httpsPort = 443;

export function createUnits(context: UnitsContext, placed: PlacedUnits): CreatedUnits {
  const { place } = placed;
  return place.kind === "facility" ? createPods(context, placed, place) : createInCloud(context, placed, place);
}

function wiringOf({ args }: UnitsContext, site: string): SiteWiring {
  return args.wiring?.[site] ?? { calls: [], callers: [] };
}

/** True where something is called whose addresses nobody knows beforehand, or it is known to stand elsewhere. */
function needsInternet(calls: readonly Call[], elsewhere: boolean): boolean {
  return elsewhere || calls.some(({ way }) => way === "vendor");
}

function createPods(context: UnitsContext, placed: PlacedUnits, place: ClusterPlace): CreatedUnits {
  const { parent, args, identity, store, roleArn } = context;
  const { service, dns, images } = args;
  const [first = place.site] = place.over;
  const { calls, callers } = wiringOf(context, first.name);
  const access = store(undefined);
  const internet: readonly RangeCall[] = needsInternet(calls, access.grants.length > 0)
    ? [{ name: "internet", cidr: everywhere, port: httpsPort }]
    : [];
  const name = `${service.name}-${place.site.name}`;
  const pods = new KubernetesService(
    name,
    {
      identity,
      site: place.site,
      over: place.over,
      kind: service.kind,
      units: placed.units,
      image: imageIn(place.site, service.image, images),
      ...(service.command ? { command: service.command } : {}),
      environment: { ...service.environment, ...callVariables(calls), ...access.environment },
      secrets: Object.fromEntries(
        Object.entries(service.secrets).map(([key, { secret = "", key: within = key }]) => [
          key,
          { secret, key: within },
        ]),
      ),
      port: service.port,
      protocol: service.protocol,
      readyPath: service.readyPath,
      livePath: service.livePath,
      cpu: service.pod.cpu,
      memory: service.pod.memory,
      priorityClass: place.priorityClasses[service.tier],
      entrance: place.site.entrance,
      hosts: [publicName(service.name, dns.domain)],
      callers,
      calls: calls.flatMap((call) => (call.way === "cluster" ? [{ ...call }] : [])),
      reaches: [...internet, ...service.egress],
      ...(roleArn && access.region !== undefined ? { podIdentity: { roleArn, region: access.region } } : {}),
    },
    { parent, provider: providerOf(context, place) },
  );
  const entrance = pods.address && { kind: "addresses" as const, addresses: [{ address: pods.address }] };
  return { ...placed, namespace: pods.namespace, ...(entrance ? { entrance } : {}) };
}

/** Of a stretched cluster any of its sites has it. */
function providerOf({ clusters }: UnitsContext, { site, over }: ClusterPlace): k8s.Provider {
  const found = [site, ...over].flatMap(({ name }) => clusters[name] ?? [])[0];
  if (!found) throw new Error(`The options name no provider of the cluster in ${site.name}.`);
  return found;
}

function createInCloud(context: UnitsContext, placed: PlacedUnits, place: CloudPlace): CreatedUnits {
  const { parent, args, identity, store } = context;
  const { service, dns, images, privateZoneId } = args;
  const { site, network, certificateArn } = place;
  if (!network) throw new Error(`Site ${site.name} was created without the network that ${service.name} needs.`);
  const { calls } = wiringOf(context, site.name);
  const access = store(place);
  const isShared = service.kind === "internal";
  const host = isShared ? sharedName(service.name, dns.domain) : siteName(service.name, site.name, dns.domain);
  const named = privateZoneId !== undefined && service.kind !== "worker";
  const made = new AwsService(
    `${service.name}-${site.name}`,
    {
      identity,
      site,
      network,
      kind: service.kind,
      compute: service.compute,
      container: {
        image: imageIn(site, service.image, images),
        ...(service.command ? { command: service.command } : {}),
        environment: { ...service.environment, ...callVariables(calls), ...access.environment },
        secrets: secretsIn(service.secrets, site.region),
      },
      units: placed.units,
      scaling: service.scaling,
      port: service.port,
      protocol: service.protocol,
      readyPath: service.readyPath,
      ...(certificateArn === undefined ? {} : { certificateArn }),
      ...(named ? { privateNames: { zoneId: privateZoneId, names: [{ name: host, shared: isShared }] } } : {}),
      ...(site.balancer ? { balancer: existingBalancer(context, place, host) } : {}),
      grants: access.grants,
      reaches: reachesOf(context, place, calls, access),
      logDays: service.logDays,
      deletionProtection: args.deletionProtection,
    },
    { parent },
  );
  return {
    ...placed,
    unitsGroupId: made.unitsGroupId,
    ...(made.callsGroupId ? { callsGroupId: made.callsGroupId } : {}),
    ...(service.kind === "public" ? { entrance: entranceOf(made, place) } : {}),
  };
}

function entranceOf(made: AwsService, { site }: CloudPlace): CreatedUnits["entrance"] {
  const { balancer } = site;
  if (!balancer)
    return { kind: "addresses", addresses: made.addresses.map(({ zoneId, address }) => ({ zone: zoneId, address })) };
  if (balancer.addresses.length === 0) {
    return { kind: "balancer", dnsName: balancer.dnsName, balancerZoneId: balancer.hostedZoneId };
  }
  const addresses = balancer.addresses.map((address, index) => ({ zone: String(index + 1), address }));
  return { kind: "addresses", addresses };
}

/** Rules of a listener have one place each; the service's follows from its name. */
function existingBalancer({ args }: UnitsContext, { site }: CloudPlace, host: string): ExistingBalancer {
  const { service, dns } = args;
  if (!site.balancer) throw new Error(`${site.name} has no load balancer of its own.`);
  const public_ = service.kind === "public" ? [publicName(service.name, dns.domain)] : [];
  let hash = 0;
  for (const letter of service.name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 50_000;
  return { ...site.balancer, hosts: [...public_, host], priority: hash + 1 };
}

function reachesOf(
  context: UnitsContext,
  place: CloudPlace,
  calls: readonly Call[],
  access: StoreAccess,
): readonly Reach[] {
  const { service } = context.args;
  const image = imageIn(place.site, service.image, context.args.images);
  const isElsewhere = access.region !== undefined && access.region !== place.site.region;
  return [
    ...access.reaches,
    ...(needsInternet(calls, isElsewhere || !isOfAws(image))
      ? [{ name: "internet", port: httpsPort, cidr: everywhere }]
      : []),
    ...service.egress.map(({ name, cidr, port }) => ({ name: `to-${name}`, cidr, port })),
  ];
}

/** A secret's copy in a region has the ARN of the original, but for the region. */
function secretsIn(
  secrets: ActiveActiveServiceArgs["service"]["secrets"],
  region: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([key, { arn }]) =>
      arn === undefined ? [] : [[key, arn.replace(/^(arn:[^:]*:secretsmanager:)[^:]*/, `$1${region}`)]],
    ),
  );
}

/**
 * Room for units to come back in, beside those that carry the peak after a loss and run already: for critical services
 * only. A tenth of a facility's units is what one rack or room throws out; a region keeps the plan's reserve, zone by
 * zone. Fargate and Lambda take no reservation of it: what runs is what is sure.
 */
export function createReserve(context: UnitsContext, created: CreatedUnits): void {
  const { parent, args, identity } = context;
  const { place, units, reserveUnits, namespace } = created;
  if (identity.tier !== "critical") return;
  const name = `${identity.service}-reserve-${place.site.name}`;
  if (place.kind === "facility" && namespace) {
    const { over } = place;
    new ReserveCapacity(
      name,
      {
        identity,
        placeholders: {
          site: place.site,
          over,
          namespace,
          // Whole in each building: the remainder of an even spread is sure nowhere.
          units: Math.ceil(units / 10 / over.length) * over.length,
          priorityClass: place.priorityClasses.placeholder ?? "",
          image: args.pauseImage,
          cpu: args.service.pod.cpu,
          memory: args.service.pod.memory,
        },
      },
      { parent, provider: providerOf(context, place) },
    );
  }
  const { compute } = args.service;
  if (place.kind !== "cloud" || !place.network || reserveUnits === 0 || compute.on !== "ec2") return;
  const zones = place.network.zones.length;
  const unitsPerZone = place.network.zones.map(() => Math.ceil(reserveUnits / zones));
  const instanceType = instanceTypeOf(compute);
  new ReserveCapacity(
    name,
    { identity, reservations: { site: place.site, network: place.network, unitsPerZone, instanceType } },
    { parent },
  );
}
