/** Marks by which the engine's protocol tells special values (sdk/go/common/resource/properties.go of pulumi). */
import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "./protobuf";

/** A value of the wire: JSON, in which some texts and keys have a meaning. */
export type Wire = null | boolean | number | string | readonly Wire[] | WireObject;
export interface WireObject {
  readonly [key: string]: Wire;
}

/** Stands for a value that is not known in a preview. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The properties of a message; an absent message has none. */
export function fromStruct(struct: StructMessage | undefined): WireObject {
  return struct?.toJavaScript() ?? {};
}

/** The message for properties. */
export function toStruct(properties: WireObject): StructMessage {
  return Struct.fromJavaScript(properties);
}

export function isWireObject(value: Wire | undefined): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an object that the protocol marks as something else: a secret, an asset, a reference. */
export function isMarked(value: Wire | undefined): boolean {
  return isWireObject(value) && signatureKey in value;
}

export function isSecret(value: Wire | undefined): value is WireObject {
  return isWireObject(value) && value[signatureKey] === secretSignature;
}

/** A value without the mark that calls it secret. */
export function revealed(value: Wire | undefined): Wire | undefined {
  return isSecret(value) ? revealed(value["value"]) : value;
}

/** A text that is known, or undefined. */
export function knownText(value: Wire | undefined): string | undefined {
  const open = revealed(value);
  return typeof open === "string" && open !== "" && open !== unknownText ? open : undefined;
}
