/** The schema of losses that an estate accepts for a time; the same in the estate and in the settings. */
import { z } from "zod";
import { domainKinds, type DomainId } from "../model";

const domainPattern = new RegExp(`^(?:${domainKinds.join("|")}):.+$`);

export const acceptedLossesSchema = z
  .array(
    z
      .strictObject({
        lost: z
          .string()
          .regex(domainPattern)
          .transform((id) => id as DomainId)
          .meta({
            description: "The domain whose loss is accepted, as kind and name.",
            examples: ["operator:aws", "vendor:route53"],
          }),
        services: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .meta({ description: "Services for which it is accepted. Default: every service." }),
        by: z.string().min(1).meta({ description: "Who has decided it." }),
        reason: z.string().min(1).meta({ description: "Why, as a sentence." }),
        until: z.iso
          .date()
          .meta({ description: "The last day on which it holds, YYYY-MM-DD; refused again after it." }),
      })
      .meta({ description: "One loss that is not survived, and who answers for that." }),
  )
  .default([])
  .meta({ description: "Losses that are accepted for a time. Default: none." });
