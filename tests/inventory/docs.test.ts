import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readersPage } from "../../inventory/docs";

const root = join(__dirname, "..", "..");

test("docs/readers.md is what the readers say (npx tsx inventory/writeDocs.ts)", () => {
  expect(readFileSync(join(root, "docs", "readers.md"), "utf8")).toBe(readersPage());
});
