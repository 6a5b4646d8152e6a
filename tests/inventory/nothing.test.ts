/**
 * A state writes null for each property that nobody has set, and what a program registers leaves it out: the two must
 * give one estate.
 */
import { join } from "node:path";
import { readEstate } from "../../inventory";
import type { Resource, Value } from "../../inventory/resource";
import { recordStack } from "../support/mutations";
import { namesReadOf } from "../support/readNames";

const programSeconds = 240;
jest.setTimeout(programSeconds * 1000);
const root = join(__dirname, "..", "..");

const namesOf = new Map<string, readonly string[]>();

/** The same with null for whatever a reader looks for and does not find. */
function withNulls(resource: Resource): Resource {
  let names = namesOf.get(resource.type);
  if (names === undefined) namesOf.set(resource.type, (names = Object.keys(namesReadOf(resource.type))));
  const nulls = Object.fromEntries(names.map((name) => [name, null]));
  return { ...resource, properties: { ...nulls, ...resource.properties } };
}

/** The same without any null in an object, at any depth. */
function withoutNulls(resource: Resource): Resource {
  return { ...resource, properties: without(resource.properties) as Resource["properties"] };
}

function without(value: Value): Value {
  if (Array.isArray(value)) return value.map((one: Value) => without(one));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([key, one]) => [key, without(one)]));
}

test.each([
  [".", "prod"],
  ["examples/pangyo-2022", "dev"],
  ["examples/strangers-stack", "dev"],
  ["examples/naver-2022", "dev"],
])("null and nothing are the same in the stack of %s", async (folder, stack) => {
  const resources = await recordStack(join(root, folder), stack);
  const estate = readEstate(resources);
  expect(estate.services.length).toBeGreaterThan(1);
  expect(readEstate(resources.map(withNulls))).toEqual(estate);
  expect(readEstate(resources.map(withoutNulls))).toEqual(estate);
});
