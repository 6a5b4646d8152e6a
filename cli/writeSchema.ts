/**
 * Writes schema/policy-settings.schema.json and schema/baseline.schema.json. Run by `npm run docs`; tests compare the
 * files with the schemas.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { baselineSchema } from "./input/baselineFile";
import { settingsSchema } from "./input/settingsSchema";

async function write(name: string, schema: Record<string, unknown>): Promise<void> {
  const path = join(__dirname, "..", "schema", name);
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(schema), { ...options, filepath: path }));
}

void write("policy-settings.schema.json", settingsSchema());
void write("baseline.schema.json", baselineSchema());
