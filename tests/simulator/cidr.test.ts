import * as fc from "fast-check";
import { contains, overlaps, parseCidr, type Range } from "../../simulator/aws/cidr";

/** A range as text, by its first address and its length; host bits are cleared. */
const cidr = fc.tuple(fc.nat(0xff_ff_ff_ff), fc.integer({ min: 20, max: 32 })).map(([address, length]) => {
  const size = 2 ** (32 - length);
  const first = address - (address % size);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${length}`;
});

function range(text: string): Range {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is no range.`);
  return parsed;
}

/** Brute force over the addresses of the smaller range. */
function shareAnAddress(left: Range, right: Range): boolean {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  for (let address = small.first; address < small.first + small.size; address++) {
    if (address >= large.first && address < large.first + large.size) return true;
  }
  return false;
}

test("overlap is what sharing an address is", () => {
  const sameAnswer = fc.property(
    cidr,
    cidr,
    (a, b) => overlaps(range(a), range(b)) === shareAnAddress(range(a), range(b)),
  );
  expect(() => fc.assert(sameAnswer)).not.toThrow();
});

test("near neighbours overlap if and only if one contains the other", () => {
  const near = fc.tuple(cidr, fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: 4 }));
  const nestedOrApart = fc.property(near, ([text, steps, shrink]) => {
    const left = range(text);
    const size = Math.max(1, left.size / 2 ** shrink);
    const right: Range = { first: left.first + steps * size, size, prefixLength: 32 - Math.log2(size) };
    const nested = contains(left, right) || contains(right, left);
    return overlaps(left, right) === nested && overlaps(left, right) === overlaps(right, left);
  });
  expect(() => fc.assert(nestedOrApart)).not.toThrow();
});

test.each([
  ["10.0.0.0/8", 8],
  ["0.0.0.0/0", 0],
  ["255.255.255.255/32", 32],
])("%s is a range", (text, prefixLength) => {
  expect(parseCidr(text)?.prefixLength).toBe(prefixLength);
});

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/32", "10.0.0.1/24", "10.0.0/24", "a.b.c.d/8", ""])(
  "%p is none",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);
