/** Failures that were asked for: lost places, and calls that are to fail, to be throttled or to be slow. */

export const placeKinds = ["region", "zone", "cluster"] as const;
export type PlaceKind = (typeof placeKinds)[number];

export const operations = ["create", "read", "update", "delete"] as const;
export type Operation = (typeof operations)[number];

/** Which calls a fault is for. What is left out matches all. */
export interface FaultTarget {
  /** Type token, or a part of one such as `ec2/`. */
  readonly type?: string;
  /** URN, or a part of one. */
  readonly urn?: string;
  readonly operation?: Operation;
  readonly place?: string;
}

export interface Fault {
  readonly target: FaultTarget;
  readonly kind: "error" | "throttle" | "delay";
  /** Text of the error. */
  readonly message?: string;
  /** Milliseconds that the call takes longer. @default 0 */
  readonly delayMs?: number;
  /** Calls that it is still for. */
  readonly remaining: number;
}

export interface Call {
  readonly type: string;
  readonly urn: string;
  readonly operation: Operation;
  readonly place: string;
}

export function matches(target: FaultTarget, call: Call): boolean {
  return (
    (target.type === undefined || call.type.includes(target.type)) &&
    (target.urn === undefined || call.urn.includes(target.urn)) &&
    (target.operation === undefined || target.operation === call.operation) &&
    (target.place === undefined || target.place === call.place)
  );
}
