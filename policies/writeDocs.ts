/** Writes docs/policies and docs/incident.md: `npx tsx policies/writeDocs.ts`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "./catalogue";
import { docsOf } from "./docs";

const docs = join(__dirname, "..", "docs");
const pages = docsOf(catalogue);
mkdirSync(join(docs, "policies"), { recursive: true });
for (const name of readdirSync(join(docs, "policies"))) {
  if (!pages.has(`policies/${name}`)) rmSync(join(docs, "policies", name));
}
for (const [path, text] of pages) writeFileSync(join(docs, path), text);
