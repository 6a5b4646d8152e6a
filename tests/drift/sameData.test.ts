import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { sameData } from "../../drift/sameData";

test("agrees with Node's deep equality on any JSON", () => {
  const json = fc.jsonValue() as fc.Arbitrary<unknown>;
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(sameData(one, other)).toBe(isDeepStrictEqual(one, other));
      expect(sameData(one, structuredClone(one))).toBe(true);
    }),
  );
});

test.each([
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: null }, {}, false],
  [Infinity, Infinity, true],
])("%j and %j: %s", (one, other, expected) => {
  expect(sameData(one, other)).toBe(expected);
});
