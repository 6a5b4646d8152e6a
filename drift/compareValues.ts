/**
 * Compares one resource as it was deployed with the same resource as it is. The outputs decide where the cloud has
 * answered before and after: a provider writes its answers alike every time, while inputs come back from a read in the
 * provider's own spelling (a policy document's blanks, a default that was left out).
 */
import { by } from "../lib/order";
import { UNKNOWN, type Value } from "../inventory/resource";
import { isBookkeeping, isUnordered } from "./artefacts";
import type { PropertyChange } from "./change";
import { meansTheSame } from "./meaning";
import { segments } from "./paths";

interface Sides {
  /** Asked for at the last deployment. */
  readonly asked: Value;
  /** Answered at the last deployment. */
  readonly answered: Value;
  /** As a read says that one would ask for it now. */
  readonly askedNow: Value;
  readonly answeredNow: Value;
}

/** Deeper than any provider's schema. */
const deepest = 100;

/** The properties in which two states of one resource of this type differ, sorted by path. */
export function compareProperties(type: string, sides: Sides): readonly PropertyChange[] {
  if (same(sides.answered, sides.answeredNow) && same(sides.asked, sides.askedNow)) return [];
  const changes: PropertyChange[] = [];
  compareInto(changes, type, "", "", sides, 0);
  return changes.sort(by(({ path }) => path));
}

function compareInto(into: PropertyChange[], type: string, path: string, key: string, sides: Sides, depth: number) {
  if (same(sides.answered, sides.answeredNow) && same(sides.asked, sides.askedNow)) return;
  const from = sides.answered === undefined ? sides.asked : sides.answered;
  const to = toOf(sides);
  if (isObject(from) && isObject(to) && depth < deepest) {
    const keys = new Set(Object.values(sides).flatMap((side: Value) => (isObject(side) ? Object.keys(side) : [])));
    for (const next of keys) {
      if (isBookkeeping(next)) continue;
      const inner = mapSides(sides, (side) => member(side, next));
      compareInto(into, type, pathTo(path, next), next, inner, depth + 1);
    }
    return;
  }
  if (same(from, to) || !isComparable(from, to)) return;
  if (Array.isArray(from) && Array.isArray(to)) {
    compareLists(into, type, path, key, sides, [from as readonly Value[], to as readonly Value[]], depth);
    return;
  }
  if (equal(type, namesOf(path), from, to)) return;
  into.push({ path, from, to, computed: sides.asked === undefined && sides.askedNow === undefined });
}

/**
 * What a provider never answers, before or after, cannot be told to have changed, unless it was asked for and a read
 * says something else. A default that only a read's inputs hold is the provider's, and nobody's change.
 */
function toOf({ asked, answered, askedNow, answeredNow }: Sides): Value {
  if (answered !== undefined || answeredNow !== undefined) return answeredNow;
  return asked === undefined ? undefined : (askedNow ?? asked);
}

function compareLists(
  into: PropertyChange[],
  type: string,
  path: string,
  key: string,
  sides: Sides,
  [from, to]: readonly [readonly Value[], readonly Value[]],
  depth: number,
) {
  const unordered = isUnordered(type, key);
  const names = namesOf(path);
  if (unordered && sameBag(from, to, (one, other) => equal(type, names, one, other))) return;
  const identity = unordered ? identityOf(from, to) : undefined;
  if (identity !== undefined) {
    const found = new Set([...from, ...to].flatMap((item) => nameOf(item, identity) ?? []));
    for (const name of found) {
      const find = (side: Value): Value =>
        Array.isArray(side) ? (side as readonly Value[]).find((item) => nameOf(item, identity) === name) : undefined;
      compareInto(into, type, `${path}[${name}]`, "", mapSides(sides, find), depth + 1);
    }
    return;
  }
  if (!unordered && from.length === to.length) {
    from.forEach((_, index) => {
      const inner = mapSides(sides, (side) => member(side, String(index)));
      compareInto(into, type, `${path}[${index}]`, "", inner, depth + 1);
    });
    return;
  }
  into.push({ path, from, to, computed: sides.asked === undefined && sides.askedNow === undefined });
}

/** The key that names the members of both lists, each by another value. */
const identities = ["name", "key", "regionName", "id", "deviceName", "subnetId"] as const;

function identityOf(from: readonly Value[], to: readonly Value[]): string | undefined {
  return identities.find((key) => [from, to].every((list) => names(list, key)));
}

function nameOf(item: Value, key: string): string | undefined {
  const value = member(item, key);
  return typeof value === "string" ? value : undefined;
}

function names(list: readonly Value[], key: string): boolean {
  const values = list.map((item) => member(item, key));
  return values.every((value) => typeof value === "string") && new Set(values).size === values.length;
}

/** Equal; nothing, null, an empty text and an empty collection are ways to write the same. */
function same(one: Value, other: Value): boolean {
  if (one === other || (isEmpty(one) && isEmpty(other))) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    const others = other as readonly Value[];
    return (one as readonly Value[]).every((item, index) => same(item, others[index]));
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isBookkeeping(key) || same(member(one, key), member(other, key)));
}

/** The members that a path goes through, without the indexes of lists. */
function namesOf(path: string): readonly string[] {
  return segments(path).filter((part) => !/^\d+$/.test(part));
}

/** Equal as it stands or by what it means, at any depth. */
function equal(type: string, names: readonly string[], one: Value, other: Value): boolean {
  if (same(one, other) || meansTheSame(type, names, one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly Value[], other as readonly Value[]];
    const isSame = (first: Value, second: Value) => equal(type, names, first, second);
    if (isUnordered(type, names.at(-1) ?? "")) return sameBag(left, right, isSame);
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (key) => isBookkeeping(key) || equal(type, [...names, key], member(one, key), member(other, key)),
  );
}

function sameBag(
  one: readonly Value[],
  other: readonly Value[],
  isSame: (one: Value, other: Value) => boolean,
): boolean {
  if (one.length !== other.length) return false;
  const left = [...other];
  return one.every((item) => {
    const at = left.findIndex((candidate) => isSame(item, candidate));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A value that only ciphertext holds is written anew by every run: nothing is claimed of it. */
function isComparable(from: Value, to: Value): boolean {
  return from !== UNKNOWN && to !== UNKNOWN;
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(value: Value, key: string): Value {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, Value>>)[key]
    : undefined;
}

function mapSides(sides: Sides, change: (side: Value) => Value): Sides {
  return {
    asked: change(sides.asked),
    answered: change(sides.answered),
    askedNow: change(sides.askedNow),
    answeredNow: change(sides.answeredNow),
  };
}

/** A key with a dot or a bracket in it, such as a label's, is quoted. */
function pathTo(path: string, key: string): string {
  if (/[.[\]"]/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
