/** Ranges of IPv4 addresses, as rules name them: what several of them cover together. */

interface Range {
  readonly first: number;
  readonly last: number;
}

const all: Range = { first: 0, last: 2 ** 32 - 1 };

/** Addresses that no client of the internet comes from (RFC 1918, RFC 6598, loopback, link-local). */
const inside: readonly Range[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
].flatMap((text) => rangeOf(text) ?? []);

/** Which clients of the internet some ranges hold: all of them, some, or none. */
export function clientsIn(ranges: readonly string[]): "all" | "some" | "none" {
  const given = ranges.flatMap((text) => rangeOf(text) ?? []);
  if (covers([...given, ...inside], [all])) return "all";
  return given.every((range) => covers(inside, [range])) ? "none" : "some";
}

/** True where every address of some ranges is in one of others; of IPv6, only what is written alike. */
export function holdAll(outer: readonly string[], inner: readonly string[]): boolean {
  const wanted = inner.filter((text) => !outer.includes(text));
  const ranges = wanted.map(rangeOf);
  if (ranges.includes(undefined)) return false;
  const known = ranges.flatMap((range) => (range === undefined ? [] : [range]));
  return covers(
    outer.flatMap((text) => rangeOf(text) ?? []),
    known,
  );
}

/** True where some address is in both. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  if (a === undefined || b === undefined) return one === other;
  return a.first <= b.last && b.first <= a.last;
}

/** `10.0.0.0/8` or one address; undefined for IPv6 and for what is no range. */
function rangeOf(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [a, b, c, d] = match.slice(1, 5).map(Number) as [number, number, number, number];
  const bits = match[5] === undefined ? 32 : Number(match[5]);
  if (bits > 32 || Math.max(a, b, c, d) > 255) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return { first, last: first + size - 1 };
}

function covers(outer: readonly Range[], inner: readonly Range[]): boolean {
  const sorted = [...outer].sort((one, other) => one.first - other.first);
  return inner.every(({ first, last }) => {
    let next = first;
    for (const range of sorted) {
      if (range.first > next) break;
      next = Math.max(next, range.last + 1);
    }
    return next > last;
  });
}
