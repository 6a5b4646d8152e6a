/**
 * Facts about one mechanism in the stack that survival alone does not show: an autoscaling ceiling, a disruption
 * budget, a toleration. A reader states them, policies look at them. Each names its resource and, where known, its
 * service.
 */
import type { DomainId } from "./domain";
import type { ServiceId, Urn } from "./ids";
import type { Known } from "./known";

interface FactBase {
  readonly urn: Urn;
  readonly service?: ServiceId;
}

/** Bounds of an automatic scaler, in units (pods, instances). */
export interface AutoscalingFact extends FactBase {
  readonly kind: "autoscaling";
  /** URN of what it scales. @default the resource itself, which has a scaler of its own */
  readonly workload?: Urn;
  readonly minimum: Known<number>;
  readonly maximum: Known<number>;
}

/** A Kubernetes workload's scheduling, as far as resilience hangs on it. */
export interface SchedulingFact extends FactBase {
  readonly kind: "scheduling";
  readonly cluster: string;
  readonly replicas: Known<number>;
  /** Topology keys over which pods must (not only should) spread. */
  readonly spreadOver: readonly string[];
  readonly antiAffinityOver: readonly string[];
  /** True of a daemon set: one pod on each node, whatever its rules. @default false */
  readonly onEveryNode?: boolean;
  readonly requestsSet: boolean;
  readonly priorityClass?: string;
  /** Seconds that a pod stays bound to a node that is silent; 300 unless set (Kubernetes, taint-based eviction). */
  readonly unreachableTolerationSeconds: number;
  /** Buildings that its cluster spans. @default not known, or no buildings: the zones of a cloud */
  readonly facilities?: readonly DomainId[];
  /** The part of Kubernetes that schedules here. @default not known */
  readonly controlPlane?: DomainId;
}

/** A PodDisruptionBudget and whether it can ever let a drain go on. */
export interface DisruptionBudgetFact extends FactBase {
  readonly kind: "disruptionBudget";
  readonly cluster: string;
  /** Workloads whose pods it picks, all of them. @default those of its service in its cluster */
  readonly workloads?: readonly Urn[];
  readonly minAvailable?: Known<number | string>;
  readonly maxUnavailable?: Known<number | string>;
}

/** Capacity held for a failover: a capacity reservation, a warm pool, placeholder pods. */
export interface ReserveFact extends FactBase {
  readonly kind: "reserve";
  readonly mechanism: "capacityReservation" | "warmPool" | "placeholderPods";
  readonly placement: Known<readonly DomainId[]>;
  readonly units: Known<number>;
}

/** The NAT gateway through which a workload's private subnets leave their network. */
export interface EgressFact extends FactBase {
  readonly kind: "egress";
  /** URN of the replicas that stand in those subnets; `urn` is the gateway's. */
  readonly workload: Urn;
  /** Where the gateway stands: its zone, or its region where it is regional. */
  readonly placement: Known<readonly DomainId[]>;
  /** Zones of the subnets that leave through it, as far as they are known. */
  readonly zones: readonly DomainId[];
}

/** A way between one's own buildings and a region of a cloud: a Direct Connect connection or a VPN. */
export interface LinkFact extends FactBase {
  readonly kind: "link";
  /** The regions that it leads into, by the gateways behind it. */
  readonly regions: readonly Known<DomainId>[];
  /** The building in which it ends. @default none: a VPN goes by the internet, over no building in particular */
  readonly location?: Known<DomainId>;
  /** Who carries it there. @default not said */
  readonly carrier?: DomainId;
}

/** Units that Spot gives, which the cloud takes back when it runs short. */
export interface SpotFact extends FactBase {
  readonly kind: "spot";
  /** Share of the workload's units that Spot gives, 0..1. */
  readonly share: Known<number>;
}

/** Whether one call deletes a resource that holds data, or that traffic arrives at. */
export interface DeletionFact extends FactBase {
  readonly kind: "deletion";
  readonly holds: "data" | "traffic";
  /** True where a guard has to be taken off first. */
  readonly protected: Known<boolean>;
  /** The property that says so. */
  readonly property: string;
}

/** The account in which a store's data, or a backup of it, is kept: one login's to erase. */
export interface AccountFact extends FactBase {
  readonly kind: "account";
  readonly holds: "data" | "backup";
  readonly account: Known<DomainId>;
  /** What it is made with: equal only where the account is one, known or not. */
  readonly login: string;
}

