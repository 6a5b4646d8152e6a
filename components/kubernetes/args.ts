/** What a service in a cluster is told. */
import type * as pulumi from "@pulumi/pulumi";
import type { EntranceSpec, Protocol, ServiceKind } from "../../estate";
import type { FacilitySite } from "../../model";
import type { ServiceIdentity } from "../common/identity";

/** Where a variable's value is kept. */
export interface SecretKey {
  /** Secret in the service's namespace; pods wait for it. */
  readonly secret: pulumi.Input<string>;
  readonly key: string;
}

/** A service of the same cluster that is called. */
export interface ClusterCall {
  readonly name: string;
  readonly namespace: string;
  /** Port of its pods. */
  readonly port: number;
}

/** A range of addresses that is called. */
export interface RangeCall {
  readonly name: string;
  readonly cidr: pulumi.Input<string>;
  readonly port: number;
}

/** As whom pods speak to AWS: a role that trusts the cluster's tokens. */
export interface PodIdentity {
  readonly roleArn: pulumi.Input<string>;
  /** Region that is asked for credentials and called unless something else is said. */
  readonly region: string;
}

export interface KubernetesServiceArgs {
  /** The service that runs here. */
  readonly identity: ServiceIdentity;
  /** The facility in whose cluster it runs; the cluster's provider is given with the options. */
  readonly site: FacilitySite;
  /** Facilities that a stretched cluster spans; `site` then bears its name. @default the site alone */
  readonly over?: readonly FacilitySite[];
  /** Who calls it: everybody, other services, nobody. @default public */
  readonly kind?: ServiceKind;
  /** Pods to run, reserve included, 1 to 5000. They run always: a loss elsewhere must find them running. In place. */
  readonly units: number;
  /** Container image; its registry must not be one that is lost with another site. A change rolls the pods. */
  readonly image: string;
  /** What runs in the container. A change rolls the pods. @default what the image says */
  readonly command?: readonly string[];
  /** Variables. A change rolls the pods. @default none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables whose values are kept in Secrets. A change rolls the pods. @default none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /**
   * Priority class of the pods. @default the cluster's default, so that a standard service may take a critical one's
   * room
   */
  readonly priorityClass?: pulumi.Input<string>;
  /** Port that the pods listen on, 1 to 65535. @default 8080 */
  readonly port?: number;
  /** What the pods speak. @default http */
  readonly protocol?: Protocol;
  /** Path that answers 200 when the pod itself is ready. @default /healthz/ready */
  readonly readyPath?: string;
  /** Path that answers 200 while the process lives. @default /healthz/live */
  readonly livePath?: string;
  /** Processor of one pod, requested and limited. A change rolls the pods. @default 2 cores */
  readonly cpu?: string;
  /** Memory of one pod, requested and limited. A change rolls the pods. @default 4Gi */
  readonly memory?: string;
  /** Entrance of the cluster. @default the names duplex, gateway-system and letsencrypt */
  readonly entrance?: EntranceSpec;
  /** Host names of a public service. @default none: refused for a public service */
  readonly hosts?: readonly string[];
  /** Namespaces of this cluster from which it is called. @default none */
  readonly callers?: readonly string[];
  /** Services of this cluster that it calls. @default none */
  readonly calls?: readonly ClusterCall[];
  /** What it calls outside of the cluster. @default nothing */
  readonly reaches?: readonly RangeCall[];
  /** @default the pods are nobody to AWS */
  readonly podIdentity?: PodIdentity;
}

export const defaultEntrance: EntranceSpec = {
  gatewayClass: "duplex",
  namespace: "gateway-system",
  issuer: "letsencrypt",
};
