/**
 * Writes schema/estate.schema.json and estate/input.ts. Run by `npx tsx estate/writeSchema.ts`; tests compare both with
 * the schema.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { inputTypes } from "./inputType";
import { estateFileSchema } from "./jsonSchema";

async function write(path: string, text: string): Promise<void> {
  const options = await resolveConfig(path);
  writeFileSync(path, await format(text, { ...options, filepath: path }));
}

void write(join(__dirname, "..", "schema", "estate.schema.json"), JSON.stringify(estateFileSchema()));
void write(join(__dirname, "input.ts"), inputTypes());
