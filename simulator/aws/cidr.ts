/** Arithmetic of IPv4 address ranges. */

export interface Range {
  /** First address. */
  readonly first: number;
  /** Number of addresses, a power of two. */
  readonly size: number;
  readonly prefixLength: number;
}

/** Reads `10.0.0.0/16`; undefined where it is not a range or its host bits are not zero. */
export function parseCidr(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefixLength);
  return first % size === 0 ? { first, size, prefixLength } : undefined;
}

export function overlaps(left: Range, right: Range): boolean {
  return left.first < right.first + right.size && right.first < left.first + left.size;
}

/** True where all of the inner range lies in the outer. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size;
}
