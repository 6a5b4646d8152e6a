/** Reserve: what share of peak demand is left after a loss, by the services' own capacity. */
import { byText } from "../../lib/order";
import type { DomainId, Service } from "../../model";
import type { Outcome } from "../../survival";
import { survivalInIsolation } from "./isolation";
import type { PolicyContext } from "../policy";

/** Rounding in sums of capacity must not refuse a share that is exactly enough. */
const tolerance = 1e-9;

/** Whether a share of peak is less than it has to be. */
export function isShort(share: number, least: number): boolean {
  return share + tolerance < least;
}

/** Share of peak that a service promises to serve after a loss. @default 1, full strength */
export function leastShareOf(service: Service): number {
  return service.objectives?.leastShare ?? 1;
}

export interface Shortfall {
  readonly lost: readonly DomainId[];
  readonly outcome: Outcome;
  /** Best share that is left; the shortfall holds even if every unknown turns out well. */
  readonly share: number;
}

/**
 * The shortfall after a loss, if there is one: something is left, and it is too little. What leaves nothing is a matter
 * of concentration. A service that a dependency drags down is judged by its own replicas, so that too small a site is
 * seen even where the data behind it is lost as well.
 */
export function shortfall(context: PolicyContext, service: Service, lost: readonly DomainId[]): Shortfall | undefined {
  const whole = context.survival.outcome(service.id, lost);
  const outcome = whole.bestShare > 0 ? whole : survivalInIsolation(context).outcome(service.id, lost);
  const share = outcome.bestShare;
  if (share <= 0 || !isShort(share, leastShareOf(service))) return undefined;
  return { lost, outcome, share };
}

/** The worst first; of equals the first by name. */
export function byShare(a: Shortfall, b: Shortfall): number {
  return a.share - b.share || byText(a.lost.join(), b.lost.join());
}
