import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";

const root = join(__dirname, "..", "..");
const folders = [
  "model",
  "estate",
  "plan",
  "components",
  "inventory",
  "policies",
  "simulator",
  "cli",
  "report",
  "tools",
];
const codePattern = /\bDPX\d{3}\b/g;

const policyCodes = new Set(catalogue.map(({ code }) => code));
const used = codesIn(folders.flatMap((folder) => sourcesIn(join(root, folder))));
const rows = readFileSync(join(root, "docs", "errors.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, code, meaning, remedy] = /^\| (DPX\d{3}) +\| (.+?) +\| (.+?) +\|$/.exec(line) ?? [];
    return code && meaning && remedy ? [{ code, meaning, remedy }] : [];
  });

describe("docs/errors.md", () => {
  test("explains every code that a source gives, but the policies' own", () => {
    const documented = new Set(rows.map(({ code }) => code));
    expect([...used].filter((code) => !documented.has(code) && !policyCodes.has(code)).sort()).toEqual([]);
  });

  test("explains no code that no source gives", () => {
    expect(rows.map(({ code }) => code).filter((code) => !used.has(code))).toEqual([]);
  });

  test("gives each code one row, in order, none of which is a policy's", () => {
    const codes = rows.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(80);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.filter((code) => policyCodes.has(code))).toEqual([]);
  });

  test.each(rows)("says in sentences what $code means and what to do", ({ meaning, remedy }) => {
    expect(meaning).toMatch(/^[A-Z`].+\.$/);
    expect(remedy).toMatch(/^[A-Z`].+\.$/);
  });
});

test("docs/policies/README.md, to which docs/errors.md points, names the code of every policy", () => {
  const list = readFileSync(join(root, "docs", "policies", "README.md"), "utf8");
  expect([...policyCodes].filter((code) => !list.includes(code))).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|js)$/.test(name) && !name.includes("node_modules"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

function codesIn(sources: readonly string[]): Set<string> {
  return new Set(sources.flatMap((source) => source.match(codePattern) ?? []));
}
