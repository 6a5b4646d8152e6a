/**
 * Writes schema/estate.schema.json. Run by `npx tsx estate/writeSchema.ts`; a test compares the file with the schema.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { estateFileSchema } from "./jsonSchema";

async function write(): Promise<void> {
  const path = join(__dirname, "..", "schema", "estate.schema.json");
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(estateFileSchema()), { ...options, filepath: path }));
}

void write();
