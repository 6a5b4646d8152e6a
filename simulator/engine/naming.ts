/**
 * Names that the provider makes up: the logical name and seven digits of the URN's digest. They are not random, so that
 * a run after a killed one comes to the same name, and a replacement, whose predecessor still holds the name, to the
 * next.
 */
import { createHash } from "node:crypto";
import type { Store } from "../store/store";
import type { Naming, ResourceType } from "./resourceType";
import { at, text, UNKNOWN, withAt, type Properties } from "./values";

/** The key under which a name is held; undefined where two objects may share it. */
function nameKey(
  type: ResourceType,
  naming: Naming,
  inputs: Properties,
  place: string,
  name: string,
): string | undefined {
  return naming.space && `${type.token}|${naming.space(inputs, place)}|${name}`;
}

/** Every name that an object with these inputs holds. */
export function namesOf(type: ResourceType, inputs: Properties, place: string): readonly string[] {
  const name = type.naming && text(at(inputs, type.naming.path));
  const own = type.naming && name !== undefined ? nameKey(type, type.naming, inputs, place, name) : undefined;
  return [
    ...(own === undefined ? [] : [own]),
    ...(type.uniqueness?.(inputs, place) ?? []).map((each) => `${type.token}|${each}`),
  ];
}

/** Inputs with a name: the program's, the one that the object already has, or a new one. */
export function withName(
  type: ResourceType,
  inputs: Properties,
  context: {
    readonly urn: string;
    readonly place: string;
    readonly olds: Properties | undefined;
    readonly store: Store;
  },
): { readonly inputs: Properties; readonly automatic: boolean } {
  const { naming } = type;
  // A name within an object that is not known yet may be there already.
  const isOpen = naming !== undefined && inputs[naming.path.split(".")[0] ?? ""] === UNKNOWN;
  if (!naming?.automatic || isOpen || at(inputs, naming.path) !== undefined) return { inputs, automatic: false };
  const kept = context.olds && text(at(context.olds, naming.path));
  const made = kept ?? freeName(type, naming, inputs, context);
  return { inputs: withAt(inputs, naming.path, made), automatic: true };
}

function freeName(
  type: ResourceType,
  naming: Naming,
  inputs: Properties,
  { urn, place, store }: { readonly urn: string; readonly place: string; readonly store: Store },
): string {
  for (let counter = 0; ; counter++) {
    const name = candidate(naming, inputs, urn, counter);
    const key = nameKey(type, naming, inputs, place, name);
    const holder = key === undefined ? undefined : store.holder(key);
    if (!holder || (!holder.acknowledged && holder.urn === urn)) return name;
  }
}

function candidate(naming: Naming, inputs: Properties, urn: string, counter: number): string {
  const prefix = naming.prefixPath === undefined ? undefined : text(at(inputs, naming.prefixPath));
  const logical = urn.slice(urn.lastIndexOf("::") + 2);
  const stem = prefix ?? `${logical}-`;
  const ending = naming.ending?.(inputs) ?? "";
  const digits = createHash("sha256").update(`${urn}#${counter}`).digest("hex").slice(0, 7);
  // As it is, and never cut: a provider refuses a name that leaves no room for its digits.
  const name = `${stem}${digits}${ending}`;
  return naming.lowerCase ? name.toLowerCase() : name;
}

/** True where a name looks as one of ours for that URN: a replacement will then get another. */
export function isAutomatic(naming: Naming, inputs: Properties, urn: string): boolean {
  const name = text(at(inputs, naming.path));
  if (!naming.automatic || name === undefined) return false;
  for (let counter = 0; counter < 64; counter++) if (candidate(naming, inputs, urn, counter) === name) return true;
  return false;
}
