/** The sites of an estate as places: each with its network or cluster, and with what its services need there. */
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudSiteSpec, EstateSpec, FacilitySiteSpec, NetworkSpec } from "../../estate";
import { stretchedClusterOf } from "../../model";
import { Certificates } from "../dns/certificates";
import { Cluster } from "../kubernetes/cluster";
import type { Network } from "../network/network";
import { SitePeering } from "../network/sitePeering";
import { crossings } from "../wiring/calls";
import { certificateNames } from "../wiring/names";
import { siteNeeds } from "../wiring/siteNeeds";
import { type Place, type Places, recordOf } from "./place";
import { Site } from "./site";

type Parent = pulumi.Resource;

export interface CreatedPlaces {
  readonly places: Places;
  /** Providers of the facilities' clusters, by the site's name. */
  readonly clusters: Readonly<Record<string, k8s.Provider>>;
}

/** The places as they are known before anything is made: enough to plan. */
export function plannedPlaces({ sites }: EstateSpec): Places {
  return Object.fromEntries(
    sites.map((site): readonly [string, Place] => [
      site.name,
      site.kind === "cloud" ? { kind: "cloud", site } : { kind: "facility", site, priorityClasses: {} },
    ]),
  );
}

export function createPlaces(parent: Parent, estate: EstateSpec, zoneId: pulumi.Input<string>): CreatedPlaces {
  const stretched = createStretchedClusters(parent, estate);
  const certificates = createCertificates(parent, estate, zoneId);
  const clusters: Record<string, k8s.Provider> = {};
  const places = Object.fromEntries(
    estate.sites.map((site): readonly [string, Place] => {
      if (site.kind === "cloud") return [site.name, createCloud(parent, estate, site, certificates)];
      const { place, provider } = createFacility(parent, estate, site, stretched.get(site.cluster ?? ""));
      clusters[site.name] = provider;
      return [site.name, place];
    }),
  );
  createPeerings(parent, estate, places);
  return { places, clusters };
}

function createCloud(
  parent: Parent,
  estate: EstateSpec,
  site: CloudSiteSpec,
  certificates: Readonly<Record<string, pulumi.Output<string>>>,
): Place {
  const needs = siteNeeds(estate, site.name);
  const network = site.network
    ? existingNetwork(site.network)
    : { cidr: site.cidr, internet: needs.internet, endpoints: needs.endpoints };
  const made = new Site(site.name, { site: recordOf(site), ...(needs.network ? { network } : {}) }, { parent });
  const certificateArn = site.certificateArn ?? certificates[site.name];
  return {
    kind: "cloud",
    site,
    ...(made.network ? { network: made.network } : {}),
    ...(certificateArn === undefined ? {} : { certificateArn }),
  };
}

/** Prefix lists of an existing network are known by their ids alone; the first leads to S3, the second to DynamoDB. */
function existingNetwork({ prefixListIds, ...network }: NetworkSpec): Network {
  const [s3, dynamodb] = prefixListIds;
  return {
    ...network,
    prefixListIds: { ...(s3 === undefined ? {} : { s3 }), ...(dynamodb === undefined ? {} : { dynamodb }) },
  };
}

/** Only what stands in a facility is made in it. */
function clusterArgs({ services }: EstateSpec, site: FacilitySiteSpec) {
  const inSite = services.filter((service) => service.sites.includes(site.name));
  const followed = services.filter((service) => service.data?.followers.includes(site.name));
  return {
    tiers: [...inSite, ...followed].map((service) => service.tier),
    placeholders: inSite.some((service) => service.tier === "critical"),
    // AWS trusts only those clusters from which something of it is used.
    ...(site.oidcIssuer !== undefined && inSite.some(({ data }) => data !== undefined)
      ? { oidcIssuer: site.oidcIssuer }
      : {}),
  };
}

function createFacility(parent: Parent, estate: EstateSpec, site: FacilitySiteSpec, shared: Cluster | undefined) {
  const made = new Site(
    site.name,
    { site: recordOf(site), ...clusterArgs(estate, site), sharesCluster: shared !== undefined },
    { parent },
  );
  const cluster = shared ?? made.cluster;
  if (!cluster) throw new Error(`Facility ${site.name} was created without a cluster.`);
  const place: Place = {
    kind: "facility",
    site,
    priorityClasses: cluster.priorityClasses,
    ...(cluster.tokenProviderArn ? { tokenProviderArn: cluster.tokenProviderArn } : {}),
  };
  return { place, provider: cluster.provider };
}

/** Clusters that several sites name; they belong to none of them, so that a site can be added or go. */
function createStretchedClusters(parent: Parent, estate: EstateSpec): ReadonlyMap<string, Cluster> {
  const facilities = estate.sites.filter((site) => site.kind === "facility");
  const names = [...new Set(facilities.flatMap((site) => site.cluster ?? []))];
  return new Map(
    names.flatMap((name) => {
      const members = facilities.filter((site) => stretchedClusterOf(site) === name);
      const [first] = members;
      if (first === undefined || members.length < 2) return [];
      const wanted = members.map((site) => clusterArgs(estate, site));
      const args = {
        context: first.clusterContext,
        tiers: wanted.flatMap(({ tiers }) => tiers),
        placeholders: wanted.some(({ placeholders }) => placeholders),
        oidcIssuer: wanted.flatMap(({ oidcIssuer }) => oidcIssuer ?? [])[0],
      };
      return [[name, new Cluster(name, args, { parent })] as const];
    }),
  );
}

/** Certificates of the regions in which something is called and that bring none of their own. */
function createCertificates(
  parent: Parent,
  { sites, services, dns }: EstateSpec,
  zoneId: pulumi.Input<string>,
): Readonly<Record<string, pulumi.Output<string>>> {
  const called = services.filter((service) => service.kind !== "worker");
  const wanting = sites
    .filter((site) => site.kind === "cloud")
    .filter((site) => site.certificateArn === undefined && site.balancer === undefined)
    .filter((site) => called.some((service) => service.sites.includes(site.name)));
  if (wanting.length === 0) return {};
  return new Certificates("certificates", { zoneId, names: certificateNames(dns.domain), sites: wanting }, { parent })
    .arns;
}

function createPeerings(parent: Parent, estate: EstateSpec, places: Places): void {
  for (const [from, to] of crossings(estate)) {
    const [one, other] = [places[from], places[to]];
    if (one?.kind !== "cloud" || other?.kind !== "cloud" || !one.network || !other.network) continue;
    new SitePeering(
      `${from}-${to}`,
      { from: { site: one.site, network: one.network }, to: { site: other.site, network: other.network } },
      { parent },
    );
  }
}
