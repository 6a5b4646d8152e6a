/** Reads and writes the file of findings that were there before. */
import { z } from "zod";
import { UserError } from "../../model/errors";
import type { BaselineEntry } from "../../policies/baseline";
import { catalogue } from "../../policies/catalogue";
import { byText } from "../../lib/order";
import type { Io } from "../io";
import { parseJson, settingsFix } from "./parseJson";
import { readFileText } from "./readText";
import { schemaError } from "./schemaError";

const schemaId = "https://duplex.dev/schema/baseline.schema.json";

const day = z.iso.date();
const policyNames = catalogue.map(({ name }) => name).sort(byText);

const entrySchema = z.strictObject({
  policy: z.enum(policyNames).meta({ description: "Name of the policy." }),
  service: z.string().min(1).optional().meta({ description: "Service; left out for a finding about no service." }),
  resource: z.string().min(1).meta({ description: "URN of the resource to change first." }),
  lost: z.array(z.string().min(1)).default([]).meta({ description: "Failure domains whose loss shows it." }),
  level: z.enum(["mandatory", "advisory"]).meta({ description: "How it spoke when it was written down." }),
  since: day.meta({ description: "Day on which it was written down, YYYY-MM-DD." }),
  until: day.optional().meta({ description: "The last day on which it holds, YYYY-MM-DD; left out for none." }),
  reason: z.string().min(1).optional().meta({ description: "Why it may stand, as a sentence." }),
});

const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  formatVersion: z.literal(1).meta({ description: "Version of this form." }),
  findings: z.array(entrySchema).meta({ description: "Findings that do not refuse." }),
});

/** What `--baseline` takes, for editors: schema/baseline.schema.json. */
export function baselineSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(fileSchema, { target: "draft-7", io: "input" });
  return {
    $schema,
    title: "Baseline of Duplex",
    description: "Findings that a stack had before it was judged; written by `duplex baseline`.",
    ...rest,
  };
}

/** @throws UserError with every mistake, each with its path */
export async function readBaseline(file: string, io: Io): Promise<readonly BaselineEntry[]> {
  const document = parseJson(await readFileText(file, io), file, settingsFix);
  const result = fileSchema.safeParse(document);
  if (!result.success) throw schemaError(result.error, document, file);
  return result.data.findings;
}

/** The same, and undefined where there is no such file yet. */
export async function readBaselineIfAny(file: string, io: Io): Promise<readonly BaselineEntry[] | undefined> {
  try {
    return await readBaseline(file, io);
  } catch (error) {
    if (error instanceof UserError && error.mistakes.every(({ code }) => code === "DPX002")) return undefined;
    throw error;
  }
}

export function baselineText(findings: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ $schema: schemaId, formatVersion: 1, findings }, undefined, 2)}\n`;
}
