/**
 * The estate: what an inventory has read from resources, in the words that survival, recovery and policies are computed
 * from. Plain readonly data; nothing here knows Pulumi, a file or a clock.
 */
import type { DomainId, FailureDomain } from "./domain";
import type { AcceptedLoss } from "./acceptedLoss";
import type { Fact } from "./fact";
import type { ServiceId, Urn } from "./ids";
import type { Known } from "./known";

/** From the strictest. What a tier asks for is a `TierRequirement`. */
export const tiers = ["critical", "important", "standard"] as const;
export type Tier = (typeof tiers)[number];

/** What a service does for others; a store needs no demand, a vendor has no replicas of ours. */
export const layers = [
  "compute",
  "store",
  "cache",
  "queue",
  "registry",
  "keys",
  "secrets",
  "identity",
  "routing",
  "monitoring",
  "tooling",
  "vendor",
] as const;
export type Layer = (typeof layers)[number];

/** Active replicas serve now; standbys after `startSeconds`; backups hold data and serve nothing. */
export type ReplicaRole = "active" | "standby" | "backup";

/** One placed unit of a service. */
export interface Replica {
  /** Stable and unique in the estate: the URN, with `#<site>` where one resource stands in several places. */
  readonly id: string;
  readonly urn: Urn;
  readonly role: ReplicaRole;
  /** Domains that it stands in directly; unknown where a preview cannot tell. Empty where nothing is said at all. */
  readonly placement: Known<readonly DomainId[]>;
  /** Requests per second that it can serve; undefined where nothing in the stack says so. */
  readonly capacityRps?: Known<number>;
  /** Number of running units inside (pods, instances). */
  readonly units: Known<number>;
  /**
   * True where each unit stands in one place, as a pod or a machine does: they are no more copies than units, wherever
   * they stand. @default a unit may be a service that its vendor keeps in several places
   */
  readonly isEachInOnePlace?: boolean;
  /** Seconds from the decision to use it until it serves; 0 for an active one. */
  readonly startSeconds: number;
  /** Control-plane actions that it needs before it serves (scale out, promote); none is statically stable. */
  readonly startNeeds: readonly DomainId[];
  /** True where it is several copies in one: its vendor keeps it over the zones of a region. @default one copy */
  readonly overZones?: boolean;
  /** True where only somebody's order starts it, as a failover to another region is. @default it starts by itself */
  readonly startsByHand?: boolean;
  /**
   * Set where a scheduler decides where it stands; `placement` is then one of the places. @default it stands in
   * `placement`
   */
  readonly remainder?: RemainderUnit;
  /**
   * The resource whose fallen units a standby takes in, and no more than have fallen: room for pods that a scheduler
   * makes anew. @default it serves whatever has fallen
   */
  readonly standsInFor?: Urn;
  /**
   * Whether a request can reach it by any of the ways in that the stack describes: one that none reaches serves nobody.
   * @default true, where the stack describes no way to it either
   */
  readonly reached?: Known<boolean>;
}

/**
 * Units of which the scheduler chooses the place: those that are left over when units are spread evenly over places,
 * and as many more as its rules let stand together. The places that are lost are taken to be theirs: units of rank 0
 * fall with the first place lost, those of rank 1 with the second.
 */
export interface RemainderUnit {
  /** All places in which they may stand. */
  readonly places: readonly (readonly DomainId[])[];
  /** They stand until more than so many of the places are lost; less than the number of places. */
  readonly rank: number;
}

export type DependencyStrength = "hard" | "soft" | "startup";

/** An edge to one service, or to a group of which any one is enough (log in by A or B or C). */
export interface Dependency {
  readonly anyOf: readonly ServiceId[];
  readonly strength: DependencyStrength;
  /** The resource and property that say so. */
  readonly evidence: Evidence;
}

/** Where something was read. */
export interface Evidence {
  readonly urn: Urn;
  readonly property?: string;
}

/** How a store's copies are kept alike. */
export interface Replication {
  readonly mode: "synchronous" | "asynchronous" | "none";
  /** Data that may be lost, in seconds; from the provider's document where the stack cannot say. */
  readonly rpoSeconds: Known<number>;
  /** True where every copy takes writes; false where a standby must be promoted. */
  readonly multiWriter: boolean;
  /**
   * True where the vendor keeps the data itself in three zones of a region, whatever stands before it: no zone's loss
   * takes it. @default data stands where the replicas stand
   */
  readonly inRegion?: boolean;
}

/** How many replicas a service needs, whatever its capacity: any one, or a majority that must agree. */
export type Quorum = "any" | "majority";

export interface Backup {
  readonly urn: Urn;
  readonly placement: Known<readonly DomainId[]>;
  readonly intervalSeconds: Known<number>;
  readonly retentionSeconds?: Known<number>;
  /** True where production credentials cannot erase or shorten it. */
  readonly immutable: Known<boolean>;
}

