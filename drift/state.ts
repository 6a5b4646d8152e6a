/**
 * A state as drift looks at it: what was asked for (inputs) apart from what the cloud has answered (outputs), which an
 * inventory's resource merges. One entry of a state is one record; nothing in it is read before it is compared.
 */
import { isRecord } from "../lib/records";
import { markedSecrets, type MarkedSecrets } from "../inventory/secrets/marked";
import type { KnownSecrets } from "../inventory/secrets/text";
import { plainProperties } from "../inventory/sources/plain";
import { recorded } from "../inventory/sources/record";
import { fromStateExport } from "../inventory/sources/stateExport";
import type { Properties, Resource } from "../inventory/resource";
import type { Urn } from "../model";

export interface StateResource {
  readonly urn: Urn;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** When the engine has made it, ISO 8601; undefined where the state does not tell. */
  readonly created?: string;
  /** When the engine has last made or changed it, ISO 8601; undefined where the state does not tell. */
  readonly modified?: string;
  /** Properties that the program tells the engine to leave as they are; paths as the program writes them. */
  readonly ignoreChanges: readonly string[];
  /** What the engine has marked as secret in it; values that stand open are added to those that are known. */
  readonly marks: (known: KnownSecrets) => MarkedSecrets;
  /** The same resource as the inventory reads it. */
  readonly resource: Resource;
}

export type State = ReadonlyMap<Urn, StateResource>;

/**
 * Reads a state export.
 *
 * @param document the parsed JSON of `pulumi stack export`
 * @throws UserError (DPX401 to DPX404) where it is something else, of another version, or damaged
 */
export function readState(document: unknown): State {
  const live = new Set(fromStateExport(document).map(({ urn }) => urn));
  const state = new Map<Urn, StateResource>();
  for (const entry of entriesOf(document)) {
    const left = entry.delete === true || entry.pendingReplacement === true;
    if (typeof entry.urn === "string" && live.has(entry.urn) && !left) state.set(entry.urn, stateResource(entry));
  }
  return state;
}

/** One entry of a state's list of resources. */
export type Entry = Readonly<Record<string, unknown>>;

/** The entries of a state export that has been read once without a mistake. */
export function entriesOf(document: unknown): readonly Entry[] {
  const deployment = recordAt(document, "deployment");
  const list = deployment.resources;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function stateResource(entry: Entry): StateResource {
  const urn = String(entry.urn);
  const type = String(entry.type);
  const ignored = entry.ignoreChanges;
  let inputs: Properties | undefined;
  let outputs: Properties | undefined;
  return {
    urn,
    type,
    custom: entry.custom === true,
    ...(typeof entry.id === "string" ? { id: entry.id } : {}),
    ...(typeof entry.created === "string" ? { created: entry.created } : {}),
    ...(typeof entry.modified === "string" ? { modified: entry.modified } : {}),
    get inputs() {
      return (inputs ??= plainProperties(entry.inputs));
    },
    get outputs() {
      return (outputs ??= plainProperties(entry.outputs));
    },
    ignoreChanges: Array.isArray(ignored) ? ignored.filter((path): path is string => typeof path === "string") : [],
    marks: (known) => markedSecrets(entry, known),
    resource: recorded({ ...entry, urn, type }),
  };
}

function recordAt(value: unknown, key: string): Entry {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}
