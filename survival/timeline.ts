/** What happens to one service after one loss, and when: the recovery step by step, of which the RTO is the end. */
import type { DomainId } from "../model/domain";
import type { DependencyStrength, Route } from "../model/estate";
import type { ServiceId, Urn } from "../model/ids";

interface Step {
  /** When it begins, in seconds from the loss; Infinity where it never does, or where a preview cannot tell. */
  readonly beginSeconds: number;
  /** When it is done, in seconds from the loss; Infinity where it never is, or where a preview cannot tell. */
  readonly seconds: number;
  /** The resource that says so. */
  readonly urn: Urn;
  /** True where somebody's control plane has to act: not statically stable. */
  readonly needsControlPlane: boolean;
}

/** A replica that the loss takes; of a unit that a scheduler places, one of the places in which it may stand. */
export interface ReplicaLost extends Step {
  readonly kind: "replicaLost";
  readonly replica: string;
}

/** A health check has failed as often as it takes: its interval times its threshold. `urn` is the check's. */
export interface FailureDetected extends Step {
  readonly kind: "failureDetected";
  readonly route: string;
  /** URN of the answer, or of the target, that is found dead. */
  readonly target: Urn;
}

/** Nobody is sent to a dead target any more: what was answered has expired, or the network has turned. */
export interface TrafficLeft extends Step {
  readonly kind: "trafficLeft";
  readonly route: string;
  readonly routeKind: Route["kind"];
}

/**
 * A call to somebody's API has to turn a route away from a dead target that no health check takes out. How long that
 * takes is whoever calls', and counts as nothing.
 */
export interface TrafficRedirected extends Step {
  readonly kind: "trafficRedirected";
  readonly route: string;
}

/** Something that the service needs serves again. It has a timeline of its own. */
export interface NeedReady extends Step {
  readonly kind: "needReady";
  /** Of several any one is enough: the moment is the quickest one's. */
  readonly anyOf: readonly ServiceId[];
  readonly strength: Exclude<DependencyStrength, "soft">;
}

/** A standby serves, once the traffic has left what is lost and what it needs to start is there. */
export interface StandbyStarted extends Step {
  readonly kind: "standbyStarted";
  readonly replica: string;
  /** Control planes that start it itself; what it needs to start may ask for others. */
  readonly controlPlanes: readonly DomainId[];
}

/** A copy of the data takes writes that did not take any. */
export interface CopyPromoted extends Omit<StandbyStarted, "kind"> {
  readonly kind: "copyPromoted";
}

/** The service serves what it will serve. */
export interface ServiceReady extends Omit<Step, "urn"> {
  readonly kind: "serviceReady";
}

export type TimelineEvent =
  | ReplicaLost
  | FailureDetected
  | TrafficLeft
  | TrafficRedirected
  | NeedReady
  | StandbyStarted
  | CopyPromoted
  | ServiceReady;

export interface Timeline {
  readonly service: ServiceId;
  readonly lost: readonly DomainId[];
  /** By the moment at which they are done; the last is `serviceReady`. */
  readonly events: readonly TimelineEvent[];
  /** When the last of them is done: the `rtoSeconds` of the outcome. */
  readonly rtoSeconds: number;
  /** The `rpoSeconds` of the outcome: data that the service or what it needs may have lost. */
  readonly rpoSeconds: number;
  /** True where any of the events asks a control plane for something. */
  readonly needsControlPlane: boolean;
}