export interface HealthCheck {
  readonly urn: Urn;
  readonly intervalSeconds: Known<number>;
  readonly failureThreshold: Known<number>;
  /** Where it is measured from; empty where nothing says so. */
  readonly observers: readonly DomainId[];
  readonly kind: "endpoint" | "calculated" | "alarm" | "target" | "recoveryControl";
  /** True where it asks only whether a port is open, or for `/`. */
  readonly shallow: boolean;
}

export interface RouteTarget {
  readonly urn: Urn;
  /** Ids of the replicas behind it. */
  readonly replicas: readonly string[];
  /** Share of the answers that it gets in normal operation, 0..1, or unknown. */
  readonly share: Known<number>;
  readonly healthCheck?: HealthCheck;
  /** Why the check that it names judges nothing, as half a sentence. @default it names none, or `healthCheck` is it */
  readonly blind?: string;
  /** True for an answer that is given only when all others are unhealthy. */
  readonly lastResort: boolean;
  /**
   * True where whoever is sent here gets nowhere: a hop of the way is closed, or it ends in nothing. `replicas` holds
   * none of what is behind it then. @default false
   */
  readonly shut?: boolean;
}

/** One name (or anycast address) and its answers. */
export interface Route {
  readonly id: string;
  readonly urn: Urn;
  readonly name: string;
  readonly kind: "dns" | "anycast" | "cdn" | "loadBalancer";
  readonly policy: "simple" | "weighted" | "latency" | "failover" | "geolocation" | "multivalue" | "anycast";
  readonly ttlSeconds: Known<number>;
  readonly targets: readonly RouteTarget[];
  /** Whoever answers: `vendor:route53`. */
  readonly provider: DomainId;
  /** True where leaving a dead target needs an API call rather than a health check. */
  readonly needsControlPlane: boolean;
  /**
   * Where answers go by the place of the client: for each place the targets' URNs, from the one that it is given to
   * those that it falls back to. @default every client may get any answer
   */
  readonly places?: readonly (readonly Urn[])[];
  /** True where only the networks of its own zone are answered. @default whoever asks is */
  readonly isPrivate?: boolean;
}

export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface Objectives {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  /** Least share of peak demand that must be served after a loss, 0..1; 1 for full strength. */
  readonly leastShare: number;
}

export interface Service {
  readonly id: ServiceId;
  readonly layer: Layer;
  /** What a vendor is used for, as the estate says, such as `log in`. @default nobody says it */
  readonly purpose?: string;
  readonly tier: Tier;
  /**
   * Where the tier comes from; `inherited` names the dependent; `unknown` where the words on its resources are not
   * known (a preview, an encrypted value), so that it may be critical and is taken for it.
   */
  readonly tierFrom: {
    readonly source: "configuration" | "tag" | "inherited" | "default" | "unknown";
    readonly service?: ServiceId;
    /** What the service's own tag says, where a dependent has raised it; undefined where it says nothing. */
    readonly claimed?: Tier;
  };
  readonly owner?: string;
  /** Address of the runbook for its loss. */
  readonly runbook?: string;
  /** Host name of the page where its users are told of an outage. */
  readonly statusPage?: string;
  readonly users?: number;
  readonly paid?: boolean;
  readonly outageCostPerHour?: Money;
  /** Requests per second at peak; undefined where nobody has said. */
  readonly peakRps?: Known<number>;
  readonly objectives?: Objectives;
  readonly replicas: readonly Replica[];
  readonly quorum: Quorum;
  readonly replication?: Replication;
  readonly dependencies: readonly Dependency[];
  readonly routes: readonly Route[];
  readonly backups: readonly Backup[];
  /** Every resource that belongs to it, sorted. */
  readonly urns: readonly Urn[];
}

/** A resource that places something and that no reader understands: reported, never taken as fine. */
export interface NotJudged {
  readonly urn: Urn;
  readonly type: string;
  readonly reason: string;
}

export interface Estate {
  /** Sorted by id. Contains every domain named anywhere in the estate. */
  readonly domains: readonly FailureDomain[];
  /** Sorted by id. */
  readonly services: readonly Service[];
  /** What policies on a single mechanism look at (autoscaling bounds, disruption budgets, …), sorted by URN. */
  readonly facts: readonly Fact[];
  readonly notJudged: readonly NotJudged[];
  /** Losses that need not be survived for a time. @default none */
  readonly acceptedLosses?: readonly AcceptedLoss[];
  /** What stands beside resources, sorted by URN. @default nothing does */
  readonly exemptionWords?: readonly ExemptionWord[];
}

/** A text beside a resource by which its findings are accepted for a while, as it is written there. */
export interface ExemptionWord {
  readonly urn: Urn;
  readonly text: string;
  /** @default nobody is named as owner of the resource */
  readonly owner?: string;
}
