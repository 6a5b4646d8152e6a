import * as route53 from "@pulumi/aws/route53";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSiteSpec, EstateSpec, ServiceSpec } from "../../estate";
import { type Mistake, UserError, componentTypes, tagKeys } from "../../model";
import { OutsideAlarms } from "../dns/outsideAlarms";
import { LockedBackups } from "../data/lockedBackups";
import { ImageRegistry } from "../service/imageRegistry";
import { createQuotas } from "../service/quotas";
import { callersIn, callsOf } from "../wiring/calls";
import { isWholeReference, repositoryOf } from "../../estate/images";
import { internalDomain, sharedName } from "../wiring/names";
import { ActiveActiveService, planOf } from "./activeActiveService";
import type { Places } from "./place";
import { type MadeService, openCalls } from "./serviceCalls";
import { siteNeeds } from "../wiring/siteNeeds";
import { createPlaces, plannedPlaces } from "./sites";

/** What a stack shows of one service. */
export interface ServiceSummary {
  /** Where it is called; undefined for a worker. */
  readonly url?: string;
  readonly sites: readonly string[];
  /** Units that run, by site, reserve included. */
  readonly units: Readonly<Record<string, number>>;
  /** Of these the reserve. */
  readonly reserve: Readonly<Record<string, number>>;
}

/** The whole estate: its sites, and every service over them. */
export class Estate extends pulumi.ComponentResource {
  /** By the service's name. */
  readonly services: Readonly<Record<string, ServiceSummary>>;
  /** Name servers to which the domain must be delegated; empty where the zone existed already. */
  readonly nameServers: pulumi.Output<string[]>;

  /** @param args as `parseEstate` gives it */
  constructor(name: string, args: EstateSpec, options?: pulumi.ComponentResourceOptions) {
    refuseUnplannable(args);
    const stated = {
      vendors: args.vendors,
      sites: args.sites.map((site) => site.name),
      ...(args.acceptedLosses.length === 0 ? {} : { acceptedLosses: args.acceptedLosses }),
    };
    super(componentTypes.estate, name, stated, options);

    const zone = createZone(this, args);
    this.nameServers = zone.nameServers;
    const { places, clusters } = createPlaces(this, args, zone.zoneId);
    const privateZoneId = createPrivateZone(this, args, places);
    createRegistry(this, args);
    const context = { estate: args, places, clusters, zoneId: zone.zoneId, privateZoneId };
    const made = args.services.map((service) => createService(this, context, service));
    openAll(args, made, clusters);
    createAlarms(this, args, made);
    this.services = Object.fromEntries(made.map((one) => [one.service.name, summaryOf(args, one)]));
    createBackups(this, args);
    if (args.askForQuotas) askForQuotas(this, args, made);
    this.registerOutputs(stated);
  }
}

/** Plans every service first, so that a mistake in the last one leaves no resource of the first. */
function refuseUnplannable(estate: EstateSpec): void {
  const places = plannedPlaces(estate);
  const mistakes = estate.services.flatMap((service) => planMistakes(estate, service, places));
  if (mistakes.length > 0) throw new UserError(mistakes);
}

