import { count, describeSeconds, describeShare, named } from "../../report/figures";

test.each([
  [0, "0 s"],
  [44.2, "45 s"],
  [119, "119 s"],
  [120, "2 min"],
  [121, "3 min"],
  [7_199, "120 min"],
  [7_200, "2 h"],
  [10_800, "3 h"],
  [172_799, "48 h"],
  [172_800, "2 d"],
  [459_180, "6 d"],
  [Infinity, "never"],
])("%d seconds are %s", (seconds, text) => {
  expect(describeSeconds(seconds)).toBe(text);
});

test.each([
  [1, "100%"],
  [0.999, "99%"],
  [0.29, "29%"],
  [0, "0%"],
])("a share of %d is %s", (share, text) => {
  expect(describeShare(share)).toBe(text);
});

test.each([
  [0, "0 findings"],
  [1, "1 finding"],
  [2, "2 findings"],
])("%d of a noun are %s", (number, text) => {
  expect(count(number, "finding")).toBe(text);
});

test.each([
  [["a"], "a"],
  [["a", "b"], "a, b"],
  [["a", "b", "c", "d"], "a, b and 2 more"],
])("at most two of %j are named", (names, text) => {
  expect(named(names, 2)).toBe(text);
});
