import { by, byNumber, byText } from "../../lib/order";

it("orders texts by their code units, whatever a language makes of them", () => {
  expect(["b", "a", "Z", "-", "ä", "a"].sort(byText)).toEqual(["-", "Z", "a", "a", "b", "ä"]);
  expect(byText("same", "same")).toBe(0);
});

it("orders numbers with Infinity among them, of which a difference is no number", () => {
  expect([Infinity, 3, 0, Infinity, 20].sort(byNumber)).toEqual([0, 3, 20, Infinity, Infinity]);
  expect(byNumber(Infinity, Infinity)).toBe(0);
});

it("orders things by a text of each, and leaves equal ones as they came", () => {
  const things = [
    { id: "b", place: 1 },
    { id: "a", place: 2 },
    { id: "b", place: 3 },
  ];
  expect(things.sort(by(({ id }) => id)).map(({ place }) => place)).toEqual([2, 1, 3]);
});
