/** The JSON Schema of a whole `Pulumi.<stack>.yaml`, for editors. */
import { z } from "zod";
import { estateSchema } from "./schema";
import { estateKey } from "./source";

/** Made from the same schema that validates, so that an editor and a run can never differ. */
export function estateFileSchema(): Record<string, unknown> {
  const file = z
    .looseObject({
      config: z
        .looseObject({ [estateKey]: estateSchema })
        .meta({ description: "The stack's configuration; other keys are those of other packages." }),
    })
    .meta({
      title: "Configuration of a Duplex stack",
      description: `A Pulumi.<stack>.yaml with the estate under config, "${estateKey}".`,
    });
  return { ...z.toJSONSchema(file, { target: "estate-7", io: "input" }) };
}
