/** Writes docs/drift-proof.md: `npx tsx tests/support/driftCases/writeDocs.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bearable, dangerous, withoutEffect } from "./index";
import { proofPage } from "./page";

const page = join(__dirname, "..", "..", "..", "docs", "drift-proof.md");
writeFileSync(page, proofPage([...withoutEffect, ...bearable, ...dangerous]));
