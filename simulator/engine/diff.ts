/** Which inputs changed, and whether the object can be changed in place. */
import type { ResourceType } from "./resourceType";
import { equal, isAsset, isList, isObject, pathText, type Path, type Properties, type Value } from "./values";

export interface Change {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** Changes of the inputs from old to new, sorted by path. A value that is not known yet counts as changed. */
export function changesOf(
  type: ResourceType,
  before: Properties,
  after: Properties,
  flags: ReadonlySet<string>,
): readonly Change[] {
  const sets = new Set(type.sets ?? []);
  return [...compare(before, after, [], sets)]
    .map((change) => ({ ...change, replaces: replaces(type, change.path, flags) }))
    .sort((left, right) => (pathText(left.path) < pathText(right.path) ? -1 : 1));
}

type Difference = Omit<Change, "replaces">;

function* compare(
  before: Value | undefined,
  after: Value | undefined,
  path: Path,
  sets: ReadonlySet<string>,
): Generator<Difference> {
  if (absent(before) && absent(after)) return;
  if (absent(before)) yield { path, kind: "add" };
  else if (absent(after)) yield { path, kind: "delete" };
  else if (isObject(before) && isObject(after) && !isAsset(before) && !isAsset(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* compare(before[key], after[key], [...path, key], sets);
    }
  } else if (isList(before) && isList(after)) {
    if (sets.has(String(path[0])) && path.length === 1) {
      if (!equal(sorted(before), sorted(after))) yield { path, kind: "update" };
    } else {
      for (let index = 0; index < Math.max(before.length, after.length); index++) {
        yield* compare(before[index], after[index], [...path, index], sets);
      }
    }
  } else if (!equal(before, after)) yield { path, kind: "update" };
}

function absent(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

function sorted(values: readonly Value[]): readonly Value[] {
  return [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

/** True where the path, one above it, or one below it, is one that a new object is made for. */
function replaces(type: ResourceType, path: Path, flags: ReadonlySet<string>): boolean {
  const steps = path.map(String);
  const meets = (pattern: string): boolean => {
    const wanted = pattern.split(".");
    const shared = Math.min(wanted.length, steps.length);
    return wanted.slice(0, shared).every((step, index) => step === "*" || step === steps[index]);
  };
  if (type.replaceOn === "all") return !(type.updatable ?? []).some(meets);
  const isMutable = type.mutableWith !== undefined && flags.has(type.mutableWith) && path[0] !== "metadata";
  return !isMutable && type.replaceOn.some(meets);
}
