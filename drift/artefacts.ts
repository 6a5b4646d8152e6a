/**
 * What a refresh writes differently although nobody has changed anything. Each entry says why; whatever is not here is
 * compared.
 */
import { bookkeepingOfAws, orderedInAws } from "../inventory/aws/everyType";
import { rowOf, typesWith } from "../inventory/aws/registry";
import { bookkeepingOfKubernetes } from "../inventory/kubernetes/everyKind";
import { kindRowOf, kindsWith } from "../inventory/kubernetes/registry";

/** The engine keeps in it which properties it has given a default, of any provider. */
const defaults = "__defaults";

/** Keys that a cloud, an API server or the engine keeps by itself, wherever they stand. */
const bookkeeping: ReadonlySet<string> = new Set([defaults, ...bookkeepingOfAws, ...bookkeepingOfKubernetes]);

/** Whether a key's value is never anybody's setting. */
export function isBookkeeping(key: string): boolean {
  // Tags of the vendor itself cannot be written by a user: `aws:` is a reserved prefix.
  return bookkeeping.has(key) || key.startsWith("aws:");
}

/** Of a type that no table lists: whatever is ordered in any type, or unordered in any kind. */
const orderedAnywhere: ReadonlySet<string> = new Set([...orderedInAws, ...[...typesWith("ordered").values()].flat()]);
const unorderedAnywhere: ReadonlySet<string> = new Set([...kindsWith("unordered").values()].flat());

/** Whether two orders of one list are the same setting. */
export function isUnordered(type: string, key: string): boolean {
  if (type.startsWith("aws:")) {
    const row = rowOf(type);
    if (row === undefined) return !orderedAnywhere.has(key);
    return !orderedInAws.includes(key) && row.ordered?.includes(key) !== true;
  }
  if (!type.startsWith("kubernetes:")) return false;
  return kindRowOf(type)?.unordered?.includes(key) ?? unorderedAnywhere.has(key);
}
