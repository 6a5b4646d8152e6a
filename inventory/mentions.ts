/** Texts by which a workload names what it needs: images, secrets, and what its environment tells it. */
import type { Resource, Value } from "./resource";
import { entries, field, items, text } from "./values";

export interface Mention {
  readonly text: string;
  /** `image` and `secret` are read before it starts; a variable is for whoever runs in it. */
  readonly as: "image" | "secret" | "variable";
  /** Name of the variable, where it is one. */
  readonly variable?: string;
  /** The resource and property that say so. */
  readonly resource: Resource;
  readonly property: string;
}

/** Where mentions stand. */
export type MentionedAt = Pick<Mention, "resource" | "property">;

export function mentionOf(value: Value, as: Mention["as"], at: MentionedAt, variable?: string): readonly Mention[] {
  const said = text(value);
  return said === undefined ? [] : [{ text: said, as, ...at, ...(variable === undefined ? {} : { variable }) }];
}

/** Variables written as a map of names and texts. */
export function variablesIn(map: Value, at: MentionedAt): readonly Mention[] {
  return entries(map).flatMap(([name, value]) => mentionOf(value, "variable", at, name));
}

/** Variables written as a list of `name` and `value`. */
export function listedVariables(list: Value, at: MentionedAt): readonly Mention[] {
  return items(list).flatMap((one) => mentionOf(field(one, "value"), "variable", at, text(field(one, "name"))));
}
