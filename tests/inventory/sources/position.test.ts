import { callOf, positionOf } from "../../../inventory/sources/position";

test.each([
  ["project:///index.ts#41,7", { file: "index.ts", line: 41 }],
  ["project:///src/shop/web.ts#3", { file: "src/shop/web.ts", line: 3 }],
  ["project:///a%20b.ts#1,1", { file: "a b.ts", line: 1 }],
])("%s", (text, position) => {
  expect(positionOf(text)).toEqual(position);
});

test.each([
  ["plugin:///x.ts#1"],
  ["project:///../x.ts#1"],
  ["project:///node_modules/x/y.js#2,2"],
  ["project:///x.ts"],
  ["project:///x.ts#0"],
  ["project:///%E0%A4#1"],
  [""],
  [7],
])("%j is no line of the program", (text) => {
  expect(positionOf(text)).toBeUndefined();
});

test("what a package's component makes stands on the program's line that calls it", () => {
  const stackTrace = [
    { sourcePosition: "project:///node_modules/duplex/dist/library/components/index.js#9,1" },
    {},
    { sourcePosition: "project:///lib/shop.ts#12,3" },
    { sourcePosition: "project:///index.ts#4,1" },
  ];
  const called = { sourcePosition: stackTrace[0]?.sourcePosition, stackTrace };
  expect(positionOf(callOf(called))).toEqual({ file: "lib/shop.ts", line: 12 });
});

test.each([
  [
    { sourcePosition: "project:///index.ts#41,7", stackTrace: [{ sourcePosition: "project:///other.ts#1" }] },
    "index.ts",
  ],
  [{ sourcePosition: "project:///index.ts#41,7" }, "index.ts"],
  [{ stackTrace: "damaged" }, undefined],
  [{ sourcePosition: "plugin:///x.ts#1", stackTrace: [null, 7, {}] }, undefined],
])("the call of %j", (called, file) => {
  expect(positionOf(callOf(called))?.file).toBe(file);
});
