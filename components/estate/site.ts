import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Site as SiteRecord, type Tier, componentTypes } from "../../model";
import { Cluster } from "../kubernetes/cluster";
import { SiteNetwork } from "../network/siteNetwork";

export interface SiteArgs {
  /** The site's record in the catalogue. Its name is part of the names of everything in it: a new name replaces them. */
  readonly site: SiteRecord;
  /** True where services or databases stand in this cloud site and need a network. @default false; a facility has its own */
  readonly network?: boolean;
  /** The stretched cluster that a facility is part of. @default it has a cluster of its own */
  readonly cluster?: Cluster;
  /** Tiers whose services run in this facility; each gets a priority class in its own cluster. @default none */
  readonly tiers?: readonly Tier[];
  /** True where placeholder pods hold room in this facility's own cluster. @default false */
  readonly placeholders?: boolean;
}

/**
 * A place in which replicas stand: a facility with its Kubernetes cluster (its own, or one that it shares), or a region of a
 * cloud with its network. It publishes its record, from which the inventory knows its failure domains.
 */
export class Site extends pulumi.ComponentResource {
  readonly record: SiteRecord;
  /** The facility's cluster; undefined for a cloud site. */
  readonly cluster?: Cluster;
  /** Network of the cloud site; undefined for a facility, or where nothing needs one. */
  readonly network?: SiteNetwork;

  constructor(args: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const { site, tiers = [], placeholders = false } = args;
    super(componentTypes.site, site.name, {}, options);
    this.record = site;
    if (site.kind === "cloud") {
      if (args.network) this.network = new SiteNetwork(site.name, { site }, { parent: this });
    } else {
      const own = () => new Cluster(this, site.name, { context: site.clusterContext, tiers, placeholders });
      this.cluster = args.cluster ?? own();
    }
    this.registerOutputs({ site });
  }

  /** Provider of the facility's cluster; undefined for a cloud site. */
  get provider(): k8s.Provider | undefined {
    return this.cluster?.provider;
  }

  /** The priority class of a tier's pods, or of placeholders. */
  priorityClass(of: Tier | "placeholder"): pulumi.Output<string> {
    if (!this.cluster) throw new Error(`Site ${this.record.name} is a cloud site and has no priority classes.`);
    return this.cluster.priorityClass(of);
  }
}
