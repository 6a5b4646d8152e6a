/** What `npm test` makes of its arguments. */
import { join } from "node:path";
import { arrange, needsOf } from "../../tools/lib/testPlan";

const root = join(__dirname, "..", "..");
const arranged = (...args: readonly string[]) =>
  arrange([...args], [root], root).filter((arg) => arg !== "--maxWorkers=2");
/** A pattern, seen from the project's folder. */
const inside = (pattern: string) => pattern.replace(root.replace(/[.]/g, "\\."), "");

describe("arguments for jest", () => {
  test.each([
    [["tests/tools/testPlan.test.ts"], ["^/tests/tools/testPlan\\.test\\.ts$"]],
    [["./tests/tools/"], ["^/tests/tools/"]],
    [["tools/lib/testPlan.js"], ["^/tests/tools/lib/testPlan\\."]],
    [["model"], ["^/tests/model/"]],
  ])("%j is a pattern that matches nothing else", (given, expected) => {
    expect(arranged(...given).map(inside)).toEqual(expected);
  });

  test("a file goes before an option that would take it for a part of its list", () => {
    const [pattern = "", ...others] = arranged("--selectProjects", "unit", "tests/tools/testPlan.test.ts");
    expect(inside(pattern)).toBe("^/tests/tools/testPlan\\.test\\.ts$");
    expect(others).toEqual(["--selectProjects", "unit"]);
  });

  test("what an option is given stays behind it", () => {
    expect(arranged("--testPathPatterns", "tests", "-t", "model")).toEqual([
      "--testPathPatterns",
      "tests",
      "-t",
      "model",
    ]);
  });

  test("what is no file is a pattern as jest takes it", () => {
    expect(arranged("prod-comes", "--verbose")).toEqual(["prod-comes", "--verbose"]);
  });

  test("a path is meant from where the command is given, too", () => {
    const [pattern = ""] = arrange(["testPlan.test.ts"], [__dirname, root], root);
    expect(inside(pattern)).toBe("^/tests/tools/testPlan\\.test\\.ts$");
  });

  test("a file outside of the project is none of its tests", () => {
    expect(arranged("/")).toEqual(["/"]);
  });

  test.each([["--maxWorkers=1"], ["-w=1"], ["-i"], ["--runInBand"]])("%s is the only word on workers", (given) => {
    expect(arrange([given], [root], root)).toEqual([given]);
  });

  test("without one, two files run at a time", () => {
    expect(arrange([], [root], root)).toEqual(["--maxWorkers=2"]);
  });
});

describe("what is built", () => {
  const needs = (...files: readonly string[]) =>
    needsOf(
      files.map((file) => join(root, "tests", file)),
      root,
    );

  test.each([
    [["model/reserve.test.ts", "tools/testPlan.test.ts"], { engine: false, controlPlane: false }],
    [["model/reserve.test.ts", "e2e/drift.test.ts"], { engine: true, controlPlane: false }],
    [["scheduler/prod.test.ts"], { engine: false, controlPlane: true }],
    [["scheduler/prod.test.ts", "e2e/drift.test.ts"], { engine: true, controlPlane: true }],
  ])("for %j: %j", (files, expected) => {
    expect(needs(...files)).toEqual(expected);
  });
});
