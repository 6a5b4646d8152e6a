/** What a service on AWS is told. */
import type * as pulumi from "@pulumi/pulumi";
import type { ComputeSpec, Protocol, ScalingSpec, ServiceKind } from "../../estate";
import type { CloudSite } from "../../model";
import type { ServiceIdentity } from "../common/identity";
import type { Network } from "../network/network";

/** What runs in each unit. */
export interface ContainerArgs {
  /**
   * Image, by digest where it must not change under a restart; of a registry in the site's own region. A change rolls
   * the units.
   */
  readonly image: pulumi.Input<string>;
  /** @default what the image says */
  readonly command?: readonly string[];
  /** Variables. A change rolls the units. @default none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Variables whose values are in Secrets Manager: ARNs of the site's own region. A change rolls the units. @default
   * none
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What units may do with resources of AWS: nothing else than what is listed. */
export interface Grant {
  /** What for; part of the policy's name. */
  readonly name: string;
  /** Actions of IAM, such as dynamodb:GetItem. */
  readonly actions: readonly string[];
  /** ARNs, each of one resource. */
  readonly resources: readonly pulumi.Input<string>[];
}

/** A port that units may call: of a security group, a prefix list or a range of addresses. */
export interface Reach {
  /** What is there; part of the rule's name. */
  readonly name: string;
  readonly port: number;
  /** The other side's security group, which is opened to the units too. */
  readonly securityGroupId?: pulumi.Input<string>;
  readonly prefixListId?: pulumi.Input<string>;
  readonly cidr?: pulumi.Input<string>;
}

/** A private zone in which names are given inside of the networks. */
export interface PrivateNames {
  readonly zoneId: pulumi.Input<string>;
  readonly names: readonly PrivateName[];
}

export interface PrivateName {
  readonly name: string;
  /** True where instances of other regions answer for the name too, each to those that are nearest to it. */
  readonly shared: boolean;
}

/** A load balancer that exists already; rules for the service's names are added to its listener. */
export interface ExistingBalancer {
  readonly listenerArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly dnsName: pulumi.Input<string>;
  readonly hostedZoneId: pulumi.Input<string>;
  /** Names for which requests come, the public one among them. */
  readonly hosts: readonly string[];
  /** Place among the listener's rules, 1 to 50000; each rule has its own. */
  readonly priority: number;
}

export interface AwsServiceArgs {
  /** The service that runs here. */
  readonly identity: ServiceIdentity;
  /** The cloud site; every resource is made in its region. */
  readonly site: CloudSite;
  /** The site's network; the load balancers and the units stand in all of its zones. */
  readonly network: Network;
  /** Who calls it: everybody, other services, nobody. @default public */
  readonly kind?: ServiceKind;
  /** What a unit is. A change replaces the units. @default a task of Fargate with one vCPU and 2048 MiB */
  readonly compute?: ComputeSpec;
  readonly container: ContainerArgs;
  /** Units to run, reserve included, 1 to 5000. They run always: a loss elsewhere must find them running. In place. */
  readonly units: number;
  /**
   * How units are added under load; those planned are the floor. In place. @default half as many again, at 60 % of the
   * processor
   */
  readonly scaling?: ScalingSpec;
  /** Port that the units listen on, 1 to 65535. @default 8080 */
  readonly port?: number;
  /** What the units speak. A change replaces the target group. @default http */
  readonly protocol?: Protocol;
  /** Path that answers 200 when the unit itself is ready. In place. @default /healthz/ready */
  readonly readyPath?: string;
  /**
   * Certificate in the site's region for the service's names; HTTP only sends there. @default none: refused, unless it
   * is a worker's
   */
  readonly certificateArn?: pulumi.Input<string>;
  /** Names inside of the networks. @default none */
  readonly privateNames?: PrivateNames;
  /** @default a load balancer of its own */
  readonly balancer?: ExistingBalancer;
  /** @default nothing */
  readonly grants?: readonly Grant[];
  /** What units may call beside the endpoints of their network. @default nothing */
  readonly reaches?: readonly Reach[];
  /** Topic of the site's region that its alarms tell. @default the alarms only stop a deployment */
  readonly alarmTopicArn?: pulumi.Input<string>;
  /** Days that the units' output is kept, as CloudWatch offers them. In place. @default 30 */
  readonly logDays?: number;
  /** False lets the load balancers be deleted. @default true */
  readonly deletionProtection?: boolean;
}

const defaultCompute: ComputeSpec = { on: "fargate", cpu: 1024, memoryMiB: 2048, architecture: "x86_64" };
const defaultScaling: ScalingSpec = { most: 1.5, cpuShare: 0.6 };
const defaultPort = 8080;
const defaultReadyPath = "/healthz/ready";
const defaultLogDays = 30;

/** The arguments with their defaults. */
export interface Settled extends AwsServiceArgs {
  readonly kind: ServiceKind;
  readonly compute: ComputeSpec;
  readonly scaling: ScalingSpec;
  readonly port: number;
  readonly protocol: Protocol;
  readonly readyPath: string;
  readonly logDays: number;
  readonly grants: readonly Grant[];
  readonly reaches: readonly Reach[];
  readonly deletionProtection: boolean;
  /** Most units under load. */
  readonly mostUnits: number;
}

export function settled(args: AwsServiceArgs): Settled {
  const { units, scaling = defaultScaling } = args;
  return {
    ...args,
    kind: args.kind ?? "public",
    compute: args.compute ?? defaultCompute,
    scaling,
    port: args.port ?? defaultPort,
    protocol: args.protocol ?? "http",
    readyPath: args.readyPath ?? defaultReadyPath,
    logDays: args.logDays ?? defaultLogDays,
    grants: args.grants ?? [],
    reaches: args.reaches ?? [],
    deletionProtection: args.deletionProtection ?? true,
    mostUnits: Math.ceil(units * scaling.most),
  };
}