/** Volumes that pods or a machine keep data on, and whether they can be used where they were not made. */
export interface VolumeFact extends FactBase {
  readonly kind: "volume";
  /** What makes them: the provisioner of the storage class. */
  readonly made: string;
  /** True where a volume can be attached in its own zone (or to its own node) only. */
  readonly zonal: Known<boolean>;
  /** How many there are, one for each pod. */
  readonly volumes: Known<number>;
  /** The only places in which they are made; empty where that is left to the scheduler. */
  readonly onlyIn: readonly DomainId[];
  /** True where the place is chosen before it is known where the pod can stand. */
  readonly boundBeforePods: boolean;
}

/** A schedule by which backups of a store are restored, to see that they can be. */
export interface RestoreTestFact extends FactBase {
  readonly kind: "restoreTest";
  readonly intervalSeconds: Known<number>;
}

/** An alias record that neither follows its target's health nor has a check, where its health decides on answers. */
export interface BlindAliasFact extends FactBase {
  readonly kind: "blindAlias";
  /** True where another name's alias goes by its health. */
  readonly isFollowed: boolean;
  /** Unknown where a preview does not know whether it follows its target. */
  readonly blind: Known<true>;
}

/** What the sites' catalogue says of a building beside its failure domains. */
export interface FacilityFact extends FactBase {
  readonly kind: "facility";
  readonly facility: DomainId;
  /** `YYYY-MM-DD`; undefined where no drill is told of. */
  readonly lastDrill?: string;
  /** True where lithium-ion batteries stand beside the supply, and a fire is fought by cutting all power (K9, K10). */
  readonly fireCutsPower: boolean;
}

/** A way in on which requests do not get through, or of which that is not known. */
export interface WayInFact extends FactBase {
  readonly kind: "wayIn";
  /** The way, from the name or load balancer that clients ask to where it ends; `urn` says why it is not open. */
  readonly over: readonly Urn[];
  /** The property of `urn` that says so. */
  readonly property: string;
  /** Never known to be true: a way that is open is no fact. */
  readonly open: Known<boolean>;
  /** Half a sentence: what stops them there. */
  readonly why: string;
}

/** Something that a workload needs and does not get to, or of which that is not known. */
export interface NeedCutFact extends FactBase {
  readonly kind: "needCut";
  /** Who needs it; `urn` says why it does not get there. */
  readonly workload: Urn;
  /** Whom it needs; several of which any is enough are joined by `|`. */
  readonly needs: string;
  /** The property of `urn` that says so. */
  readonly property: string;
  /** Never known to be true: a need that is met is no fact. */
  readonly open: Known<boolean>;
  /** Half a sentence: what stops it there. */
  readonly why: string;
}

/**
 * What a quota counts, in one region of one account: virtual processors by how they are bought, or executions at a
 * time.
 */
export type QuotaKind = "onDemandVcpus" | "spotVcpus" | "fargateVcpus" | "fargateSpotVcpus" | "functionExecutions";

/** An account's quota in one region. */
export interface QuotaFact extends FactBase {
  readonly kind: "quota";
  readonly of: QuotaKind;
  readonly region: Known<DomainId>;
  /** The most that it admits; undefined where the stack does not say it. */
  readonly most?: Known<number>;
}

/** What one unit of a workload takes of a quota, where its type, its task or its concurrency says it. */
export interface UnitSizeFact extends FactBase {
  readonly kind: "unitSize";
  readonly of: QuotaKind;
  readonly amount: number;
}

/**
 * A setting that could decide whether requests are served and that no reader looks at: of the third class of the ledger
 * of properties (docs/readers.md).
 */
export interface UnjudgedSettingFact extends FactBase {
  readonly kind: "unjudgedSetting";
  /** Its path in the resource, such as `placement.tenancy`. */
  readonly property: string;
  /** What it could do, as the end of a sentence: `could keep it from starting`. */
  readonly could: string;
}

/** A store that others write their logs into, and that serves nobody: told of after what runs. */
export interface LogTargetFact extends FactBase {
  readonly kind: "logTarget";
}

export type Fact =
  | AutoscalingFact
  | SchedulingFact
  | DisruptionBudgetFact
  | ReserveFact
  | EgressFact
  | LinkFact
  | SpotFact
  | DeletionFact
  | VolumeFact
  | RestoreTestFact
  | FacilityFact
  | AccountFact
  | BlindAliasFact
  | QuotaFact
  | UnitSizeFact
  | UnjudgedSettingFact
  | LogTargetFact
  | WayInFact
  | NeedCutFact;
export type FactKind = Fact["kind"];
