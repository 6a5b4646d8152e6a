/**
 * The estate as a program writes it. Generated from the schema by estate/writeSchema.ts; a test holds it to the schema.
 */
/* eslint-disable max-lines -- generated as one, for whoever looks a field up */

/** The estate: sites, tiers and services. */
export interface EstateInput {
  /** Where replicas can stand: at least two. */
  readonly sites: readonly (FacilitySiteInput | CloudSiteInput)[];
  /** Overrides of what a tier asks for. Default: none. */
  readonly tiers?: TiersInput;
  /** Names, and how fast they leave a dead site. */
  readonly dns: DnsInput;
  /** False lets load balancers and stores be deleted; set it, update, and only then destroy. Default: true. */
  readonly deletionProtection?: boolean;
  /** Where images are pulled from. Default: cloud sites pull references as they are written, over the internet. */
  readonly images?: ImagesInput;
  /** Alarms on every site of every public name, seen from us-east-1. Default: made, and mailed to nobody. */
  readonly alarms?: AlarmsInput;
  /**
   * True asks AWS for the quotas that the services need at their most. An account that has more already must leave
   * it false: AWS refuses to lower one. Default: false.
   */
  readonly askForQuotas?: boolean;
  /** Backups of the cloud stores in vaults that nobody can shorten. Default: none. */
  readonly backups?: BackupsInput;
  /** Losses that are accepted for a time. Default: none. */
  readonly acceptedLosses?: readonly AcceptedLossInput[];
  /** Third parties. Default: none. */
  readonly vendors?: readonly VendorInput[];
  /**
   * Page where users are told of an outage, outside of every site and of every name of the stack. Default: none is
   * named. A host name.
   */
  readonly statusPage?: string;
  /** The services: at least one. */
  readonly services: readonly ServiceInput[];
}

/** A facility of one's own. */
export interface FacilitySiteInput {
  /** A building with a Kubernetes cluster of one's own. */
  readonly kind: "facility";
  /**
   * Stable key of the site. Lower case letters, digits and hyphens, at most 24 characters; a change renames
   * (replaces) its resources.
   */
  readonly name: string;
  /** Geographic region, such as capital-area: what one earthquake or one flood takes together. */
  readonly region: string;
  /** Building; two sites in one building are one failure domain. Default: the site's name. */
  readonly facility?: string;
  /** Who runs the building and can cut its power. */
  readonly operator: string;
  /** Substations that feed it. One feed is a failure domain of its own; several fail only together. At least one. */
  readonly powerFeeds: readonly string[];
  /** Network carriers with their own way into the building. At least one; a critical service needs two. */
  readonly carriers: readonly string[];
  /** Hazard zones that it stands in: an earthquake zone, a flood plain, one grid. */
  readonly hazards?: readonly string[];
  /** True where fire walls part UPS and battery rooms (finding K9). */
  readonly batteryRoomsSeparated: boolean;
  /** Chemistry of the UPS batteries; gas does not put out lithium-ion (finding K10). */
  readonly batteryChemistry: "lithium-ion" | "lead-acid" | "none";
  /** True where a fire can be fought without cutting the power of the whole building. */
  readonly firePlanKeepsPower: boolean;
  /** Day of the last drill of the building's loss, YYYY-MM-DD (finding K12). Default: none is known. */
  readonly lastDrill?: string;
  /**
   * Stretched cluster over several facilities that this one is part of, with the others that name it; a change
   * replaces what runs in it. Three facilities or more: etcd needs a majority. Default: a cluster of its own.
   */
  readonly cluster?: string;
  /** Context of its cluster in the kubeconfig. Default: the stretched cluster's name, else the site's. */
  readonly clusterContext?: string;
  /** What stands at the cluster's entrance. Default: the names duplex, gateway-system and letsencrypt. */
  readonly entrance?: EntranceInput;
  /**
   * Issuer of the cluster's service account tokens, readable from the internet: AWS then knows its pods without a
   * key. A service that uses a store of AWS from here needs it. Default: none.
   */
  readonly oidcIssuer?: string;
  /**
   * Processor cores that the pods of all services together may take there; `duplex plan` keeps to it. Default: no
   * limit is known.
   */
  readonly cores?: number;
  /**
   * True sends no client here any more: its answers get weight 0, its units go on running. Refused where the rest
   * cannot carry the peak. Default: false.
   */
  readonly drained?: boolean;
}

