/** Writes the generated part of docs/estate.md: `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { estateReference, generatedMark } from "./reference";

const target = join(__dirname, "..", "docs", "estate.md");
const [written = ""] = readFileSync(target, "utf8").split(generatedMark);
writeFileSync(target, `${written}${generatedMark}\n\n${estateReference()}`);
