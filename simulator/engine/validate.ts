/**
 * Checks inputs against the vendor's own declarations: what is missing, what does not exist, what has the wrong type.
 */
import { failure, type InputFailure } from "../errors";
import type { ObjectSchema, PropertyType, ProviderSchema } from "../schema/schema";
import { isAsset, isList, isObject, pathText, UNKNOWN, type Path, type Properties, type Value } from "./values";

/** All mistakes at once, in the order of the properties. */
export function validate(schema: ProviderSchema, token: string, inputs: Properties): readonly InputFailure[] {
  const resource = schema.resources[token];
  return resource ? [...objectFailures(schema, resource, inputs, [])] : [];
}

function* objectFailures(
  schema: ProviderSchema,
  shape: ObjectSchema,
  value: Properties,
  path: Path,
): Generator<InputFailure> {
  for (const key of shape.required) {
    if (value[key] !== undefined && value[key] !== null) continue;
    const property = pathText([...path, key]);
    yield failure("missing", property, `${property} is required and was not given. Give ${property}.`);
  }
  for (const [key, child] of Object.entries(value)) {
    const type = shape.fields[key];
    const property = pathText([...path, key]);
    if (type === undefined) {
      const near = nearest(key, Object.keys(shape.fields));
      const fix = near ? `Write ${near}, or remove it.` : "Remove it.";
      yield failure("unknownProperty", property, `${property} is not a property here. ${fix}`);
    } else {
      yield* valueFailures(schema, type, child, [...path, key]);
    }
  }
}

function* valueFailures(schema: ProviderSchema, type: PropertyType, value: Value, path: Path): Generator<InputFailure> {
  if (value === UNKNOWN || value === null) return;
  if (typeof type === "string" && type.startsWith("#")) {
    const shape = schema.types[type.slice(1)];
    if (!shape) return;
    if (isObject(value)) yield* objectFailures(schema, shape, value, path);
    else yield wrongType(path, "an object", value);
  } else if (typeof type !== "string" && "list" in type) {
    if (!isList(value)) yield wrongType(path, "a list", value);
    else for (const [index, each] of value.entries()) yield* valueFailures(schema, type.list, each, [...path, index]);
  } else if (typeof type !== "string") {
    if (!isObject(value)) yield wrongType(path, "a map", value);
    else for (const [key, each] of Object.entries(value)) yield* valueFailures(schema, type.map, each, [...path, key]);
  } else if (!fits(type, value)) {
    yield wrongType(path, described[type] ?? `a ${type}`, value);
  }
}

const described: Readonly<Record<string, string>> = {
  asset: "an asset or an archive",
  json: "a document as text or as an object",
  "number|string": "a number or a text",
  string: "a text",
};

function fits(type: string, value: Value): boolean {
  switch (type) {
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    case "number|string":
      return typeof value === "number" || typeof value === "string";
    case "json":
      return typeof value === "string" || isObject(value);
    case "asset":
      return isAsset(value);
    default:
      return true;
  }
}

function wrongType(path: Path, wanted: string, value: Value): InputFailure {
  const property = pathText(path);
  return failure("wrongType", property, `${property} must be ${wanted}, and is ${shown(value)}.`);
}

/** A value for a message, cut short. */
function shown(value: Value | undefined): string {
  if (isList(value)) return `a list of ${value.length}`;
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? "not given";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The name that differs least, where it is near enough to be meant. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((each) => ({ each, distance: editDistance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance || (left.each < right.each ? -1 : 1));
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.each : undefined;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...right].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a === b ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