/** What stands at the cluster's entrance. Default: the names duplex, gateway-system and letsencrypt. */
export interface EntranceInput {
  /** GatewayClass of the cluster's entrance (Gateway API); it must give each Gateway an address. */
  readonly gatewayClass?: string;
  /** Namespace in which the entrance's own pods run, from where traffic comes to a service's pods. */
  readonly namespace?: string;
  /** ClusterIssuer of cert-manager that writes the certificate of each name. */
  readonly issuer?: string;
}

/** A region of a cloud with the zones that may be used. */
export interface CloudSiteInput {
  /** A region of a cloud. */
  readonly kind: "cloud";
  /**
   * Stable key of the site. Lower case letters, digits and hyphens, at most 24 characters; a change renames
   * (replaces) its resources.
   */
  readonly name: string;
  /** Code of the region. */
  readonly region: string;
  /** Zone ids (apne2-az1), never the names of an account (ap-northeast-2a): those differ between accounts. */
  readonly zoneIds: readonly string[];
  /** Who runs it, such as aws. */
  readonly operator: string;
  /** Network carriers into the region, where they are known. Default: not said. */
  readonly carriers?: readonly string[];
  /** Hazard zones that the region stands in. */
  readonly hazards?: readonly string[];
  /**
   * Addresses of its network, /16 to /20, apart from every other site's; a change replaces the network. Default: a
   * /16 of 10.0.0.0/8 that follows from the site's name. An IPv4 range.
   */
  readonly cidr?: string;
  /** A network that exists already. Default: a new one. */
  readonly network?: NetworkInput;
  /**
   * Certificate in the region for *.<domain> and *.internal.<domain>. Default: a new one, proven by records in the
   * domain's zone.
   */
  readonly certificateArn?: string;
  /** A load balancer that exists already, for all services here. Default: one for each service. */
  readonly balancer?: BalancerInput;
  /**
   * True sends no client here any more: its answers get weight 0, its units go on running. Refused where the rest
   * cannot carry the peak. Default: false.
   */
  readonly drained?: boolean;
}

/** A network that exists already. Default: a new one. */
export interface NetworkInput {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Its addresses. An IPv4 range. */
  readonly cidr: string;
  /** Its subnets by zone: at least two zones. */
  readonly zones: readonly ZoneInput[];
  /** Security group of its interface endpoints. Default: it has none, and units leave by its NAT gateways. */
  readonly endpointsGroupId?: string;
  /** Prefix lists of its gateway endpoints. Default: none. */
  readonly prefixListIds?: readonly string[];
}

/**  */
export interface ZoneInput {
  /** Zone id, one of the site's. */
  readonly zoneId: string;
  /** The account's name of that zone, such as ap-northeast-2a. Default: the cloud's choice of placement. */
  readonly availabilityZone?: string;
  /** Subnet with a route to an internet gateway. */
  readonly publicSubnetId: string;
  /** Subnet in which units stand. */
  readonly privateSubnetId: string;
  /** Route table of the private subnet; needed for peering. Default: no peering. */
  readonly privateRouteTableId?: string;
}

/** A load balancer that exists already, for all services here. Default: one for each service. */
export interface BalancerInput {
  /** HTTPS listener to which a rule for each service's names is added. */
  readonly listenerArn: string;
  /** Security group of the load balancer; units take traffic from it. */
  readonly securityGroupId: string;
  /** Its DNS name. */
  readonly dnsName: string;
  /** Hosted zone of its DNS name. */
  readonly hostedZoneId: string;
  /** Fixed addresses by which clients reach it. Default: none, and names lead to it as aliases. */
  readonly addresses?: readonly string[];
}

