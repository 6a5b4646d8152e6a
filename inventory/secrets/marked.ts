/** What the engine has marked as secret in one entry of a state, whether its values are open there or not. */
import { isRecord, type UnknownRecord } from "../../lib/records";
import { secretSignature, signatureKey } from "../sources/plain";
import type { KnownSecrets } from "./text";
import { isSecretFlag } from "./words";

export interface MarkedSecrets {
  /** Whether the place, or what it stands in, is marked. */
  readonly isMarked: (path: readonly string[]) => boolean;
}

/**
 * @param entry of a state's list of resources: its marks in inputs and outputs, and `additionalSecretOutputs`
 * @param known takes the values that stand open in the entry, and the words behind flags such as `--password`
 */
export function markedSecrets(entry: UnknownRecord, known: KnownSecrets): MarkedSecrets {
  const { inputs, outputs, additionalSecretOutputs } = entry;
  const paths: (readonly string[])[] = [];
  const collect = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value) && isMark(value as UnknownRecord)) {
      paths.push(path);
      addTexts(openedValue(value as UnknownRecord), known);
      return;
    }
    // A change of one item is told without what stands before it.
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) if (isSecretFlag(value[index - 1])) addTexts(item, known);
    for (const [key, member] of Object.entries(value)) collect(member, [...path, Array.isArray(value) ? anyItem : key]);
  };
  collect(inputs, []);
  collect(outputs, []);
  for (const name of Array.isArray(additionalSecretOutputs) ? (additionalSecretOutputs as readonly unknown[]) : []) {
    if (typeof name !== "string") continue;
    paths.push([name]);
    for (const side of [inputs, outputs]) if (isRecord(side)) addTexts(side[name], known);
  }
  return {
    isMarked: (path) =>
      paths.some((marked) => marked.every((part, index) => index < path.length && fits(part, path[index]))),
  };
}

/** A list may come back in another order, and drift names its items by a name that they have. */
const anyItem = "*";

function fits(part: string, given: string | undefined): boolean {
  return part === anyItem || part === given;
}

function isMark(value: UnknownRecord): boolean {
  return value[signatureKey] === secretSignature;
}

function openedValue({ plaintext, value }: UnknownRecord): unknown {
  if (typeof plaintext !== "string") return value;
  try {
    return JSON.parse(plaintext);
  } catch {
    return plaintext;
  }
}

function addTexts(value: unknown, known: KnownSecrets): void {
  if (typeof value === "string") known.add(value);
  else if (typeof value === "number") known.add(String(value));
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) addTexts(member, known);
}
