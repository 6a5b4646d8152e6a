import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Site as SiteRecord, type Tier, componentTypes } from "../../model";
import { Cluster, type PriorityOf } from "../kubernetes/cluster";
import type { Network } from "../network/network";
import { SiteNetwork } from "../network/siteNetwork";

/** A new network for a cloud site. */
export interface NewNetworkArgs {
  /** @default a /16 that follows from the site's name */
  readonly cidr?: string;
  /** False makes no NAT gateways. @default true */
  readonly internet?: boolean;
  /** Services of AWS that are reached by interface endpoints. @default none */
  readonly endpoints?: readonly string[];
}

export interface SiteArgs {
  /**
   * The site's record in the catalogue. Its name is part of the names of everything in it: a new name replaces them.
   */
  readonly site: SiteRecord;
  /** A cloud site's network: one to make, or one that exists. @default none is needed here */
  readonly network?: NewNetworkArgs | Network;
  /** True for a facility that is part of a stretched cluster, which somebody else makes. @default false */
  readonly sharesCluster?: boolean;
  /** Tiers whose services run in this facility; each gets a priority class in its own cluster. @default none */
  readonly tiers?: readonly Tier[];
  /** True where placeholder pods hold room in this facility's own cluster. @default false */
  readonly placeholders?: boolean;
  /** Issuer of the tokens of the facility's own cluster, which AWS is to trust. @default AWS knows none of its pods */
  readonly oidcIssuer?: string;
}

/**
 * A place in which replicas stand: a facility with its Kubernetes cluster (its own, or one that it shares), or a region
 * of a cloud with its network. It publishes its record, from which the inventory knows its failure domains.
 */
export class Site extends pulumi.ComponentResource {
  readonly record: SiteRecord;
  /** The facility's own cluster; undefined for a cloud site, and where it shares one. */
  readonly cluster?: Cluster;
  /** Network of the cloud site; undefined for a facility, or where nothing needs one. */
  readonly network?: Network;

  constructor(name: string, args: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const { site, tiers = [], placeholders = false } = args;
    super(componentTypes.site, name, { site }, options);
    this.record = site;
    if (site.kind === "cloud") {
      const { network } = args;
      if (network) {
        this.network =
          "vpcId" in network ? network : new SiteNetwork(name, { site, ...network }, { parent: this }).network;
      }
    } else {
      if (args.sharesCluster !== true) {
        const { oidcIssuer } = args;
        this.cluster = new Cluster(
          name,
          { context: site.clusterContext, tiers, placeholders, oidcIssuer },
          { parent: this },
        );
      }
    }
    this.registerOutputs({ site });
  }

  /** Provider of the facility's own cluster; undefined for a cloud site. */
  get provider(): k8s.Provider | undefined {
    return this.cluster?.provider;
  }

  /** The priority class of a tier's pods, or of placeholders, in the facility's own cluster. */
  priorityClass(of: PriorityOf): pulumi.Output<string> {
    const found = this.cluster?.priorityClasses[of];
    if (!found) throw new Error(`Site ${this.record.name} was created without a priority class for ${of}.`);
    return found;
  }
}