/** Overrides of what a tier asks for. Default: none. */
export interface TiersInput {
  /** What differs from the tier's defaults; a field left out keeps its default. */
  readonly critical?: TierInput;
  /** What differs from the tier's defaults; a field left out keeps its default. */
  readonly important?: TierInput;
  /** What differs from the tier's defaults; a field left out keeps its default. */
  readonly standard?: TierInput;
}

/** What differs from the tier's defaults; a field left out keeps its default. */
export interface TierInput {
  /** Kinds of failure domain of which the loss of any one must be survived. */
  readonly surviveOne?: readonly (
    "region" | "zone" | "facility" | "power" | "operator" | "carrier" | "vendor" | "hazard" | "controlPlane" | "account"
  )[];
  /** Kinds of which the loss of any two together must not take the service down. */
  readonly surviveTwo?: readonly (
    "region" | "zone" | "facility" | "power" | "operator" | "carrier" | "vendor" | "hazard" | "controlPlane" | "account"
  )[];
  /** Fewest independent copies, 1 to 9. */
  readonly leastCopies?: number;
  /** Longest time to live of a DNS answer, in seconds, 1 to 86400. */
  readonly longestTtlSeconds?: number;
  /** True where a verdict that cannot be proven is refused. */
  readonly refuseUnknown?: boolean;
}

/** Names, and how fast they leave a dead site. */
export interface DnsInput {
  /** Domain under which each service has a name. */
  readonly domain: string;
  /** Hosted zone that exists already. Default: a new one is made. */
  readonly zoneId?: string;
  /** Time to live of an answer in seconds, 30 to 60; a longer one keeps users at a dead site. Default: 30. */
  readonly ttlSeconds?: number;
  /** Seconds between two measurements of one checker, 10 or 30. Default: 10. */
  readonly healthCheckIntervalSeconds?: 10 | 30;
  /** Failures in a row until a target counts as dead, 1 to 10. Default: 3. */
  readonly healthCheckThreshold?: number;
  /** IPv4 addresses of a notice page outside of every site, answered when all targets are dead. */
  readonly lastResort: readonly string[];
}

/** Where images are pulled from. Default: cloud sites pull references as they are written, over the internet. */
export interface ImagesInput {
  /** Account whose registry (ECR) holds the images in every region. */
  readonly account: string;
  /** What stands before a repository's name, with a slash at its end. Default: nothing. */
  readonly prefix?: string;
  /**
   * Cloud site to which images are pushed; copies go to every other region that runs units. Default: repositories
   * and copies are kept by somebody else.
   */
  readonly home?: string;
  /** Registry of each facility, with {site} for the site's name. Default: registry.{site}.<domain>. */
  readonly facilityRegistry?: string;
}

/** Alarms on every site of every public name, seen from us-east-1. Default: made, and mailed to nobody. */
export interface AlarmsInput {
  /** Whom alarms are mailed to; each has to confirm once. Default: nobody. */
  readonly emails?: readonly string[];
}

/** Backups of the cloud stores in vaults that nobody can shorten. Default: none. */
export interface BackupsInput {
  /** Cloud site that keeps a second copy of every backup, apart from the sites that the stores are in. */
  readonly site: string;
  /** Time between two backups. Default: 1h, the shortest that AWS Backup takes. */
  readonly every?: "1h" | "6h" | "12h" | "1d";
  /** Days that a backup is kept, and that nobody can shorten, 7 to 3650. Default: 35. */
  readonly keepDays?: number;
}

