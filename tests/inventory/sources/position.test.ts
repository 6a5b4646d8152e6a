import { positionOf } from "../../../inventory/sources/position";

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
