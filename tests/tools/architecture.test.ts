/** docs/architecture.md says of folders and arrows what lint holds. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import house from "../../tools/house/house.json";
import { renew, shortest } from "../../tools/house/page";

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "architecture.md"), "utf8");

test("docs/architecture.md is what tools/house/house.json says (npm run docs)", () => {
  expect(renew(page, house)).toBe(page);
});

test("an arrow more or less changes the page", () => {
  const folders = house.folders.map((folder) => ({ ...folder, imports: folder.imports.slice(1) }));
  expect(renew(page, { ...house, folders })).not.toBe(page);
});

test("a folder is shown once it stands", () => {
  const home = mkdtempSync(join(tmpdir(), "duplex-architecture-"));
  try {
    mkdirSync(join(home, "lib"));
    mkdirSync(join(home, "model"));
    const shown = renew(page, house, home);
    expect(shown).toContain("  lib\n  model\n  model --> lib\n```");
    expect(shown).not.toContain("`cli/`");
  } finally {
    rmSync(home, { recursive: true });
  }
});

test("a page without a place for a part is refused", () => {
  expect(() => renew(page.replace("<!-- picture -->", ""), house)).toThrow('has no place for "picture"');
});

test("an arrow that others say already is left out of the picture", () => {
  const folders = [
    { name: "a", imports: [] },
    { name: "b", imports: ["a"] },
    { name: "c", imports: ["a", "b"] },
  ];
  expect(shortest(folders)).toEqual([
    ["b", "a"],
    ["c", "b"],
  ]);
});

test("every folder of TypeScript has its arrows, but for the tests", () => {
  const others = ["tests", "node_modules", "dist", "coverage"];
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !others.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(root, name), { recursive: true }).some((file) => String(file).endsWith(".ts")));
  expect(folders.length).toBeGreaterThan(8);
  expect(house.folders.map(({ name }) => name)).toEqual(expect.arrayContaining(folders));
});
