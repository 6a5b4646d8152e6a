/** An object of the simulated cloud, as the store keeps it. */
import type { Path, Properties } from "../engine/values";

export interface CloudObject {
  /** Type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Region, cluster, or `global`. */
  readonly place: string;
  /** Provider's id; unique per type and place. */
  readonly id: string;
  /** URN of the resource that made it; what adoption after a killed run goes by. */
  readonly urn: string;
  /**
   * True once the engine has shown that it knows the id. An object that nobody knows of is what a killed run leaves
   * behind; the next creation for the same URN takes it over.
   */
  readonly acknowledged: boolean;
  /** Settings, as somebody asked for them: the engine, or a hand behind its back. */
  readonly inputs: Properties;
  /** Settings and all that the cloud itself has set. */
  readonly state: Properties;
  readonly secrets: readonly Path[];
  /** Number in order of creation; unique in the store. */
  readonly serial: number;
  /** Grows by one with each change. */
  readonly revision: number;
  readonly zone?: string;
  /** Names that no second object may take, each with the space in which it is unique. */
  readonly names: readonly string[];
  /** Other values by which objects refer to it (ARNs, names). */
  readonly handles: readonly string[];
  readonly uses: readonly Use[];
}

/** That one object stands on another. */
export interface Use {
  readonly target: ObjectKey;
  /**
   * `holds` keeps the target from being deleted; `dies` goes with it (what is in a namespace); `needs` does neither.
   */
  readonly bond: "holds" | "dies" | "needs";
}

export interface ObjectKey {
  readonly type: string;
  readonly place: string;
  readonly id: string;
}

/** Identity of an object, apart from its content. */
export function keyOf(object: ObjectKey): ObjectKey {
  return { type: object.type, place: object.place, id: object.id };
}

export function sameKey(left: ObjectKey, right: ObjectKey): boolean {
  return left.type === right.type && left.place === right.place && left.id === right.id;
}

/** A handle by which objects in every place refer to one. ARNs are such by themselves. */
export function anywhere(value: string): string {
  return value.startsWith("arn:") ? value : `*:${value}`;
}
