/** Blocks of a bucket's arguments: one object in a type, a list of one in the other that it came of. */
import type { Value } from "../../resource";
import { field, items } from "../../values";

/** The block under the first of these names that is there, or the only member of its list. */
export function blockIn(value: Value, ...names: readonly string[]): Value {
  for (const name of names) {
    const found = field(value, name);
    if (found !== undefined) return Array.isArray(found) ? items(found)[0] : found;
  }
  return undefined;
}
