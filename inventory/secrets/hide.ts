/**
 * Properties without what is secret in them: by the mark of the engine, by the vendor's schema, by their place, by
 * their name, or by what they are. What is hidden is not known to whoever prints it, and cannot be printed by mistake.
 */
import { isRecord } from "../../lib/records";
import { UNKNOWN, type Value } from "../resource";
import { holdsSecret, secretText, type KnownSecrets } from "./text";
import vendor from "./vendor.json";
import { isPlainSecretName, isSecretFlag, isSecretHeader, isSecretName } from "./words";

/** Where a value stands, and what is known of the resource that it is a part of. */
export interface SecretPlace {
  readonly type: string;
  /** Members from the resource to the value; of a list's item its index or name. */
  readonly path: readonly string[];
  /** Whether the state marks what stands there as secret. */
  readonly isMarked: (path: readonly string[]) => boolean;
  readonly known: KnownSecrets;
}

/** The value with `UNKNOWN` in the place of every secret; the same where there is none. */
export function withoutSecrets(value: Value, place: SecretPlace): Value {
  return isSecretPlace(place) ? masked(value) : visit(value, place);
}

function visit(value: Value, place: SecretPlace): Value {
  if (place.isMarked(place.path)) return masked(value);
  if (typeof value === "string") return hiddenText(value, place);
  if (typeof value === "number" || typeof value === "boolean") {
    const isSecret = typeof value === "number" && isPlainSecretName(place.path.at(-1) ?? "");
    return isSecret ? UNKNOWN : value;
  }
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    return list.map((item, index) => {
      // The word behind a flag: `--password`, `x`.
      return isSecretFlag(list[index - 1]) && typeof item === "string" ? UNKNOWN : inner(item, place, String(index));
    });
  }
  if (typeof value !== "object" || value === null) return value;
  const object = value as { readonly [key: string]: Value };
  const named = nameIn(object);
  const isSecretPair =
    named !== undefined && (isSecretName(named) || (isInHeaders(place.path) && isSecretHeader(named)));
  return Object.fromEntries(
    Object.entries(object).map(([key, member]): [string, Value] => [
      key,
      isSecretPair && valueKeys.has(key) ? masked(member) : inner(member, place, key),
    ]),
  );
}

function inner(value: Value, place: SecretPlace, key: string): Value {
  const below = { ...place, path: [...place.path, key] };
  return isOwnSecret(below) ? masked(value) : visit(value, below);
}

/** Everything in it but what nothing can be told from: whether it is there, and which members it has. */
function masked(value: Value): Value {
  if (value === undefined || value === null || value === "" || typeof value === "boolean") return value;
  if (!isRecord(value)) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, member]): [string, Value] => [key, masked(member)]));
}

/** Pairs of a name and a value, as lists of variables, headers and parameters hold them. */
const nameKeys = ["name", "key", "parameterName", "headerName", "header", "Name", "Key"] as const;
const valueKeys: ReadonlySet<string> = new Set(["value", "values", "parameterValue", "headerValue", "Value"]);

function nameIn(value: { readonly [key: string]: Value }): string | undefined {
  for (const key of nameKeys) {
    const name = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof name === "string") return name;
  }
  return undefined;
}

/** What stands below such a name, or of whatever this is a part. */
function isSecretPlace(place: SecretPlace): boolean {
  return place.path.some((_, index) => isOwnSecret({ ...place, path: place.path.slice(0, index + 1) }));
}

const vendorSecrets: Readonly<Record<string, readonly string[] | undefined>> = {
  ...vendor,
  "random:index/randomPassword:RandomPassword": ["result", "bcryptHash"],
};
const kubernetesSecret = /^kubernetes:core\/v1:Secret(?:Patch|List)?$/;
const secretFields: ReadonlySet<string> = new Set(["data", "stringData", "binaryData"]);

/** Whether the last member of the path is a secret's. */
function isOwnSecret({ type, path }: SecretPlace): boolean {
  const name = path.at(-1) ?? "";
  if (path.length === 1 && vendorSecrets[type]?.includes(name) === true) return true;
  if (kubernetesSecret.test(type) && secretFields.has(path[0] ?? "") && path.length === 1) return true;
  if (isInReference(path)) return false;
  return isSecretName(name) || isVariable(path) || (isInHeaders(path.slice(0, -1)) && isSecretHeader(name));
}

/** `secretKeyRef.name`, `valueFrom`: where a secret is kept. */
function isInReference(path: readonly string[]): boolean {
  return path.some((part) => /(?:Ref|Reference|valueFrom|ValueFrom|imagePullSecrets|secretName)$/.test(part));
}

/** Environments of processes: what is a setting in them, and what a password, only who reads them knows. */
const environments: ReadonlySet<string> = new Set([
  ...["env", "envs", "environment", "environments", "environmentVariables", "envVars", "environmentVariable"],
]);
const wordsOnThings: ReadonlySet<string> = new Set(["tags", "tagsAll", "labels", "annotations", "matchLabels"]);

/** `env[2].value`, `environment.variables.X`, `environmentVariables.X`, `environment.X`. */
function isVariable(path: readonly string[]): boolean {
  const at = path.findIndex((part) => environments.has(part));
  if (at < 0 || at === path.length - 1 || path.some((part) => wordsOnThings.has(part))) return false;
  const below = path.slice(at + 1).filter((part) => !/^\d+$/.test(part));
  const name = path.at(-1) ?? "";
  // An item of a list of texts: `A=b`.
  if (below.length === 0) return path[at] !== "environments";
  if (["name", "key", "type"].includes(name)) return false;
  if (name === "value" || below.slice(0, -1).some((part) => /^(?:variables|environmentVariables)$/.test(part)))
    return true;
  return below.length === 1 && (/^[A-Z_][A-Z0-9_]*$/.test(name) || path[at] !== "environment");
}

function isInHeaders(path: readonly string[]): boolean {
  return path.some((part) => /headers?$/i.test(part));
}

/** A text that is a secret, or a document in JSON without those in it. */
function hiddenText(text: string, place: SecretPlace): Value {
  const isKnown = place.known.isIn(text);
  const document = isJsonText(text) ? parsed(text) : undefined;
  if (document !== undefined && !isKnown) {
    const hidden = visit(document, place);
    const told = JSON.stringify(hidden, (_, member: unknown) => (member === UNKNOWN ? secretText : member));
    return told === JSON.stringify(document) ? text : told;
  }
  return isKnown || holdsSecret(text) ? UNKNOWN : text;
}

function isJsonText(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
