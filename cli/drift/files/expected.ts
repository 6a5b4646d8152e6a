/** The file of `--expected`: rules of expected drift, in YAML or JSON. Every mistake in it is told in one run. */
import { z } from "zod";
import type { ExpectedDrift } from "../../../drift";
import { readFileText } from "../../input/readText";
import { schemaError } from "../../input/schemaError";
import { parseYaml } from "../../input/yaml";
import type { Io } from "../../io";

const rule = z.strictObject({
  resource: z.string().min(1).meta({ description: "URN or type of the resource; `*` stands for any text." }),
  property: z.string().min(1).optional().meta({
    description:
      "Path of the property and of all inside it; `*` stands for one member. Left out for the whole resource.",
  }),
  reason: z.string().min(1).meta({ description: "Why it is expected, as a sentence." }),
  owner: z.string().min(1).meta({ description: "Who answers for it." }),
  expires: z.iso.date().meta({ description: "The last day on which it holds, YYYY-MM-DD." }),
});

const fileSchema = z.strictObject({
  expected: z.array(rule).meta({ description: "Drift that is expected for a while." }),
});

/**
 * Reads the rules.
 *
 * @throws UserError with every mistake
 */
export async function readExpected(file: string, io: Io): Promise<readonly ExpectedDrift[]> {
  // JSON is YAML; dates without quotes are days, which this reader leaves as they are written.
  const document = parseYaml(await readFileText(file, io), file);
  const result = fileSchema.safeParse(document);
  if (result.success) return result.data.expected;
  throw schemaError(result.error, document, file);
}
