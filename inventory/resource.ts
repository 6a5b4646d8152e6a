/**
 * A resource as every source gives it (a policy run, a state export, a preview's plan, rendered manifests): plain data
 * in which a value that is not known yet is the marker `UNKNOWN`. Unknown values are caught here, once, per property.
 */
import type { Urn } from "../model";

/** Stands for a value that a preview does not know yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");

export type Value =
  null | undefined | boolean | number | string | typeof UNKNOWN | readonly Value[] | { readonly [key: string]: Value };

export type Properties = Readonly<Record<string, Value>>;

/** Where a program makes a resource. */
export interface SourcePosition {
  /** Relative to the project's folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Resource {
  readonly urn: Urn;
  /** Type token, such as `aws:ec2/subnet:Subnet` or `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Logical name: the last part of the URN. */
  readonly name: string;
  readonly parent?: Urn;
  /** URN of the explicit or default provider, without its id. */
  readonly provider?: Urn;
  /** False for components. */
  readonly custom: boolean;
  /** Provider's id of the object; UNKNOWN or undefined before it exists. */
  readonly id?: Value;
  /** Outputs over inputs; for a component what it published by `registerOutputs`. */
  readonly properties: Properties;
  /** Which resources each property was made from; known in a preview even when the values are not. */
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
  /**
   * Properties that somebody has changed behind the engine's back: what they name now, their edges do not know.
   * @default none
   */
  readonly drifted?: ReadonlySet<string>;
  /** @default the source does not tell it */
  readonly position?: SourcePosition | undefined;
  /** URNs that it had before. @default the source tells none */
  readonly aliases?: readonly Urn[] | undefined;
  /** All resources that it was declared to depend on. */
  readonly dependencies: readonly Urn[];
}
