/** Answers that are worked out once for each object, and let go with it. */

/**
 * Remembers what a function answers for an object, for as long as the object lives. It must answer the same each time.
 */
export function memoize<K extends object, V>(answer: (of: K) => V): (of: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    let found = answers.get(of);
    if (found === undefined) answers.set(of, (found = { value: answer(of) }));
    return found.value;
  };
}
