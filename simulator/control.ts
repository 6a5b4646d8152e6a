/**
 * The hand behind the engine's back: looks at the simulated cloud, loses and restores places, changes objects, injects
 * failures. Works on the store, so that it reaches provider processes that are running.
 */
import { familyOf, providerNames } from "./catalogue";
import type { ResourceType } from "./engine/resourceType";
import { Refusal } from "./errors";
import { object, type Properties, type Value } from "./engine/values";
import type { Fault, FaultTarget, PlaceKind } from "./store/faults";
import { keyOf, type CloudObject, type ObjectKey } from "./store/object";
import { Store } from "./store/store";

export type { CloudObject, ObjectKey } from "./store/object";
export { type FaultTarget, type PlaceKind } from "./store/faults";

export interface FaultRequest extends FaultTarget {
  /** Number of calls that it is for. @default 1 */
  readonly calls?: number;
  /** Text of the error. A throttled or slow call needs none. */
  readonly error?: string;
  /** True for an answer that says "too fast"; the provider tries such a call again, three times in all. */
  readonly throttle?: boolean;
  /** Milliseconds that the call takes longer. */
  readonly delayMs?: number;
}

export interface Cloud {
  /** Objects, of one type or of all, in the order of type, place and id. */
  list(type?: string): readonly CloudObject[];
  /** Objects that the resource with this URN has made. */
  ofUrn(urn: string): readonly CloudObject[];
  /** Silences a region or a cluster, or takes a zone's capacity away. */
  lose(kind: PlaceKind, name: string): void;
  restore(kind: PlaceKind, name: string): void;
  lost(): readonly { readonly kind: PlaceKind; readonly name: string }[];
  /** Changes settings of one object as somebody at the console would: null removes a setting, objects are merged. */
  drift(key: ObjectKey, change: Properties): CloudObject;
  /** Removes one object without asking who uses it. */
  remove(key: ObjectKey): void;
  /** Makes the next calls fail, be throttled or be slow. */
  fail(request: FaultRequest): void;
  close(): Promise<void>;
}

/** Opens the simulated cloud in a folder; makes it where there is none. */
export function openCloud(folder: string): Cloud {
  const store = new Store(folder);
  return {
    list: (type) => [...store.objects(type)],
    ofUrn: (urn) => store.ofUrn(urn),
    lose: (kind, name) => store.setLost(kind, name, true),
    restore: (kind, name) => store.setLost(kind, name, false),
    lost: () => store.lostPlaces(),
    drift: (key, change) => store.change(() => drift(store, key, change)),
    remove: (key) =>
      store.change(() => {
        store.remove(keyOf(existing(store, key)));
      }),
    fail: (request) => store.addFault(faultOf(request)),
    close: () => store.close(),
  };
}

function existing(store: Store, key: ObjectKey): CloudObject {
  const found = store.get(key);
  if (found) return found;
  throw new Refusal(
    "notFound",
    `The simulated cloud has no ${key.type} ${key.id} in ${key.place}. List its objects first.`,
  );
}

function drift(store: Store, key: ObjectKey, change: Properties): CloudObject {
  const before = existing(store, key);
  const inputs = merged(before.inputs, change);
  const revision = before.revision + 1;
  // Who sets a status by hand has said what the cloud makes of it.
  const followed = "status" in change ? {} : (typeOf(key.type)?.followed?.({ inputs, revision }) ?? {});
  const state = merged(merged(before.state, change), followed);
  const changed: CloudObject = { ...before, inputs, state, revision };
  store.put(changed);
  return changed;
}

function typeOf(token: string): ResourceType | undefined {
  const provider = providerNames.find((name) => token.startsWith(`${name}:`));
  return provider && familyOf(provider).types.find((type) => type.token === token);
}

function merged(properties: Properties, change: Properties): Properties {
  const result: Record<string, Value> = { ...properties };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key];
    else if (typeof value === "object" && !Array.isArray(value))
      result[key] = merged(object(result[key]), object(value));
    else result[key] = value;
  }
  return result;
}

function faultOf({ calls = 1, error, throttle = false, delayMs = 0, ...target }: FaultRequest): Fault {
  const kind = throttle ? "throttle" : error === undefined ? "delay" : "error";
  return { target, kind, message: error, delayMs, remaining: calls };
}
