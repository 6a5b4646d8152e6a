/** Which values of a state or plan are encrypted: they are judged as not known, and a reader should know which. */

import { signatureKey } from "../../inventory/sources/plain";
import { named } from "../../report/figures";

/** At most so many are named; the number of the rest is said. */
const mostNamed = 10;

/**
 * Begin of the key by which the engine marks a value as a secret. No more of it: V8 looks for a pattern of up to six
 * characters many times as fast as for a longer one, and a large document mostly holds none.
 */
const beginOfMark = signatureKey.slice(0, 6);

/** Sentences that name the encrypted values of a document; empty where there are none. */
export function encryptedNotes(encrypted: readonly string[]): readonly string[] {
  const names = [...new Set(encrypted)].sort();
  if (names.length === 0) return [];
  const subject = names.length === 1 ? "1 value is" : `${names.length} values are`;
  return [
    `${subject} encrypted and taken as not known: ${named(names, mostNamed)}. \`pulumi stack export ` +
      `--show-secrets\` opens them.`,
  ];
}

/**
 * Names of the encrypted values of a document or of a list of resources, `<urn>.<property path>`.
 *
 * @param text that it was parsed from: without the engine's mark in it there is nothing to look for
 */
export function encryptedNames(document: unknown, text: string): readonly string[] {
  return text.includes(beginOfMark) ? [...encryptedValues(document)] : [];
}

/** An object or a list of the document, below another. */
interface Visit {
  readonly value: object;
  /** Undefined of the whole document. */
  readonly up: Visit | undefined;
  readonly key: string | number;
}

/** Walks with a stack of its own, for a document may nest deeply. */
function* encryptedValues(document: unknown): Generator<string> {
  const left: Visit[] = [];
  const add = (value: unknown, up: Visit | undefined, key: string | number): void => {
    if (typeof value === "object" && value !== null) left.push({ value, up, key });
  };
  add(document, undefined, "");
  for (let visit = left.pop(); visit !== undefined; visit = left.pop()) {
    const { value } = visit;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) add(item, visit, index);
      continue;
    }
    const object = value as Readonly<Record<string, unknown>>;
    if (typeof object["ciphertext"] === "string" && object["plaintext"] === undefined) {
      const name = nameOf(visit);
      if (name !== undefined) yield name;
      continue;
    }
    for (const key of Object.keys(object)) add(object[key], visit, key);
  }
}

/** Undefined of what belongs to no resource. */
function nameOf(visit: Visit): string | undefined {
  let path = "";
  for (let { up, key } = visit; up !== undefined; { up, key } = up) {
    const urn = "urn" in up.value ? up.value.urn : undefined;
    const isResource = typeof urn === "string" && urn.startsWith("urn:");
    // Inputs and outputs hold the same properties: one name for both.
    if (isResource && (key === "inputs" || key === "outputs")) return `${urn}${path}`;
    path = typeof key === "number" ? `[${key}]${path}` : `.${key}${path}`;
    if (isResource) return `${urn}${path}`;
  }
  return undefined;
}