function planMistakes(estate: EstateSpec, service: ServiceSpec, places: Places): readonly Mistake[] {
  try {
    planOf({
      service,
      requirement: estate.requirements[service.tier],
      acceptedLosses: estate.acceptedLosses,
      places,
    });
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
}

function createZone(parent: Estate, { dns }: EstateSpec) {
  if (dns.zoneId !== undefined) return { zoneId: pulumi.output(dns.zoneId), nameServers: pulumi.output<string[]>([]) };
  const tags = { [tagKeys.layer]: "routing" };
  return new route53.Zone(
    dns.domain,
    { name: dns.domain, comment: "Names of the estate's services.", tags },
    { parent },
  );
}

/** One zone for the names inside of all networks; none where there is no network. */
function createPrivateZone(parent: Estate, { dns }: EstateSpec, places: Places): pulumi.Output<string> | undefined {
  const vpcs = Object.values(places).flatMap((place) =>
    place.kind === "cloud" && place.network ? [{ vpcId: place.network.vpcId, vpcRegion: place.site.region }] : [],
  );
  if (vpcs.length === 0) return undefined;
  const name = internalDomain(dns.domain);
  const tags = { [tagKeys.layer]: "routing" };
  return new route53.Zone(name, { name, comment: "Names inside of the networks.", vpcs, tags }, { parent }).zoneId;
}

/** Repositories for the images that name no registry of their own. */
function createRegistry(parent: Estate, { images, services, sites }: EstateSpec): void {
  const { account, prefix } = images;
  const home = sites.find((site) => site.name === images.home);
  if (account === undefined || home?.kind !== "cloud") return;
  const inCloud = services.filter((service) =>
    sites.some((site) => site.kind === "cloud" && service.sites.includes(site.name)),
  );
  const own = inCloud.filter(({ image }) => !isWholeReference(image));
  const repositories = [...new Set(own.map(({ image }) => repositoryOf(image, prefix)))].sort();
  if (repositories.length === 0) return;
  const copies = sites
    .filter((site) => site.kind === "cloud")
    .filter((site) => site !== home && own.some((service) => service.sites.includes(site.name)));
  new ImageRegistry("images", { account, home, copies, repositories }, { parent });
}

interface ServiceContext {
  readonly estate: EstateSpec;
  readonly places: Places;
  readonly clusters: Readonly<Record<string, k8s.Provider>>;
  readonly zoneId: pulumi.Input<string>;
  readonly privateZoneId?: pulumi.Output<string>;
}

function createService(parent: Estate, context: ServiceContext, service: ServiceSpec): MadeService {
  const { estate, clusters, ...rest } = context;
  const { dns, deletionProtection, images } = estate;
  const callsIn = (site: string) => callsOf(estate, service, site);
  const wiring = Object.fromEntries(
    service.sites.map((site) => [site, { calls: callsIn(site), callers: callersIn(estate, service.name, site) }]),
  );
  const component = new ActiveActiveService(
    service.name,
    {
      service,
      requirement: estate.requirements[service.tier],
      acceptedLosses: estate.acceptedLosses,
      ...rest,
      dns,
      images,
      wiring,
      deletionProtection,
      followerImage: `${images.facilityRegistry}/${service.name}-follower:stable`,
      pauseImage: `${images.facilityRegistry}/pause:3.10`,
    },
    { parent, clusters },
  );
  return { service, component, callsIn };
}

function openAll({ sites }: EstateSpec, made: readonly MadeService[], clusters: ServiceContext["clusters"]): void {
  const byName = new Map(made.map((one) => [one.service.name, one]));
  const cloud = new Map(sites.flatMap((site) => (site.kind === "cloud" ? [[site.name, site] as const] : [])));
  for (const one of made) openCalls({ made: byName, sites: cloud, clusters }, one);
}

function summaryOf({ dns }: EstateSpec, { service, component }: MadeService): ServiceSummary {
  const { plan, domainName } = component;
  const hosts = { public: domainName, internal: sharedName(service.name, dns.domain), worker: undefined };
  const host = hosts[service.kind];
  return {
    ...(host === undefined ? {} : { url: `https://${host}` }),
    sites: service.sites,
    units: Object.fromEntries(plan.sites.map(({ site, units }) => [site.name, units])),
    reserve: Object.fromEntries(plan.sites.map(({ site, reserveUnits }) => [site.name, reserveUnits])),
  };
}

/** One plan for each region in which stores are managed; what carries its tag is backed up. */
function createBackups(parent: Estate, { backups, sites, services, deletionProtection }: EstateSpec): void {
  if (!backups) return;
  const cloudSites = sites.filter((site) => site.kind === "cloud");
  const copyTo = cloudSites.find((site) => site.name === backups.site);
  const homes = new Set(services.map((service) => service.data?.sites[0]));
  const stores = cloudSites.filter((site) => homes.has(site.name) && site !== copyTo);
  if (!copyTo || stores.length === 0) return;
  const { everySeconds, keepDays } = backups;
  new LockedBackups("backups", { stores, copyTo, everySeconds, keepDays, locked: deletionProtection }, { parent });
}

function createAlarms(parent: Estate, { alarms }: EstateSpec, made: readonly MadeService[]): void {
  const watched = made.flatMap(({ service, component }) =>
    Object.entries(component.checkIds).map(([site, checkIds]) => {
      return { service: service.name, domainName: component.domainName, site, checkIds };
    }),
  );
  if (watched.length > 0) new OutsideAlarms("alarms", { watched, emails: alarms.emails }, { parent });
}

/** Fixed addresses of a site: one a zone for each entrance, and for the way to the internet. */
function addressesIn(estate: EstateSpec, site: CloudSiteSpec): number {
  const entrances = site.balancer
    ? []
    : estate.services.filter(({ kind, sites }) => kind === "public" && sites.includes(site.name));
  const needs = siteNeeds(estate, site.name);
  const ways = site.network === undefined && needs.network && needs.internet ? 1 : 0;
  return (entrances.length + ways) * site.zoneIds.length;
}

function askForQuotas(parent: Estate, estate: EstateSpec, made: readonly MadeService[]): void {
  for (const site of estate.sites) {
    if (site.kind !== "cloud") continue;
    const demands = made.flatMap(({ service, component }) =>
      component.plan.sites
        .filter((planned) => planned.site.name === site.name)
        .map(({ units }) => ({ compute: service.compute, mostUnits: Math.ceil(units * service.scaling.most) })),
    );
    createQuotas(parent, site.name, { region: site.region, demands, addresses: addressesIn(estate, site) });
  }
}
