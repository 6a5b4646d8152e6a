import * as pulumi from "@pulumi/pulumi";
import type { DependencySpec, DnsSpec, ServiceSpec } from "../../estate";
import { type TierRequirement, componentTypes } from "../../model";
import { AwsService, awsServiceMistakes, defaultInstanceType } from "../service/awsService";
import { type DnsTarget, FailoverDns } from "../dns/failoverDns";
import { type ServiceIdentity, published } from "../common/identity";
import { KubernetesService, kubernetesServiceMistakes } from "../kubernetes/kubernetesService";
import { refuseIfAny } from "../common/refuse";
import { ReserveCapacity } from "../reserve/reserveCapacity";
import { type PlannedSite, type ServicePlan, planService } from "./servicePlan";
import { createServiceRole } from "../service/serviceRole";
import { type ServiceStore, createServiceStore, storeIdentity } from "../data/serviceStore";
import { type CloudPlace, type FacilityPlace, type Place, byCluster, placeOf } from "./place";
import type { Site } from "./site";

export interface ActiveActiveServiceArgs {
  /** The service: demand, objectives, sites, data and dependencies. Its name is part of every name: a new one replaces. */
  readonly service: ServiceSpec;
  /** What its tier asks for; the plan keeps it. */
  readonly requirement: TierRequirement;
  /** All sites of the estate by name; the service takes those that it names. */
  readonly sites: ReadonlyMap<string, Site>;
  /** Names and health checks. */
  readonly dns: DnsSpec;
  /** Hosted zone of the domain. */
  readonly zoneId: pulumi.Input<string>;
  /** False lets load balancers and stores be deleted. @default true */
  readonly deletionProtection?: boolean;
  /** Image of the process that feeds and serves the facilities' copies of the data: docs/decisions/0002. */
  readonly followerImage: string;
  /** Image of the placeholder pods. */
  readonly pauseImage: string;
}

/**
 * A service that serves from all of its sites at once, each with enough units running that the loss of any failure domain of
 * its tier's kinds leaves the peak served. Its constructor refuses a layout that no number of units can save.
 *
 * Cost: with n equal sites of which a loss takes k, n / (n - k) times the units of the peak run day and night.
 */
export class ActiveActiveService extends pulumi.ComponentResource {
  /** Name under which users reach it. */
  readonly domainName: string;
  readonly plan: ServicePlan;

  constructor(args: ActiveActiveServiceArgs, options?: pulumi.ComponentResourceOptions) {
    const { service, dns } = args;
    const plan = planOf(args);
    super(componentTypes.activeActiveService, service.name, {}, options);
    this.plan = plan;
    this.domainName = `${service.name}.${dns.domain}`;

    const identity = identityOf(service);
    const places = byCluster(
      plan.sites.map((planned) => ({ ...planned, place: placeOf(args.sites, planned.site.name) })),
    );
    const store = createServiceStore(this, args);
    const units = createUnits(this, args, identity, places, store);
    createReserve(this, args, identity, units);
    createDns(
      this,
      args,
      identity,
      units.map((unit) => unit.target),
    );
    this.registerOutputs({
      ...published(identity),
      domainName: this.domainName,
      sites: plan.sites.map(({ site }) => site.name),
      units: Object.fromEntries(plan.sites.map(({ site, units }) => [site.name, units])),
      reserve: Object.fromEntries(plan.sites.map(({ site, reserveUnits }) => [site.name, reserveUnits])),
      bindingLoss: plan.binding.lost,
    });
  }
}

type PlacedUnits = PlannedSite & { readonly place: Place };

/** Units that were created: how the name leads to them, and in which namespace they stand. */
type CreatedUnits = PlacedUnits & { readonly target: DnsTarget; readonly namespace?: pulumi.Output<string> };

/** The service as its resources name it. */
export function identityOf(service: ServiceSpec): ServiceIdentity {
  const {
    name,
    tier,
    layer,
    owner,
    runbook,
    statusPage,
    peakRps,
    unitRps,
    objectives,
    users,
    paid,
    outageCostPerHour,
  } = service;
  const own = service.data ? [storeIdentity(service).service] : [];
  const dependsOn = [...service.dependencies.map(dependencyWord), ...own];
  return {
    service: name,
    tier,
    layer,
    owner,
    runbook,
    statusPage,
    peakRps,
    unitRps,
    objectives,
    users,
    paid,
    outageCostPerHour,
    dependsOn,
  };
}

const strengthMarks = { hard: "", soft: "?", startup: "^" } as const;

function dependencyWord({ anyOf, strength }: DependencySpec): string {
  return strengthMarks[strength] + anyOf.join("|");
}

