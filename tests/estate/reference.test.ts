/** docs/estate.md: every field of an estate, and why those are asked for that have no default. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reasonFor, reasons } from "../../estate/reasons";
import { estateReference, generatedMark } from "../../estate/reference";
import { estateGroups } from "../../estate/schemaGroups";
import { formatted } from "../support/formatted";

const file = join(__dirname, "..", "..", "docs", "estate.md");
const page = readFileSync(file, "utf8");
const groups = estateGroups();

test("is what the schema says (npm run docs)", () => {
  const [written = ""] = page.split(generatedMark);
  expect(page).toBe(formatted(`${written}${generatedMark}\n\n${estateReference()}`, file));
});

test("has every field once in its group's table", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toHaveLength(groups.reduce((sum, { fields }) => sum + fields.length, 0));
  expect(rows.length).toBeGreaterThan(120);
});

test("says of every field that is asked for why it is", () => {
  const asked = groups.flatMap(({ path, fields }) =>
    fields.filter(({ required }) => required).map(({ name }) => ({ path, name })),
  );
  expect(asked.filter(({ path, name }) => reasonFor(path, name) === undefined)).toEqual([]);
});

test("keeps no reason for a field that is not asked for", () => {
  const fields = groups.flatMap(({ path, fields: own }) =>
    own.filter(({ required }) => required).map(({ name }) => (path === "" ? name : `${path}.${name}`)),
  );
  const known = new Set([...fields, ...groups.map(({ path }) => path)]);
  expect(Object.keys(reasons).filter((path) => !known.has(path))).toEqual([]);
});

test("leads to groups that are there, by one heading each", () => {
  const anchors = [...page.matchAll(/^## (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );
  expect(new Set(anchors).size).toBe(anchors.length);
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((anchor) => !anchors.includes(anchor ?? ""))).toEqual([]);
});

test.each([
  [/^\| `peakRps` +\| number above 0, requests per second +\| asked for +\| .*_The reserve is counted/m],
  [/^\| `rto` +\| duration: `45s`.* \| asked for/m],
  [/^\| `ttlSeconds` +\| whole number, 30 to 60, seconds +\| 30 +\|/m],
  [/^\| `statusPage` +\| text, such as `status.example.net` +\| none is named +\|/m],
  [/^\| `secrets` +\| map by name: \[group\]\(#servicessecrets\) +\| none/m],
  [/^\| `engineVersion` .* \| 16\.6 +\|/m],
])("tells type, unit and default: %s", (row) => {
  expect(page).toMatch(row);
});
