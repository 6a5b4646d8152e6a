/** Writes docs/readers.md: `npx tsx inventory/writeDocs.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readersPage } from "./docs";

writeFileSync(join(__dirname, "..", "docs", "readers.md"), readersPage());
