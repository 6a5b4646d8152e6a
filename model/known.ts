/**
 * A value that a preview may not know yet. "Not known" is a third answer beside true and false: it carries the
 * property that is missing, so that a refusal can name it.
 */
export type Known<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly missing: string };

/** Wraps a value that is known. */
export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/**
 * Marks a value as not known.
 *
 * @param missing the property that would have to be known, as `<urn>.<property path>` or a sentence.
 */
export function unknown<T>(missing: string): Known<T> {
  return { known: false, missing };
}

/** Applies a function to a known value and passes an unknown one on. */
export function mapKnown<T, U>(value: Known<T>, change: (value: T) => U): Known<U> {
  return value.known ? known(change(value.value)) : value;
}
