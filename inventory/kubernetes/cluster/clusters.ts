/** Which cluster an object of Kubernetes is in, and in which sites the cluster stands. */
import {
  componentTypes,
  domainId,
  placementsOf,
  UserError,
  type DomainId,
  type FailureDomain,
  type Placement,
  type Site,
  unknown,
  known,
  type Known,
} from "../../../model";
import type { InventoryOptions } from "../../options";
import type { Resource } from "../../resource";
import type { Stack } from "../../stack";
import { propertyPath, sortedUnique, textAt } from "../../values";
import type { Ground } from "../placement/ground";
import { groundOfNodes, groundOfSites, groundOfPools } from "../placement/readGround";
import type { ClusterSite } from "./clusterSite";
import { managedClusterOf } from "./managedCluster";
import type { ManagedPool } from "./managedPool";
import { controlPlaneSupply } from "./controlPlane";
import { isControlPlaneNode, nodeTypes, placesOfNodes } from "./nodeLabels";
import { addTo } from "../../../lib/lists";

export interface Cluster {
  /** The same for every provider of one cluster. */
  readonly key: string;
  readonly name: string;
  readonly sites: Known<readonly ClusterSite[]>;
  /** The part of Kubernetes that schedules and scales here. */
  readonly controlPlane: DomainId;
}

/** The one site of a cluster that stands where its pools say. */
function poolsName(managed: Resource): string {
  return managed.name;
}

/** The clusters of a stack, by the provider of their objects. */
export class Clusters {
  readonly #stack: Stack;
  readonly #options: InventoryOptions;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #byContext = new Map<string, Site[]>();
  readonly #domains: FailureDomain[] = [];
  readonly #byProvider = new Map<string, Cluster>();
  readonly #grounds = new Map<string, Known<Ground>>();
  readonly #poolsOf: (cluster: Resource) => readonly ManagedPool[];

