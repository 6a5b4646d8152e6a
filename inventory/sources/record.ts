/**
 * A resource whose properties are made plain only when a reader looks: most resources of a large state place nothing
 * and are never looked into.
 */
import { isDeepStrictEqual } from "node:util";
import type { Urn } from "../../model";
import type { Properties, Resource, SourcePosition, Value } from "../resource";
import { callOf, positionOf } from "./position";
import { define, plain, plainProperties, signatureKey } from "./plain";
import { isUrn, nameOfUrn, urnOfProviderReference } from "./urn";
import { isRecord } from "../../lib/records";

/** What a state, a plan and a registration have in common; every field but the first two may be missing or wrong. */
export interface ResourceRecord {
  readonly urn: Urn;
  readonly type: string;
  readonly custom?: unknown;
  readonly id?: unknown;
  readonly parent?: unknown;
  readonly provider?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly dependencies?: unknown;
  readonly propertyDependencies?: unknown;
  readonly sourcePosition?: unknown;
  readonly stackTrace?: unknown;
  readonly aliases?: unknown;
}

/** True for what has the two fields by which a record is told; the others are looked at when they are read. */
export function isResourceRecord(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & ResourceRecord {
  return isUrn(value.urn) && typeof value.type === "string";
}

const noUrns: readonly Urn[] = [];

class RecordedResource implements Resource {
  readonly urn: Urn;
  readonly type: string;
  readonly #record: ResourceRecord;
  #provider: Urn | undefined;
  #properties: Properties | undefined;
  #propertyDependencies: Readonly<Record<string, readonly Urn[]>> | undefined;

  constructor(record: ResourceRecord) {
    this.#record = record;
    this.urn = record.urn;
    this.type = record.type;
  }

  get name(): string {
    return nameOfUrn(this.urn);
  }

  get parent(): Urn | undefined {
    return isUrn(this.#record.parent) ? this.#record.parent : undefined;
  }

  get provider(): Urn | undefined {
    const reference = this.#record.provider;
    if (this.#provider === undefined && isUrn(reference)) this.#provider = urnOfProviderReference(reference);
    return this.#provider;
  }

  get custom(): boolean {
    return this.#record.custom === true;
  }

  get id(): Value {
    const value = plain(this.#record.id);
    return value === "" ? undefined : value;
  }

  get position(): SourcePosition | undefined {
    return positionOf(callOf(this.#record));
  }

  get aliases(): readonly Urn[] | undefined {
    const list = this.#record.aliases;
    return Array.isArray(list) && list.length > 0 ? list.filter(isUrn) : undefined;
  }

  get properties(): Properties {
    this.#properties ??= merge(plainProperties(this.#record.inputs), plainProperties(this.#record.outputs));
    return this.#properties;
  }

  get propertyDependencies(): Readonly<Record<string, readonly Urn[]>> {
    this.#propertyDependencies ??= urnLists(this.#record.propertyDependencies);
    return this.#propertyDependencies;
  }

  get dependencies(): readonly Urn[] {
    const list = this.#record.dependencies;
    return Array.isArray(list) && list.length > 0 ? list.filter(isUrn) : noUrns;
  }
}

/** Makes a resource of a record, outputs over inputs. */
export function recorded(record: ResourceRecord): Resource {
  return new RecordedResource(record);
}

/** Inputs as the engine keeps them, for its own use: which of them are defaults. */
const engineKey = "__defaults";

/** Outputs, with what a provider left out of them: an answer of null or nothing has not taken an input back. */
function merge(inputs: Properties, outputs: Properties): Properties {
  let all: Record<string, Value> | undefined;
  for (const key of Object.keys(inputs)) {
    if (key === engineKey || (Object.hasOwn(outputs, key) && outputs[key] !== null && outputs[key] !== undefined))
      continue;
    // Most answers hold every input: then nothing has to be copied.
    all ??= { ...outputs };
    Object.defineProperty(all, key, { value: inputs[key], enumerable: true, configurable: true, writable: true });
  }
  return all ?? outputs;
}

/**
 * Outputs without those that say nothing, and the inputs that none of them stands for: they make the same properties.
 */
export function compactProperties({ inputs, outputs }: ResourceRecord): Pick<ResourceRecord, "inputs" | "outputs"> {
  if (!isRecord(inputs) || !isRecord(outputs)) return { inputs, outputs };
  const said: Record<string, unknown> = {};
  for (const key in outputs) {
    const value = outputs[key];
    if (value !== null) define(said, key, value);
  }
  // All tags are the resource's own, unless its provider adds some.
  if (said.tags !== undefined && isDeepStrictEqual(said.tags, said.tagsAll)) said.tagsAll = said.tags;
  const left: Record<string, unknown> = {};
  for (const key of Object.keys(inputs)) {
    if (key !== engineKey && !(Object.hasOwn(said, key) && isPlainly(said[key]))) define(left, key, inputs[key]);
  }
  return { inputs: left, outputs: said };
}

/** True of what is something for certain: what the engine has marked may turn out to be nothing. */
function isPlainly(value: unknown): boolean {
  return typeof value !== "object" || value === null || !Object.hasOwn(value, signatureKey);
}

function urnLists(value: unknown): Readonly<Record<string, readonly Urn[]>> {
  if (typeof value !== "object" || value === null) return {};
  if (areUrnLists(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > 0)
      .map(([key, list]) => [key, list.filter(isUrn)]),
  );
}

/** True of what needs no copy, as a state's nearly always does. */
function areUrnLists(value: object): value is Readonly<Record<string, readonly Urn[]>> {
  return (
    !Array.isArray(value) &&
    Object.values(value).every((list) => Array.isArray(list) && list.length > 0 && list.every(isUrn))
  );
}
