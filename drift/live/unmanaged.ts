/**
 * Objects that bear the words of a critical service, and that no state holds. None of them helps the survival that the
 * code promises: what is in no program is made anew by none, and is not judged either.
 */
import { by } from "../../lib/order";
import type { InventoryOptions } from "../../inventory/options";
import type { Value } from "../../inventory/resource";
import { identifiersOf } from "../../inventory/stack";
import { field, items, text } from "../../inventory/values";
import { labelKeys, tagKeys, tiers, type Estate, type Tier } from "../../model";
import type { ResourceDrift } from "../change";
import type { State, StateResource } from "../state";
import { kubernetesName } from "./kubernetesObjects";
import type { ListedObject, LiveRecord } from "./record";

/** An object that a stack does not hold, and that is its own or nobody's by the words on it. */
export interface ClaimedObject {
  /** What the object is called in any stack of the run: see `ListedObject.key`. */
  readonly key: string;
  /** False where it names no service of this stack: then it is the stack's only where no other says otherwise. */
  readonly isOwn: boolean;
  /** Whether it names a service at all. */
  readonly namesService: boolean;
  readonly drift: ResourceDrift;
}

/** What one stack says of the listed objects. Of several stacks an object is unmanaged where none holds it. */
export interface StackObjects {
  /** Keys of those that it holds, or has made. Sorted. */
  readonly held: readonly string[];
  /** Sorted by key. */
  readonly claimed: readonly ClaimedObject[];
}

/** Keys by which other people say which service an object belongs to; see inventory/identity.ts. */
const serviceKeys = [
  tagKeys.service,
  labelKeys.service,
  "Service",
  "service",
  "Application",
  "application",
  "app.kubernetes.io/part-of",
  "app.kubernetes.io/name",
  "app",
] as const;

export function objectsOf(
  states: readonly State[],
  records: readonly LiveRecord[],
  deployed: Estate,
  { tierNames = {} }: InventoryOptions,
): StackObjects {
  const all = records.filter((record): record is ListedObject => record.kind === "object");
  const tierNamed = (word: string | undefined): Tier | undefined =>
    word !== undefined && Object.hasOwn(tierNames, word)
      ? tierNames[word]
      : tiers.find((tier) => tier === word?.toLowerCase());
  const tierOf = new Map(deployed.services.map(({ id, tier }) => [id, tier]));
  const objects = new Map<string, ListedObject & { readonly service?: string }>();
  for (const object of all) {
    const service = serviceKeys.flatMap((key) => object.words[key] ?? [])[0];
    const tier = tierNamed(object.words[tagKeys.tier] ?? object.words[labelKeys.tier]);
    const isCritical = tier === "critical" || (service !== undefined && tierOf.get(service) === "critical");
    if (isCritical) objects.set(object.key, { ...object, ...(service === undefined ? {} : { service }) });
  }
  if (objects.size === 0) return { held: [], claimed: [] };
  const known = namesIn(states, new Set([...objects.values()].flatMap(({ names }) => names)));
  const [held, claimed]: [string[], ClaimedObject[]] = [[], []];
  const prefix = prefixOf(states);
  for (const [key, object] of [...objects].sort(by(([key]) => key))) {
    const { service, names, type, id } = object;
    if (names.some((name) => known.has(name))) held.push(key);
    else
      claimed.push({
        key,
        isOwn: service !== undefined && tierOf.has(service),
        namesService: service !== undefined,
        drift: {
          ...{ kind: "unmanaged", type, changes: [], ignored: [] },
          // Two clusters and two regions may have objects of one name; an ARN is one object's alone.
          urn: `${prefix}::${type}::${key.startsWith("arn:") || id === undefined ? key : id}`,
          ...(id === undefined ? {} : { id }),
        },
      });
  }
  return { held, claimed };
}

/** Of a stack that is looked at by itself: what names another's service is that other stack's to tell of. */
export function unmanagedInStack({ claimed }: StackObjects): readonly ResourceDrift[] {
  return claimed.filter(({ isOwn, namesService }) => isOwn || !namesService).map(({ drift }) => drift);
}

function prefixOf(states: readonly State[]): string {
  const [first = ""] = states[0]?.keys() ?? [];
  return first.split("::").slice(0, 2).join("::");
}

/** Which of these texts stand in a state: as what a resource is called, or in what a cloud has answered of it. */
function namesIn(states: readonly State[], wanted: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (name: string): void => {
    if (wanted.has(name)) found.add(name);
  };
  for (const one of states.flatMap((state) => [...state.values()])) {
    if (!one.custom || one.type.startsWith("pulumi:")) continue;
    identifiersOf(one.resource).forEach(note);
    kubernetesNamesOf(one).forEach(note);
    // What an input names may be anybody's; what only the answer names, the resource has made or was given with it.
    for (const [key, value] of Object.entries(one.outputs)) {
      if (!Object.hasOwn(one.inputs, key)) eachText(value, note);
    }
  }
  return found;
}

function kubernetesNamesOf({ type, id, outputs }: StateResource): readonly string[] {
  if (!type.startsWith("kubernetes:")) return [];
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (kind === "Release") {
    const [name, namespace] = ["name", "namespace"].map((key) => text(field(outputs, key)));
    return name === undefined ? [] : [kubernetesName(kind, `${namespace ?? "default"}/${name}`)];
  }
  return id === undefined ? [] : [kubernetesName(kind, id)];
}

/** Deeper than any provider's answer. */
const deepest = 20;

function eachText(value: Value, note: (text: string) => void, depth = 0): void {
  if (typeof value === "string") note(value);
  if (typeof value !== "object" || value === null || depth > deepest) return;
  const members = Array.isArray(value) ? items(value) : Object.values(value as Readonly<Record<string, Value>>);
  for (const member of members) eachText(member, note, depth + 1);
}
