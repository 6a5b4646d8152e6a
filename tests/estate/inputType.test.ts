/** estate/input.ts: the estate's type in a program is the schema's, and an editor completes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { parseEstate, type EstateInput } from "../../estate";
import { inputTypes } from "../../estate/inputType";
import type { estateSchema } from "../../estate/schema";
import { formatted } from "../support/formatted";

const file = join(__dirname, "..", "..", "estate", "input.ts");

type Schema = z.input<typeof estateSchema>;
type Mutable<T> = { -readonly [Key in keyof T]: Mutable<T[Key]> };
/** zod takes the numbers of a list for any number. */
type Widened<T> = T extends number ? number : { [Key in keyof T]: Widened<T[Key]> };

const estate = {
  sites: [
    { kind: "cloud", name: "seoul", region: "ap-northeast-2", zoneIds: ["apne2-az1", "apne2-az2"], operator: "aws" },
    { kind: "cloud", name: "tokyo", region: "ap-northeast-1", zoneIds: ["apne1-az1", "apne1-az2"], operator: "aws" },
  ],
  dns: { domain: "shop.example", lastResort: ["203.0.113.10"] },
  services: [
    {
      name: "web",
      tier: "important",
      owner: "shop",
      peakRps: 400,
      unitRps: 100,
      objectives: { rto: "10m", rpo: "15m", leastShare: 1 },
      users: 1000,
      paid: true,
      outageCostPerHour: { amount: 1000, currency: "USD" },
      sites: ["seoul", "tokyo"],
    },
  ],
} satisfies EstateInput;

test("is what the schema says (npm run docs)", () => {
  expect(readFileSync(file, "utf8")).toBe(formatted(inputTypes(), file));
});

test("admits what the schema admits, and no more: the compiler holds both ways", () => {
  const there = (one: EstateInput): Schema => one as Mutable<EstateInput>;
  const back = (one: Schema): Widened<EstateInput> => one;
  expect(back(there(estate))).toBe(estate);
  // @ts-expect-error a tier that there is not
  const wrong: EstateInput = { ...estate, services: [{ ...estate.services[0], tier: "vital" }] };
  expect(() => parseEstate(wrong)).toThrow("services[0].tier");
});

test("an estate that is written in a program is parsed like any", () => {
  expect(parseEstate(estate).services.map(({ name, port }) => [name, port])).toEqual([["web", 8080]]);
});
