/** Whether resources are of the simulated cloud, which marks all that it makes: docs/simulator.md. */
import { at, field, items, text } from "./values";
import type { Properties, Resource, Value } from "./resource";

const mark = "SIMULATED";
const partition = "arn:aws-simulated:";
/** Names under `.invalid` are nobody's (RFC 6761): the simulated cloud's addresses end with it. */
const address = /[./]simulated\.invalid(?:[:/]|$)/;

/** True where one of them bears the mark: a state is of one cloud, and a mark is never a real cloud's. */
export function isSimulated(resources: readonly Resource[]): boolean {
  return resources.some(({ properties, id }) => bearsMark(properties) || isAddress(id));
}

function bearsMark(properties: Properties): boolean {
  const tags: readonly Value[] = [properties.tags, properties.tagsAll];
  return (
    tags.some((each) => text(field(each, "duplex:cloud")) === mark || items(each).some(isMarkTag)) ||
    text(at(properties, "metadata", "annotations", "duplex.dev/cloud")) === mark ||
    text(properties.arn)?.startsWith(partition) === true ||
    isAddress(properties.url)
  );
}

function isMarkTag(tag: Value): boolean {
  return text(field(tag, "key")) === "duplex:cloud" && text(field(tag, "value")) === mark;
}

function isAddress(value: Value): boolean {
  return address.test(text(value) ?? "");
}
