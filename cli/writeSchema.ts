/** Writes schema/policy-settings.schema.json. Run by `npm run docs`; a test compares the file with the schema. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { settingsSchema } from "./input/settingsSchema";

async function write(): Promise<void> {
  const path = join(__dirname, "..", "schema", "policy-settings.schema.json");
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(settingsSchema()), { ...options, filepath: path }));
}

void write();
