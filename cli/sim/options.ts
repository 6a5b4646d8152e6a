import { InvalidArgumentError } from "commander";
import { isRecord } from "../../lib/records";

/** Where the project is, of every command. */
export interface ProjectOptions {
  readonly project: string;
}

export interface StackOptions extends ProjectOptions {
  /** @default the only one that has a file */
  readonly stack?: string;
}

export interface UpOptions extends StackOptions {
  /** False brings up what the policy pack would refuse. */
  readonly policies: boolean;
  /** True reads the simulated cloud first, so that what was changed behind the engine's back is found. */
  readonly refresh: boolean;
}

export interface PreviewOptions extends UpOptions {
  readonly json: boolean;
}

export interface DownOptions extends StackOptions {
  /** True throws the whole simulated cloud away. */
  readonly force: boolean;
}

export interface ListOptions extends ProjectOptions {
  readonly json: boolean;
}

export interface DriftOptions extends ProjectOptions {
  readonly type?: string;
  readonly place?: string;
  /** True removes the object. */
  readonly remove: boolean;
}

/** What can be lost of the simulated cloud. */
export const placeKinds = ["region", "zone", "cluster"] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** @throws InvalidArgumentError where it is no JSON object */
export function changeOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isRecord(value) && !Array.isArray(value)) return value;
  throw new InvalidArgumentError('It must be a JSON object of settings, such as {"desiredCount":1}.');
}
