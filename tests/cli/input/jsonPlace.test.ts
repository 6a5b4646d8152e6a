import fc from "fast-check";
import { jsonPlace } from "../../../cli/input/jsonPlace";

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("agrees with JSON.parse on what is JSON, for documents with one character changed", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\0-.eE+tfnu \n\u0001x'), (json, at, character) => {
      const index = at % (json.length + 1);
      const changed = json.slice(0, index) + character + json.slice(index + 1);
      expect(jsonPlace(changed) === undefined).toBe(parses(changed));
    }),
    { numRuns: 3000 },
  );
});

test("calls every proper beginning of an object truncated", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, at) => {
      const text = JSON.stringify(value, undefined, 1);
      const cut = text.slice(0, at % text.length);
      expect(jsonPlace(cut)).toMatchObject({ truncated: true });
    }),
    { numRuns: 2000 },
  );
});

test("gives line, column and byte of the first character that cannot be there", () => {
  const text = '{\n  "가": 1,\n  "b": oops\n}';
  expect(jsonPlace(text)).toEqual({
    offset: 19,
    line: 3,
    column: 8,
    byte: 21,
    truncated: false,
    expected: "a value",
  });
});

test("takes a string of ten million characters and a nesting of a million", () => {
  expect(jsonPlace(`["${"a".repeat(10_000_000)}\\n"`)).toMatchObject({ truncated: true });
  expect(jsonPlace("[".repeat(1_000_000))).toMatchObject({ truncated: true, byte: 1_000_000 });
});
