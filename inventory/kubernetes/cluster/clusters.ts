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
import { propertyPath, textAt } from "../../values";
import type { ClusterSite } from "./clusterSite";
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

const eksCluster = "aws:eks/cluster:Cluster";

/** The clusters of a stack, by the provider of their objects. */
export class Clusters {
  readonly #stack: Stack;
  readonly #options: InventoryOptions;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #byContext = new Map<string, Site[]>();
  readonly #domains: FailureDomain[] = [];
  readonly #byProvider = new Map<string, Cluster>();
  readonly #zonesOf: (cluster: Resource) => Known<readonly DomainId[]>;

  /**
   * @param zonesOf zones in which a managed cluster's nodes can stand
   * @throws UserError (DPX410) where an option names a site that nobody describes
   */
  constructor(
    stack: Stack,
    options: InventoryOptions,
    sites: readonly Site[],
    zonesOf: (cluster: Resource) => Known<readonly DomainId[]>,
  ) {
    this.#stack = stack;
    this.#options = options;
    this.#zonesOf = zonesOf;
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
    const around = provider && this.#siteAround(provider);
    if (around !== undefined) return known(this.#spanned(around).map(clusterSite));
    const byContext = context === undefined ? undefined : this.#byContext.get(context);
    if (byContext !== undefined) return known(byContext.map(clusterSite));
    const managed = provider && this.#stack.edges(provider, "kubeconfig", [eksCluster])[0];
    if (managed !== undefined) {
      const zones = this.#zonesOf(managed);
      return zones.known ? known([{ name: managed.name, placements: zones.value.map((zone) => [zone]) }]) : zones;
    }
    const labelled = this.#placesOfNodes(resource);
    if (labelled !== undefined) return known([{ name, placements: labelled }]);
    return unknown(provider ? propertyPath(provider, "context") : propertyPath(resource, "provider"));
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
  return { name: site.name, placements: placementsOf(site) };
}
