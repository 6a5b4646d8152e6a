import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bearable, dangerous, withoutEffect } from "../support/driftCases";
import { confusionMatrix, proofPage } from "../support/driftCases/page";

const cases = [...withoutEffect, ...bearable, ...dangerous];

test("docs/drift-proof.md is what the cases say (npm run docs)", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "drift-proof.md"), "utf8");
  expect(page).toBe(proofPage(cases));
});

test("there are at least 60 changes beside those that are no drift, of every class, each with a name of its own", () => {
  expect(cases.filter(({ expects }) => expects !== "none").length).toBeGreaterThanOrEqual(60);
  expect(new Set(cases.map(({ expects }) => expects))).toEqual(new Set(["none", "cosmetic", "bearable", "dangerous"]));
  expect(new Set(cases.map(({ what }) => what)).size).toBe(cases.length);
});

test("a wrong answer stands beside the diagonal", () => {
  const matrix = confusionMatrix([
    { expects: "dangerous", found: "cosmetic" },
    { expects: "dangerous", found: "dangerous" },
  ]);
  expect(matrix.split("\n").at(-1)).toMatch(/^\| dangerous +\| +0 \| +1 \| +0 \| +1 \|$/);
});