/** Plans and checks everything that can be checked without a resource. */
export function planOf({
  service,
  requirement,
  sites,
}: Pick<ActiveActiveServiceArgs, "service" | "requirement" | "sites">) {
  const records = service.sites.map((name) => placeOf(sites, name).site);
  const plan = planService({
    service: service.name,
    peakRps: service.peakRps,
    unitRps: service.unitRps,
    leastShare: service.objectives.leastShare,
    sites: records,
    requirement,
  });
  refuseIfAny(
    plan.sites.flatMap(({ site, units }) => {
      const name = `${service.name}-${site.name}`;
      return site.kind === "cloud" ? awsServiceMistakes(name, { units }) : kubernetesServiceMistakes(name, { units });
    }),
  );
  return plan;
}

/** The units of every site. */
function createUnits(
  parent: ActiveActiveService,
  args: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  places: readonly PlacedUnits[],
  store: ServiceStore,
): readonly CreatedUnits[] {
  const { service } = args;
  const inCloud = places.some(({ place }) => place.kind === "cloud");
  const profile = inCloud ? createServiceRole(parent, service.name, identity, store.table) : undefined;
  return places.map((placed) => {
    const { place } = placed;
    const weight = weightOf(placed.units, places);
    if (place.kind === "facility") {
      const pods = createPods(parent, args, identity, place, placed.units);
      const target: DnsTarget = { kind: "address", site: place.site.name, weight, address: pods.address };
      return { ...placed, target, namespace: pods.namespace };
    }
    if (!profile) throw new Error(`No instance profile was made for ${service.name} in ${place.site.name}.`);
    const { loadBalancer } = createInstances(parent, args, identity, place, placed.units, profile.arn);
    const { name: site, region } = place.site;
    const balancer = { dnsName: loadBalancer.dnsName, balancerZoneId: loadBalancer.zoneId };
    return { ...placed, target: { kind: "balancer", site, region, weight, ...balancer } };
  });
}

function createPods(
  parent: ActiveActiveService,
  { service }: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  { site, provider, component, over }: FacilityPlace,
  units: number,
): KubernetesService {
  return new KubernetesService(
    `${service.name}-${site.name}`,
    {
      identity,
      site,
      over,
      provider,
      units,
      image: service.image,
      priorityClass: component.priorityClass(service.tier),
    },
    { parent },
  );
}

function createInstances(
  parent: ActiveActiveService,
  { service, deletionProtection }: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  { site, network }: CloudPlace,
  units: number,
  instanceProfileArn: pulumi.Output<string>,
): AwsService {
  if (!network) throw new Error(`Site ${site.name} was created without the network that ${service.name} needs.`);
  return new AwsService(
    `${service.name}-${site.name}`,
    {
      identity,
      site,
      network,
      units,
      instanceProfileArn,
      image: service.image.replaceAll("{site}", site.name),
      healthPath: service.healthPath,
      deletionProtection,
    },
    { parent },
  );
}

/** A site's units relative to the largest site's, 1 to 100: Route 53 takes whole numbers up to 255. */
function weightOf(units: number, places: readonly PlacedUnits[]): number {
  const most = Math.max(...places.map((place) => place.units));
  return Math.max(1, Math.round((units / most) * 100));
}

/**
 * Room for units to come back in, beside those that carry the peak after a loss and run already: for critical services only.
 * A tenth of a facility's units is what one rack or room throws out; a region keeps the plan's reserve, zone by zone.
 */
function createReserve(
  parent: ActiveActiveService,
  args: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  created: readonly CreatedUnits[],
): void {
  if (identity.tier !== "critical") return;
  const placeholders = created.flatMap(({ place, units, namespace }) =>
    place.kind === "facility" && namespace
      ? [
          {
            site: place.site,
            over: place.over,
            provider: place.provider,
            namespace,
            // Whole in each building: the remainder of an even spread is sure nowhere.
            units: Math.ceil(units / 10 / place.over.length) * place.over.length,
            priorityClass: place.component.priorityClass("placeholder"),
            image: args.pauseImage,
          },
        ]
      : [],
  );
  const reservations = created.flatMap(({ place, reserveUnits }) => {
    if (place.kind !== "cloud" || !place.network || reserveUnits === 0) return [];
    const zones = place.network.zones.length;
    const unitsPerZone = place.network.zones.map(() => Math.ceil(reserveUnits / zones));
    return [{ site: place.site, network: place.network, unitsPerZone, instanceType: defaultInstanceType }];
  });
  new ReserveCapacity(`${identity.service}-reserve`, { identity, placeholders, reservations }, { parent });
}

function createDns(
  parent: ActiveActiveService,
  { service, dns, zoneId }: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  targets: readonly DnsTarget[],
): void {
  new FailoverDns(
    service.name,
    {
      identity,
      zoneId,
      domainName: parent.domainName,
      targets,
      lastResort: dns.lastResort,
      ttlSeconds: dns.ttlSeconds,
      intervalSeconds: dns.healthCheckIntervalSeconds,
      failureThreshold: dns.healthCheckThreshold,
      healthPath: service.healthPath,
    },
    { parent },
  );
}
