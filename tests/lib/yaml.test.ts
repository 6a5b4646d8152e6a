import { parseDocument } from "yaml";
import { guardedYaml, yamlValue } from "../../lib/yaml";

const read = (text: string) => yamlValue(parseDocument(text));

test("anchors are followed", () => {
  expect(read("a: &x { b: 1 }\nc: *x\nd: [*x, *x]")).toEqual({
    value: { a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }, { b: 1 }] },
  });
});

test.each([
  ["a circle", "a: &x [1, *x]", /without an end/],
  ["an alias of nothing", "a: *x", /names nothing/],
  ["aliases of aliases", manyAliases(), /many times as large/],
])("%s is told as a mistake of the file", (_, text, fault) => {
  expect(read(text)).toEqual({ fault: expect.stringMatching(fault) as string });
});

test("what overflows its parser's stack is one too, and a defect is none", () => {
  const overflowing = () => {
    throw new RangeError("Maximum call stack size exceeded");
  };
  expect(guardedYaml(overflowing)).toEqual({ fault: expect.stringMatching(/deeply/) as string });
  expect(() => guardedYaml(() => parseDocument("[".repeat(100_000)))).not.toThrow();
  const defect = () => {
    throw new TypeError("x");
  };
  expect(() => guardedYaml(defect)).toThrow(TypeError);
});

function manyAliases(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
  }
  return lines.join("\n");
}
