import { memoize } from "../../lib/memo";

it("asks once for each object, and tells equal objects apart", () => {
  const asked: object[] = [];
  const answer = memoize((of: { readonly size: number }) => {
    asked.push(of);
    return of.size * 2;
  });
  const [one, equal] = [{ size: 1 }, { size: 1 }];
  expect([answer(one), answer(one), answer(equal), answer(one)]).toEqual([2, 2, 2, 2]);
  expect(asked).toEqual([one, equal]);
});

it("remembers an answer that is undefined as well", () => {
  let times = 0;
  const answer = memoize((): undefined => void times++);
  const key = {};
  expect([answer(key), answer(key)]).toEqual([undefined, undefined]);
  expect(times).toBe(1);
});
