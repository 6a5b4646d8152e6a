/**
 * The structure function: who stays up when a set of failure domains is lost, from redundancy and from capacity left.
 * Monotone: losing more never helps.
 */
import type { Overload } from "./overload";
import type { DomainId } from "../model/domain";
import type { Estate, Service } from "../model/estate";
import type { ServiceId } from "../model/ids";
import type { Timeline } from "./timeline";

/** `unknown` where the answer hangs on a value that the preview does not know. */
export type Status = "up" | "degraded" | "down" | "unknown";

/** What one service does after one loss. */
export interface Outcome {
  readonly service: ServiceId;
  readonly status: Status;
  /** Share of peak demand served once everything that starts by itself has started, 0..1, pessimistic. */
  readonly share: number;
  /** The same if every unknown turned out well; equal to `share` where nothing is unknown. */
  readonly bestShare: number;
  /** Share served by what was running already, once traffic has left the dead targets, 0..1, pessimistic. */
  readonly immediateShare: number;
  /**
   * Seconds until `share` is served: detection + propagation + start; Infinity where it never is; 0 if nothing was
   * lost.
   */
  readonly rtoSeconds: number;
  /** Data that may be lost, in seconds; 0 where no store was hit. */
  readonly rpoSeconds: number;
  /** True where a step of the recovery is a control-plane action: not statically stable. */
  readonly needsControlPlane: boolean;
  /** The service in the dependency closure that limits it; itself where it is its own capacity. */
  readonly weakest: ServiceId;
  /** Properties that would have to be known; empty unless `status` is `unknown`. */
  readonly missing: readonly string[];
}

export interface CutSet {
  readonly domains: readonly DomainId[];
  /** Only with known values (`broken`), or only if an unknown turns out badly (`unknown`). */
  readonly certainty: "broken" | "unknown";
}

/** Answers about one estate; memoised, so that every policy shares the work. */
export interface Survival {
  readonly estate: Estate;
  /** Outcome of one service when all of these domains are lost together; `[]` is normal operation. */
  outcome(service: ServiceId, lost: readonly DomainId[]): Outcome;
  /** What happens to the service step by step when these are lost together: worked out each time it is asked for. */
  timeline(service: ServiceId, lost: readonly DomainId[]): Timeline;
  /**
   * Domains whose state can matter to the service: those of its closure's replicas and all that they stand in. Sorted.
   */
  relevantDomains(service: ServiceId): readonly DomainId[];
  /**
   * Minimal sets of at most `order` domains whose loss takes the service down; of those kinds only where given. Sorted.
   */
  minimalCutSets(service: ServiceId, order: 1 | 2, kinds?: readonly string[]): readonly CutSet[];
  /**
   * Judges each of these services, for judgements that hang on nothing but how a service fares after its losses, and on
   * its key. Once nothing was found of one, those that fare alike after any loss and have its key are passed over.
   *
   * @param judge what is found of a service; undefined for nothing
   * @param keyOf all else that the judgement hangs on; undefined for a service that is to be judged in any case
   */
  judgeEach<T>(
    services: Iterable<Service>,
    judge: (service: Service) => T | undefined,
    keyOf: (service: Service) => string | undefined,
  ): Iterable<T>;
  /** The answer that is sent more than it carries once these are lost; undefined where none is. */
  overload(service: ServiceId, lost: readonly DomainId[]): Overload | undefined;
  /** Services without which this one cannot serve (hard, no alternative), transitively, itself included. Sorted. */
  closure(service: ServiceId): readonly ServiceId[];
}