/** One loss that is not survived, and who answers for that. */
export interface AcceptedLossInput {
  /** The domain whose loss is accepted, as kind and name. */
  readonly lost: string;
  /** Services for which it is accepted. Default: every service. */
  readonly services?: readonly string[];
  /** Who has decided it. */
  readonly by: string;
  /** Why, as a sentence. */
  readonly reason: string;
  /** The last day on which it holds, YYYY-MM-DD; refused again after it. */
  readonly until: string;
}

/** A third party that services depend on. */
export interface VendorInput {
  /**
   * Name of the vendor's service; dependencies use it. Lower case letters, digits and hyphens, at most 24
   * characters; a change renames (replaces) its resources.
   */
  readonly name: string;
  /** Company behind it: the failure domain. */
  readonly vendor: string;
  /** What it is used for, such as log in. */
  readonly purpose: string;
  /** Address that services call; they find it in their environment. Default: none is told. */
  readonly url?: string;
}

/** One service, active in every one of its sites. */
export interface ServiceInput {
  /**
   * Name of the service; unique. Lower case letters, digits and hyphens, at most 24 characters; a change renames
   * (replaces) its resources.
   */
  readonly name: string;
  /**
   * public: a name for everybody; internal: a private name for other services; worker: nothing calls it. Default:
   * public.
   */
  readonly kind?: "public" | "internal" | "worker";
  /** What it does for others. Default: compute. */
  readonly layer?:
    | "compute"
    | "store"
    | "cache"
    | "queue"
    | "registry"
    | "keys"
    | "secrets"
    | "identity"
    | "routing"
    | "monitoring"
    | "tooling"
    | "vendor";
  /** How strictly it is judged; what a critical service depends on is critical too. */
  readonly tier: "critical" | "important" | "standard";
  /** Team that is called when it fails. */
  readonly owner: string;
  /**
   * Address of the runbook for its loss, http(s), at most 256 characters, without ? and #, which a tag cannot
   * hold. Default: none is named.
   */
  readonly runbook?: string;
  /** Page where users are told of an outage. Default: the estate's. A host name. */
  readonly statusPage?: string;
  /** Peak demand of the whole service, requests per second, more than 0. */
  readonly peakRps: number;
  /** Requests per second that one unit (pod, task or instance) serves, more than 0. */
  readonly unitRps: number;
  /** Objectives for recovery. */
  readonly objectives: ObjectivesInput;
  /** Monthly users, at least 0. */
  readonly users: number;
  /** True where users pay and an outage is compensated by contract. */
  readonly paid: boolean;
  /** What an hour's outage costs. */
  readonly outageCostPerHour: OutageCostPerHourInput;
  /** Names of the sites that it runs in, all serving at once. At least two. */
  readonly sites: readonly string[];
  /**
   * Units to run in each of its sites, reserve included, such as `duplex plan --write` writes them; weights
   * follow, and what does not survive is refused. Default: the least equal number that keeps every promise.
   */
  readonly units?: Readonly<Record<string, number>>;
  /**
   * Repository and digest or tag in the registry of each site, such as messenger@sha256:…; a whole reference,
   * whose host has a dot, is taken as it is, with {site} and {region}. Default: <service>:stable; without images,
   * registry.{site}.<domain>/<service>:stable.
   */
  readonly image?: string;
  /** What runs in the container. Default: what its image says. */
  readonly command?: readonly string[];
  /** Variables of the units; those that begin with DUPLEX_ are Duplex's own. Default: none beside those. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables whose values are kept elsewhere. Default: none. */
  readonly secrets?: Readonly<Record<string, SecretInput>>;
  /** Port that the units listen on. Default: 8080. 1 to 65535. */
  readonly port?: number;
  /** What the units speak behind the entrance. Default: http. */
  readonly protocol?: "http" | "grpc";
  /**
   * Path that answers 200 only when the service can do its work, its needs included: a site where it does not is
   * left. Default: /healthz/deep.
   */
  readonly healthPath?: string;
  /**
   * Path that answers 200 when the unit itself is ready, whatever its needs: a unit where it does not gets no
   * request. Default: /healthz/ready.
   */
  readonly readyPath?: string;
  /**
   * Path that answers 200 while the process lives; a pod where it does not is started anew. Default:
   * /healthz/live.
   */
  readonly livePath?: string;
  /** What a unit is in a cloud site. Default: fargate with one vCPU and 2048 MiB. */
  readonly compute?: FargateComputeInput | Ec2ComputeInput | LambdaComputeInput;
  /** What a unit is in a facility. Default: 2 cores and 4Gi. */
  readonly pod?: PodInput;
  /** How units are added under load. Default: up to half as many again, at 60 % of the processor. */
  readonly scaling?: ScalingInput;
  /** Days that a unit's output is kept, as CloudWatch offers them. Default: 30. */
  readonly logDays?:
    | 1
    | 3
    | 5
    | 7
    | 14
    | 30
    | 60
    | 90
    | 120
    | 150
    | 180
    | 365
    | 400
    | 545
    | 731
    | 1096
    | 1827
    | 2192
    | 2557
    | 2922
    | 3288
    | 3653;
  /** What units may call beside dependencies, vendors and data, which open their own way. Default: nothing. */
  readonly egress?: readonly EgressInput[];
  /** Where the service's state is kept. Default: none. */
  readonly data?: DataInput;
  /** What it needs. Default: nothing. */
  readonly dependencies?: readonly DependencyInput[];
}

