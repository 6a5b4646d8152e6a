/** Resources as a program registers them with the engine's protocol, recorded without an engine. */
import type { Urn } from "../../model";
import type { Resource } from "../resource";
import { recorded } from "./record";

/** One registration: the request's fields, and what the program published or the recorder answered as outputs. */
export interface Registration {
  readonly urn: Urn;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent?: Urn;
  /** URN of the provider, with or without `::<id>`. */
  readonly provider?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly propertyDependencies?: Readonly<Record<string, readonly Urn[]>>;
  readonly dependencies?: readonly Urn[];
}

/** The resources of a recorded program; values to come are marked as in the engine's protocol, or left out. */
export function fromRegistrations(list: readonly Registration[]): readonly Resource[] {
  return list.map((registration) => recorded(registration));
}
