import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { EstateSpec, ServiceSpec } from "../estate";
import {
  type Mistake,
  type Site as SiteRecord,
  UserError,
  componentTypes,
  stretchedClusterOf,
  tagKeys,
} from "../model";
import { ActiveActiveService } from "./activeActiveService";
import { Cluster } from "./cluster";
import { LockedBackups } from "./lockedBackups";
import { planService } from "./servicePlan";
import { Site } from "./site";

/** What a stack shows of one service. */
export interface ServiceSummary {
  readonly url: string;
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

  /** @param estate as `parseEstate` gives it */
  constructor(name: string, estate: EstateSpec, options?: pulumi.ComponentResourceOptions) {
    refuseUnplannable(estate);
    super(componentTypes.estate, name, {}, options);

    const sites = createSites(this, estate);
    const zone = createZone(this, estate);
    this.nameServers = zone.nameServers;
    this.services = Object.fromEntries(
      estate.services.map((service) => [service.name, createService(this, estate, service, sites, zone.zoneId)]),
    );
    createBackups(this, estate);
    this.registerOutputs({
      vendors: estate.vendors,
      sites: estate.sites.map((site) => site.name),
      ...(estate.acceptedLosses.length === 0 ? {} : { acceptedLosses: estate.acceptedLosses }),
    });
  }
}

/** Plans every service first, so that a mistake in the last one leaves no resource of the first. */
function refuseUnplannable(estate: EstateSpec): void {
  const mistakes = estate.services.flatMap((service) => planMistakes(estate, service));
  if (mistakes.length > 0) throw new UserError(mistakes);
}

function planMistakes(estate: EstateSpec, service: ServiceSpec): readonly Mistake[] {
  try {
    planService({
      service: service.name,
      peakRps: service.peakRps,
      unitRps: service.unitRps,
      leastShare: service.objectives.leastShare,
      sites: estate.sites.filter((site) => service.sites.includes(site.name)),
      requirement: estate.requirements[service.tier],
    });
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
}

function createSites(parent: Estate, estate: EstateSpec): ReadonlyMap<string, Site> {
  const clusters = createStretchedClusters(parent, estate);
  return new Map(
    estate.sites.map((site) => {
      const cluster = clusters.get(stretchedClusterOf(site) ?? "");
      return [site.name, new Site({ ...siteArgs(estate, site), ...(cluster ? { cluster } : {}) }, { parent })];
    }),
  );
}

/** Clusters that several sites name; they belong to none of them, so that a site can be added or go. */
function createStretchedClusters(parent: Estate, estate: EstateSpec): ReadonlyMap<string, Cluster> {
  const facilities = estate.sites.filter((site) => site.kind === "facility");
  const names = [...new Set(facilities.flatMap((site) => site.cluster ?? []))];
  return new Map(
    names.flatMap((name) => {
      const members = facilities.filter((site) => site.cluster === name);
      const [first] = members;
      if (first === undefined || members.length < 2) return [];
      const wanted = members.map((site) => siteArgs(estate, site));
      const args = {
        context: first.clusterContext,
        tiers: wanted.flatMap(({ tiers }) => tiers),
        placeholders: wanted.some(({ placeholders }) => placeholders),
      };
      return [[name, new Cluster(parent, name, args)] as const];
    }),
  );
}

/** Only what stands in a site is made in it: a region that holds nothing but data needs no network. */
function siteArgs({ services }: EstateSpec, site: SiteRecord) {
  const inSite = services.filter((service) => service.sites.includes(site.name));
  const followed = services.filter((service) => service.data?.followers.includes(site.name));
  const databases = services.filter(({ data }) => data?.store === "aurora" && data.sites.includes(site.name));
  return {
    site,
    network: inSite.length + databases.length > 0,
    tiers: [...inSite, ...followed].map((service) => service.tier),
    placeholders: inSite.some((service) => service.tier === "critical"),
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

function createZone(parent: Estate, { dns }: EstateSpec) {
  if (dns.zoneId !== undefined) return { zoneId: pulumi.output(dns.zoneId), nameServers: pulumi.output<string[]>([]) };
  const tags = { [tagKeys.layer]: "routing" };
  return new route53.Zone(
    dns.domain,
    { name: dns.domain, comment: "Names of the estate's services.", tags },
    { parent },
  );
}

function createService(
  parent: Estate,
  estate: EstateSpec,
  service: ServiceSpec,
  sites: ReadonlyMap<string, Site>,
  zoneId: pulumi.Output<string>,
): ServiceSummary {
  const { dns, deletionProtection } = estate;
  const { domainName, plan } = new ActiveActiveService(
    {
      service,
      requirement: estate.requirements[service.tier],
      sites,
      dns,
      zoneId,
      deletionProtection,
      followerImage: `registry.{site}.${dns.domain}/${service.name}-follower:stable`,
      pauseImage: `registry.{site}.${dns.domain}/pause:3.10`,
    },
    { parent },
  );
  return {
    url: `http://${domainName}`,
    sites: service.sites,
    units: Object.fromEntries(plan.sites.map(({ site, units }) => [site.name, units])),
    reserve: Object.fromEntries(plan.sites.map(({ site, reserveUnits }) => [site.name, reserveUnits])),
  };
}
