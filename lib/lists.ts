/** Lists by a key: what `Map.groupBy` of later versions of JavaScript makes. */

/** Adds a value to the list of a key, which is made with its first value. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Lists of what has the same key, in the order in which each is first met. */
export function listsBy<K, V>(all: Iterable<V>, keyOf: (one: V) => K): ReadonlyMap<K, readonly V[]> {
  const lists = new Map<K, V[]>();
  for (const one of all) addTo(lists, keyOf(one), one);
  return lists;
}
