import { isRecord } from "../../lib/records";

it.each([{}, { a: 1 }, Object.create(null) as object])("takes %j for a record", (value) => {
  expect(isRecord(value)).toBe(true);
});

it.each([null, undefined, [], [{}], "text", 7, true])("takes %j for no record", (value) => {
  expect(isRecord(value)).toBe(false);
});