/** Objectives for recovery. */
export interface ObjectivesInput {
  /** Longest time until it serves again. A number and a unit: 45s, 5m, 1.5h, 1d. */
  readonly rto: string;
  /** Most data that may be lost. A number and a unit: 45s, 5m, 1.5h, 1d. */
  readonly rpo: string;
  /** Least share of the peak served after a loss, 0 to 1; 1 is full strength. */
  readonly leastShare: number;
}

/** What an hour's outage costs. */
export interface OutageCostPerHourInput {
  /** Amount, at least 0. */
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Where the value is kept. */
export interface SecretInput {
  /**
   * Secret of Secrets Manager, in any region that holds it; each site reads the replica of its own. A service in a
   * cloud site needs it.
   */
  readonly arn?: string;
  /** Secret of Kubernetes in the service's namespace. A service in a facility needs it. */
  readonly secret?: string;
  /** Key in that Secret. Default: the variable's name. */
  readonly key?: string;
}

/** Units as tasks of ECS on Fargate. */
export interface FargateComputeInput {
  /** Tasks of ECS on Fargate: no machine to keep. */
  readonly on: "fargate";
  /** CPU units of one task, 1024 are one vCPU. Default: 1024. */
  readonly cpu?: 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  /** Memory of one task in MiB, in Fargate's table of sizes: with 1024 CPU units 2048 to 8192. Default: 2048. */
  readonly memoryMiB?: number;
  /** Processor that the image is built for. Default: x86_64. */
  readonly architecture?: "x86_64" | "arm64";
}

/** Units as instances of EC2. */
export interface Ec2ComputeInput {
  /** Instances of EC2 in an autoscaling group, one container each. */
  readonly on: "ec2";
  /** Instance type of one unit. Default: c7i.2xlarge, with arm64 c7g.2xlarge. */
  readonly instanceType?: string;
  /** Processor that the image is built for. Default: x86_64. */
  readonly architecture?: "x86_64" | "arm64";
}

/** Units as executions of Lambda. */
export interface LambdaComputeInput {
  /** Executions of Lambda, provisioned so that none starts cold. */
  readonly on: "lambda";
  /** Memory of one execution in MiB, 128 to 10240; the processor follows from it. Default: 1024. */
  readonly memoryMiB?: number;
  /** Longest time of one request in seconds, 1 to 900. Default: 30. */
  readonly timeoutSeconds?: number;
  /** Processor that the image is built for. Default: x86_64. */
  readonly architecture?: "x86_64" | "arm64";
}

/** What a unit is in a facility. Default: 2 cores and 4Gi. */
export interface PodInput {
  /** Processor of one pod, requested and limited. Default: 2. */
  readonly cpu?: string;
  /** Memory of one pod, requested and limited. Default: 4Gi. */
  readonly memory?: string;
}

/** How units are added under load. Default: up to half as many again, at 60 % of the processor. */
export interface ScalingInput {
  /** Most units in a cloud site as a multiple of the plan's, 1 to 20; the plan's are the floor. Default: 1.5. */
  readonly most?: number;
  /** Share of the processor above which units are added, 0.1 to 0.9. Default: 0.6. */
  readonly cpuShare?: number;
}

/** An address that units may call. */
export interface EgressInput {
  /** What is there. */
  readonly name: string;
  /** Where it is. An IPv4 range. */
  readonly cidr: string;
  /** Port that is called. 1 to 65535. */
  readonly port: number;
}

/** Where the service's state is kept. Default: none. */
export interface DataInput {
  /** none: no state; dynamodb: global table; aurora: global database; bucket: two buckets, both ways. */
  readonly store: "none" | "dynamodb" | "aurora" | "bucket";
  /** Cloud sites that hold a copy, at least two; for a bucket exactly two. */
  readonly sites?: readonly string[];
  /** Facilities that hold an asynchronous copy under another operator, to be promoted (docs/decisions/0002). */
  readonly followers?: readonly string[];
  /** The table, with store: dynamodb. Default: keys pk and sk, eventual. */
  readonly table?: TableInput;
  /** The database, with store: aurora. Default: two instances of db.r7g.large in each region. */
  readonly database?: DatabaseInput;
}

/** The table, with store: dynamodb. Default: keys pk and sk, eventual. */
export interface TableInput {
  /** Key that items are spread by. A change replaces the table. Default: pk. */
  readonly hashKey?: string;
  /**
   * Key that items of one hash key are sorted by. A change replaces the table. Default: sk with the default
   * hashKey, else none.
   */
  readonly rangeKey?: string;
  /** Types of keys, those of indexes too: S text, N number, B bytes. Default: S for each. */
  readonly attributes?: Readonly<Record<string, "S" | "N" | "B">>;
  /** At most 20. Default: none. */
  readonly indexes?: readonly IndexInput[];
  /** Attribute with the second of the epoch after which an item may go. Default: items stay. */
  readonly ttlAttribute?: string;
  /**
   * eventual: each region writes alone, about a second may be lost with one; strong: a write is in two of three
   * regions before it is answered. A change replaces the table. Default: eventual.
   */
  readonly consistency?: "eventual" | "strong";
  /** Cloud site whose region only votes, in the place of a third copy of a strong table. Default: three copies. */
  readonly witness?: string;
}

/** A second way to look items up, kept in every region. */
export interface IndexInput {
  /** Name of the index, 3 to 255 characters. */
  readonly name: string;
  /** Key that its items are spread by. */
  readonly hashKey: string;
  /** Key that its items are sorted by. Default: none. */
  readonly rangeKey?: string;
}

/** The database, with store: aurora. Default: two instances of db.r7g.large in each region. */
export interface DatabaseInput {
  /** Name of the database. A change replaces it. Default: app. */
  readonly databaseName?: string;
  /** Version of Aurora PostgreSQL, 16.1 or newer: older ones pass no writes on. Default: 16.6. */
  readonly engineVersion?: string;
  /** Class of the instances. Default: db.r7g.large. */
  readonly instanceClass?: string;
  /** Instances in each region, over different zones, 2 to 15. Default: 2. */
  readonly instances?: number;
}

/** An edge to another service. */
export interface DependencyInput {
  /** Services or vendors; any one of them is enough. */
  readonly anyOf: readonly string[];
  /** hard: down when it is down; soft: degraded; startup: needed to start, scale or move (images, keys, secrets). */
  readonly strength: "hard" | "soft" | "startup";
}
