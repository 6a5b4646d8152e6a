/** Desired against actual: which resources, and which of their properties, are not as they were deployed. */
import { by } from "../lib/order";
import type { Urn } from "../model";
import type { PropertyChange, ResourceDrift } from "./change";
import { compareProperties } from "./compareValues";
import { matchesPath } from "./paths";
import { secretsOf, type Secrets } from "./secrets";
import type { State, StateResource } from "./state";

export interface CompareOptions {
  /** Resources that the cloud gave no answer for: nothing is said of them. @default none */
  readonly unread?: ReadonlySet<Urn>;
  /** @default those of both states */
  readonly secrets?: Secrets;
}

/**
 * Compares two states of one stack. Components and providers are left out: neither is an object in a cloud.
 *
 * @returns the drift of each resource that has any, sorted by URN
 */
export function compareStates(desired: State, actual: State, options: CompareOptions = {}): readonly ResourceDrift[] {
  const { unread, secrets = secretsOf(desired, actual) } = options;
  const drifts: ResourceDrift[] = [];
  for (const [urn, before] of desired) {
    if (!isObject(before) || unread?.has(urn) === true) continue;
    const after = actual.get(urn);
    if (after === undefined) drifts.push(whole("gone", before));
    else drifts.push(...changed(before, after, secrets));
  }
  for (const [urn, found] of actual) {
    if (isObject(found) && !desired.has(urn) && unread?.has(urn) !== true) drifts.push(whole("unmanaged", found));
  }
  return drifts.sort(by(({ urn }) => urn));
}

/** Whether a resource is an object in a cloud: no component, and no provider. */
export function isObject({ custom, type }: StateResource): boolean {
  return custom && !type.startsWith("pulumi:");
}

function changed(before: StateResource, after: StateResource, secrets: Secrets): readonly ResourceDrift[] {
  const found = compareProperties(before.type, {
    asked: before.inputs,
    answered: before.outputs,
    askedNow: after.inputs,
    answeredNow: after.outputs,
  });
  if (found.length === 0) return [];
  const all = secrets.hiddenIn(found, before, after);
  const isIgnored = ({ path }: PropertyChange): boolean =>
    before.ignoreChanges.some((pattern) => matchesPath(pattern, path));
  const ignored = all.filter(isIgnored);
  const changes = all.filter((change) => !isIgnored(change));
  return [{ ...identity("changed", before), changes, ignored }];
}

function whole(kind: "gone" | "unmanaged", resource: StateResource): ResourceDrift {
  return { ...identity(kind, resource), changes: [], ignored: [] };
}

function identity<K extends ResourceDrift["kind"]>(kind: K, { urn, type, id }: StateResource) {
  return { kind, urn, type, ...(id === undefined ? {} : { id }) };
}
