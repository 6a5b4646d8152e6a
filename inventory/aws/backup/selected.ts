/** Which stores a selection of AWS Backup takes, by every way in which it can name them. */
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { at, field, items, text, texts } from "../../values";
import { regionCode } from "../regionCode";
import { rowOf, typesWith } from "../registry";

/** Stores that AWS Backup keeps and a reader knows, with what it calls them. */
const keptAs = typesWith("backedUpAs");
const storeTypes: readonly string[] = [...keptAs.keys()];

/** Types of stores by the word of AWS Backup for them; none where no reader knows such a store. */
export function storesCalled(word: string): readonly string[] {
  return storeTypes.filter((type) => keptAs.get(type) === word);
}

/** How keys of tags are written in conditions. */
const tagPrefix = "aws:ResourceTag/";

/**
 * What its ARNs, patterns and tags pick, less what it leaves out, as far as all of its conditions hold (AWS Backup API,
 * "BackupSelection"); in its own region, for a plan reaches no other.
 */
export function selectedStores(selection: Resource, stack: Stack): readonly Resource[] {
  const { properties } = selection;
  const picked = new Set([...named(selection, "resources", stack), ...tagged(selection, stack)]);
  const conditions = field(properties, "conditions");
  const isOpen = isEmpty(field(properties, "resources")) && isEmpty(field(properties, "selectionTags"));
  if (isOpen && !isEmpty(conditions)) for (const store of allStores(stack)) picked.add(store);
  const left = new Set(named(selection, "notResources", stack));
  const holds = conditionsOf(conditions);
  return [...picked].filter((store) => !left.has(store) && holds(store) && isInReach(store, selection, stack));
}

function isEmpty(value: Value): boolean {
  return value === undefined || (value !== UNKNOWN && items(value).length === 0);
}

function allStores(stack: Stack): readonly Resource[] {
  return storeTypes.flatMap((type) => stack.ofType(type));
}

/** By ARN, and by patterns of ARNs. */
function named(selection: Resource, property: string, stack: Stack): readonly Resource[] {
  const value = field(selection.properties, property);
  const patterns = texts(value).filter((one) => one.includes("*"));
  const exact = Array.isArray(value) ? items(value).filter((one) => !patterns.includes(one as string)) : value;
  const listed = isEmpty(exact) ? [] : stack.references(selection, property, storeTypes, exact).resources;
  if (patterns.length === 0) return listed;
  return [...listed, ...allStores(stack).filter((store) => patterns.some((pattern) => matches(store, pattern)))];
}

function matches(store: Resource, pattern: string): boolean {
  if (pattern === "*") return true;
  const arn = text(field(store.properties, "arn"));
  if (arn !== undefined) return like(arn, pattern);
  // Before the ARN is known, a pattern of a whole service says enough.
  const service = rowOf(store.type)?.arn?.split(":", 1)[0];
  return service !== undefined && pattern.split(":")[2] === service && /[:/]\*$/.test(pattern);
}

function like(value: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}

/** Any one of these tags is enough. */
function tagged(selection: Resource, stack: Stack): readonly Resource[] {
  const wanted = items(field(selection.properties, "selectionTags"))
    .map((tag) => [text(field(tag, "key")), text(field(tag, "value"))] as const)
    .filter((pair): pair is readonly [string, string] => pair[0] !== undefined && pair[1] !== undefined);
  if (wanted.length === 0) return [];
  return allStores(stack).filter((store) => wanted.some(([key, value]) => at(store.properties, "tags", key) === value));
}

/** All of the conditions; one that cannot be read is taken as not met, so that nothing counts as kept on a guess. */
function conditionsOf(conditions: Value): (store: Resource) => boolean {
  if (conditions === UNKNOWN) return () => false;
  const blocks = Array.isArray(conditions) ? items(conditions) : [conditions];
  const tests = blocks.flatMap((block) => [
    ...testsOf(block, "stringEquals", (tag, value) => tag === value),
    ...testsOf(block, "stringNotEquals", (tag, value) => tag !== value),
    ...testsOf(block, "stringLikes", (tag, value) => tag !== undefined && like(tag, value)),
    ...testsOf(block, "stringNotLikes", (tag, value) => tag === undefined || !like(tag, value)),
  ]);
  return (store) => tests.every((test) => test(store));
}

function testsOf(
  block: Value,
  property: string,
  compare: (tag: string | undefined, value: string) => boolean,
): readonly ((store: Resource) => boolean)[] {
  return items(field(block, property)).map((one) => {
    const [key, value] = [text(field(one, "key")), text(field(one, "value"))];
    if (key === undefined || value === undefined) return () => false;
    const tag = key.startsWith(tagPrefix) ? key.slice(tagPrefix.length) : key;
    return (store: Resource) => compare(text(at(store.properties, "tags", tag)), value);
  });
}

/** False where both regions are known and differ. */
function isInReach(store: Resource, selection: Resource, stack: Stack): boolean {
  const [own, other] = [store, selection].map((one) => regionCode(one, (of) => stack.providerOf(of)));
  return own?.known !== true || other?.known !== true || own.value === other.value;
}
