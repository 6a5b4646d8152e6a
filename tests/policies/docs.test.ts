import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";
import { docsOf } from "../../policies/docs";
import { incidentRows } from "../../policies/incident";

const docs = join(__dirname, "..", "..", "docs");
const pages = docsOf(catalogue);

test.each([...pages])("docs/%s is what the catalogue says (npx tsx policies/writeDocs.ts)", (path, text) => {
  expect(readFileSync(join(docs, path), "utf8")).toBe(text);
});

test("docs/policies holds a page of each policy and the index, and nothing else", () => {
  expect(readdirSync(join(docs, "policies")).sort()).toEqual(
    [...catalogue.map(({ name }) => `${name}.md`), "README.md"].sort(),
  );
});

test("every row of the incident is answered by a policy, or says what no stack can show", () => {
  const answered = new Set(catalogue.flatMap((policy) => policy.rows));
  const open = incidentRows.filter(({ row, outside }) => !answered.has(row) && !outside);
  expect(open).toEqual([]);
  expect(catalogue.flatMap((policy) => policy.rows).filter((row) => !incidentRows.some((entry) => entry.row === row))).toEqual([]); // prettier-ignore
});
