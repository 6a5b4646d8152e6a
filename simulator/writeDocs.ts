/** Writes the generated part of docs/simulator.md: `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeSimulator, generatedMark } from "./describe";

const target = join(__dirname, "../docs/simulator.md");
const [written = ""] = readFileSync(target, "utf8").split(generatedMark);
writeFileSync(target, `${written}${generatedMark}\n\n${describeSimulator()}\n`);