  /**
   * @param poolsOf what makes the nodes of a managed cluster; nothing where the stack does not say
   * @throws UserError (DPX410) where an option names a site that nobody describes
   */
  constructor(
    stack: Stack,
    options: InventoryOptions,
    sites: readonly Site[],
    poolsOf: (cluster: Resource) => readonly ManagedPool[],
  ) {
    this.#stack = stack;
    this.#options = options;
    this.#poolsOf = poolsOf;
    this.#sites = new Map(sites.map((site) => [site.name, site]));
    for (const site of sites) {
      if (site.kind !== "facility") continue;
      addTo(this.#byContext, site.clusterContext, site);
    }
    this.#refuseUnknownSites();
  }

  /** The control planes met so far. */
  get domains(): readonly FailureDomain[] {
    return this.#domains;
  }

  /** The cluster of an object: its provider's. */
  of(resource: Resource): Cluster {
    const provider = this.#stack.providerOf(resource);
    const key = provider?.urn ?? resource.provider ?? "";
    let cluster = this.#byProvider.get(key);
    if (cluster === undefined) {
      cluster = this.#read(provider, resource);
      this.#byProvider.set(key, cluster);
    }
    return cluster;
  }

  /** The nodes on which pods can stand in the cluster of an object; unknown where nobody knows where it stands. */
  groundOf(resource: Resource): Known<Ground> {
    const { key, sites } = this.of(resource);
    if (!sites.known) return sites;
    let ground = this.#grounds.get(key);
    if (ground === undefined) this.#grounds.set(key, (ground = this.#groundOf(resource, sites.value)));
    return ground;
  }

  #groundOf(resource: Resource, sites: readonly ClusterSite[]): Known<Ground> {
    if (sites.every(({ placements }) => placements.length === 0))
      return unknown(propertyPath(resource, "metadata", "namespace"));
    const own = this.#nodesBeside(resource);
    const listed = own.length === 0 ? undefined : groundOfNodes(own, sites);
    if (listed !== undefined) return known(listed);
    const provider = this.#stack.providerOf(resource);
    const managed = provider && managedClusterOf(provider, this.#stack);
    const pools = managed === undefined ? [] : this.#poolsOf(managed);
    // Where a setting says where it stands, the pools are not asked.
    const isPooled = managed !== undefined && sites.some(({ name }) => name === poolsName(managed));
    return known(isPooled ? groundOfPools(pools) : groundOfSites(sites));
  }

  #read(provider: Resource | undefined, resource: Resource): Cluster {
    const context = provider && (textAt(provider, "context") ?? textAt(provider, "cluster"));
    const name = context ?? provider?.name ?? "default";
    const sites = this.#sitesOf(provider, context, name, resource);
    const controlPlane = domainId("controlPlane", `kubernetes/${name}`);
    this.#domains.push({
      id: controlPlane,
      kind: "controlPlane",
      name: `kubernetes/${name}`,
      within: [],
      suppliedBy: controlPlaneSupply(sites, this.#controlPlaneNodes(resource)),
    });
    return {
      key: context ?? provider?.urn ?? resource.provider ?? "",
      name,
      sites,
      controlPlane,
    };
  }

  #sitesOf(
    provider: Resource | undefined,
    context: string | undefined,
    name: string,
    resource: Resource,
  ): Known<readonly ClusterSite[]> {
    const named = this.#named(context) ?? this.#named(provider?.name) ?? this.#named(name);
    if (named !== undefined) return known(named);
    const byContext = context === undefined ? undefined : this.#byContext.get(context);
    const around = provider && this.#siteAround(provider);
    // What it connects to is where its objects are, whatever component surrounds it.
    if (around !== undefined && (byContext === undefined || byContext.includes(around))) {
      if (around.kind !== "facility" || byContext !== undefined || context === undefined)
        return known(this.#spanned(around).map(clusterSite));
      const path = propertyPath(provider ?? resource, "context");
      return unknown(`${path}, which is no context of site "${around.name}"`);
    }
    if (byContext !== undefined) return known(byContext.map(clusterSite));
    const managed = provider && managedClusterOf(provider, this.#stack);
    if (managed !== undefined) return this.#pooled(managed);
    const labelled = this.#placesOfNodes(resource);
    if (labelled !== undefined) return known([{ name, placements: labelled }]);
    return unknown(provider ? propertyPath(provider, "context") : propertyPath(resource, "provider"));
  }

  /** A managed cluster stands in the zones of what makes its nodes. */
  #pooled(managed: Resource): Known<readonly ClusterSite[]> {
    const pools = this.#poolsOf(managed);
    const zones: DomainId[] = [];
    for (const pool of pools) {
      if (!pool.zones.known) return pool.zones;
      zones.push(...pool.zones.value);
    }
    if (pools.length === 0) return unknown(`any node group, profile or pool of ${managed.urn}`);
    return known([{ name: poolsName(managed), placements: sortedUnique(zones).map((zone) => [zone]) }]);
  }

  #controlPlaneNodes(resource: Resource): readonly Resource[] {
    return this.#nodesBeside(resource).filter(isControlPlaneNode);
  }

  #nodesBeside({ provider }: Resource): readonly Resource[] {
    return nodeTypes.flatMap((type) => this.#stack.ofType(type)).filter((node) => node.provider === provider);
  }

  /** By the labels of the nodes, where the stack has them (rendered manifests, clusters made by hand). */
  #placesOfNodes(resource: Resource): readonly Placement[] | undefined {
    // What nodes of the control plane alone stand in is no place for pods: they are tainted.
    const all = this.#nodesBeside(resource);
    const workers = all.filter((node) => !isControlPlaneNode(node));
    return placesOfNodes(workers.length > 0 ? workers : all);
  }

  #named(key: string | undefined): readonly ClusterSite[] | undefined {
    const { clusters } = this.#options;
    if (key === undefined || clusters === undefined || !Object.hasOwn(clusters, key)) return undefined;
    return siteNames(clusters[key] ?? "").flatMap((name) => {
      const site = this.#sites.get(name);
      return site ? [clusterSite(site)] : [];
    });
  }

  #siteAround(provider: Resource): Site | undefined {
    for (const ancestor of this.#stack.ancestors(provider)) {
      if (ancestor.type !== componentTypes.site) continue;
      const name = textAt(ancestor, "site", "name") ?? ancestor.name;
      return this.#sites.get(name);
    }
    return undefined;
  }

  /** A site, and those that share its cluster. */
  #spanned(site: Site): readonly Site[] {
    return (site.kind === "facility" ? this.#byContext.get(site.clusterContext) : undefined) ?? [site];
  }

  #refuseUnknownSites(): void {
    const mistakes = Object.entries(this.#options.clusters ?? {}).flatMap(([cluster, list]) => {
      const names = siteNames(list);
      const wrong = names.filter((name) => !this.#sites.has(name));
      if (names.length > 0 && wrong.length === 0) return [];
      const known = [...this.#sites.keys()].sort().join(", ") || "none";
      return [
        {
          code: "DPX410",
          message: `Cluster "${cluster}" must stand in sites of the catalogue; found "${list}".`,
          fix: `Name one or more of the sites, parted by commas: ${known}.`,
          path: `clusters.${cluster}`,
        },
      ];
    });
    if (mistakes.length > 0) throw new UserError(mistakes);
  }
}

function siteNames(list: string): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function clusterSite(site: Site): ClusterSite {
  return { name: site.name, placements: placementsOf(site), region: site.region };
}
