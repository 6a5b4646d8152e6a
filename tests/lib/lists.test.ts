import { addTo, listsBy } from "../../lib/lists";

it("adds to the list of a key, which the first value makes", () => {
  const lists = new Map<string, number[]>();
  addTo(lists, "odd", 1);
  addTo(lists, "even", 2);
  addTo(lists, "odd", 3);
  expect([...lists]).toEqual([
    ["odd", [1, 3]],
    ["even", [2]],
  ]);
});

it("parts values by a key, keys and values in the order in which they come", () => {
  expect([...listsBy(["banana", "apple", "blueberry"], (word) => word[0])]).toEqual([
    ["b", ["banana", "blueberry"]],
    ["a", ["apple"]],
  ]);
});
