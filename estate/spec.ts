/** The estate after validation: defaults filled in, durations in seconds, names resolved. Everything is readonly. */
import type {
  AcceptedLoss,
  CloudSite,
  DependencyStrength,
  FacilitySite,
  Layer,
  Money,
  Objectives,
  Tier,
  TierRequirement,
} from "../model";

export interface DependencySpec {
  readonly anyOf: readonly string[];
  readonly strength: DependencyStrength;
}

/** What stands at the entrance of a facility's cluster. */
export interface EntranceSpec {
  readonly gatewayClass: string;
  /** Namespace of the entrance's own pods. */
  readonly namespace: string;
  /** ClusterIssuer of cert-manager. */
  readonly issuer: string;
}

/** A network that exists already. */
export interface NetworkSpec {
  readonly vpcId: string;
  readonly cidr: string;
  readonly zones: readonly ZoneSubnetsSpec[];
  readonly endpointsGroupId?: string;
  readonly prefixListIds: readonly string[];
}

export interface ZoneSubnetsSpec {
  readonly zoneId: string;
  readonly availabilityZone?: string;
  readonly publicSubnetId: string;
  readonly privateSubnetId: string;
  readonly privateRouteTableId?: string;
}

/** A load balancer that exists already. */
export interface BalancerSpec {
  readonly listenerArn: string;
  readonly securityGroupId: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  readonly addresses: readonly string[];
}

/** A facility with what is needed to build in it; of a stretched cluster all members have the same. */
export interface FacilitySiteSpec extends FacilitySite {
  readonly entrance: EntranceSpec;
  readonly oidcIssuer?: string;
  /** Cores that the pods of all services together may take. @default no limit is known */
  readonly cores?: number;
  readonly drained: boolean;
}

export interface CloudSiteSpec extends CloudSite {
  readonly cidr: string;
  readonly network?: NetworkSpec;
  readonly certificateArn?: string;
  readonly balancer?: BalancerSpec;
  readonly drained: boolean;
}

export type SiteSpec = FacilitySiteSpec | CloudSiteSpec;

export type ServiceKind = "public" | "internal" | "worker";
export type Protocol = "http" | "grpc";
export type Architecture = "x86_64" | "arm64";

export interface FargateSpec {
  readonly on: "fargate";
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly architecture: Architecture;
}

export interface InstancesSpec {
  readonly on: "ec2";
  readonly instanceType?: string;
  readonly architecture: Architecture;
}

export interface FunctionSpec {
  readonly on: "lambda";
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly architecture: Architecture;
}

export type ComputeSpec = FargateSpec | InstancesSpec | FunctionSpec;

export interface ScalingSpec {
  /** Most units as a multiple of those planned. */
  readonly most: number;
  readonly cpuShare: number;
}

/** Where a secret's value is kept, in the cloud and in clusters. */
export interface SecretSpec {
  readonly arn?: string;
  readonly secret?: string;
  readonly key?: string;
}

export interface EgressSpec {
  readonly name: string;
  readonly cidr: string;
  readonly port: number;
}

export type StoreKind = "dynamodb" | "aurora" | "bucket";

export interface TableSpec {
  readonly hashKey?: string;
  readonly rangeKey?: string;
  readonly attributes?: Readonly<Record<string, "S" | "N" | "B">>;
  readonly indexes?: readonly { readonly name: string; readonly hashKey: string; readonly rangeKey?: string }[];
  readonly ttlAttribute?: string;
  readonly consistency?: "eventual" | "strong";
  /** Name of the cloud site whose region only votes. */
  readonly witness?: string;
}

export interface DatabaseSpec {
  readonly databaseName?: string;
  readonly engineVersion?: string;
  readonly instanceClass?: string;
  readonly instances?: number;
}

export interface DataSpec {
  readonly store: StoreKind;
  /** Names of cloud sites that hold a copy; the first one is where the store is managed from. */
  readonly sites: readonly string[];
  /** Names of facilities that hold an asynchronous copy. */
  readonly followers: readonly string[];
  readonly table?: TableSpec;
  readonly database?: DatabaseSpec;
}

export interface ServiceSpec {
  readonly name: string;
  readonly kind: ServiceKind;
  readonly layer: Layer;
  readonly tier: Tier;
  readonly owner: string;
  readonly runbook?: string;
  /** The estate's, where the service names none. */
  readonly statusPage?: string;
  readonly peakRps: number;
  readonly unitRps: number;
  readonly objectives: Objectives;
  readonly users: number;
  readonly paid: boolean;
  readonly outageCostPerHour: Money;
  /** Names of sites, in the order of the configuration. */
  readonly sites: readonly string[];
  /** Units to run by site, reserve included. @default the least equal number that keeps every promise */
  readonly units?: Readonly<Record<string, number>>;
  /** Repository and digest or tag, or a whole reference with `{site}` and `{region}`. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretSpec>>;
  readonly port: number;
  readonly protocol: Protocol;
  readonly healthPath: string;
  readonly readyPath: string;
  readonly livePath: string;
  readonly compute: ComputeSpec;
  readonly pod: { readonly cpu: string; readonly memory: string };
  readonly scaling: ScalingSpec;
  readonly logDays: number;
  readonly egress: readonly EgressSpec[];
  readonly data?: DataSpec;
  readonly dependencies: readonly DependencySpec[];
}

export interface VendorSpec {
  readonly name: string;
  readonly vendor: string;
  readonly purpose: string;
  readonly url?: string;
}

export interface DnsSpec {
  readonly domain: string;
  readonly zoneId?: string;
  readonly ttlSeconds: number;
  readonly healthCheckIntervalSeconds: 10 | 30;
  readonly healthCheckThreshold: number;
  readonly lastResort: readonly string[];
}

export interface ImagesSpec {
  readonly account?: string;
  /** With a slash at its end, or empty. */
  readonly prefix: string;
  /** Name of the cloud site to which images are pushed; undefined where somebody else keeps the copies. */
  readonly home?: string;
  /** With `{site}` for the site's name. */
  readonly facilityRegistry: string;
}

export interface BackupSpec {
  /** Name of the cloud site that keeps the second copy. */
  readonly site: string;
  readonly everySeconds: number;
  readonly keepDays: number;
}

export interface EstateSpec {
  readonly sites: readonly SiteSpec[];
  readonly requirements: Readonly<Record<Tier, TierRequirement>>;
  readonly dns: DnsSpec;
  readonly deletionProtection: boolean;
  readonly images: ImagesSpec;
  readonly alarms: { readonly emails: readonly string[] };
  readonly askForQuotas: boolean;
  /** Undefined where no backups are made beside what the stores do themselves. */
  readonly backups?: BackupSpec;
  readonly vendors: readonly VendorSpec[];
  readonly acceptedLosses: readonly AcceptedLoss[];
  readonly services: readonly ServiceSpec[];
}
