import type { Route, RouteTarget } from "../model/estate";

/** An answer that is sent more than what stands behind it carries. */
export interface Overload {
  readonly route: Route;
  readonly target: RouteTarget;
  /** Requests per second that its weight sends it at peak. */
  readonly sentRps: number;
  /** Requests per second that what is behind it carries. */
  readonly carriedRps: number;
  /** Share of the peak that the name's answers serve together, 0..1. */
  readonly share: number;
}
