/** Ranges of IPv4 addresses: whether two overlap, and which one a site has that names none. */
import { hashOf } from "../lib/hash";

export interface AddressRange {
  /** First address; not a number where the text is no range. */
  readonly first: number;
  readonly prefix: number;
}

/** Reads a range such as 10.20.0.0/16. */
export function parseRange(cidr: string): AddressRange {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const parts = match ? match.slice(1).map(Number) : [];
  const [a = Number.NaN, b = 0, c = 0, d = 0, prefix = Number.NaN] = parts;
  if ([a, b, c, d].some((part) => part > 255)) return { first: Number.NaN, prefix };
  return { first: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

export function sizeOf({ prefix }: AddressRange): number {
  return 2 ** (32 - prefix);
}

/** True where an address belongs to both. */
export function rangesOverlap(one: string, other: string): boolean {
  const [a, b] = [parseRange(one), parseRange(other)];
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}

/** A /16 that follows from the site's name alone: stable whatever other sites there are. */
export function defaultRange(siteName: string): string {
  // Two names may come to the same range, which is refused with the field that tells them apart.
  return `10.${hashOf(siteName) % 256}.0.0/16`;
}
