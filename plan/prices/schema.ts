/** The form of a price list: what a unit of each kind costs, by region of the cloud and by facility. */
import { z } from "zod";

const price = (what: string) =>
  z
    .number()
    .min(0)
    .meta({ description: `${what}, at least 0, without tax.` });

const fargate = z.strictObject({
  vcpuHour: price("One vCPU for an hour").optional(),
  gibHour: price("One GiB of memory for an hour").optional(),
});

const lambda = z.strictObject({
  provisionedGibSecond: price("One GiB of provisioned concurrency for a second").optional(),
});

const byArchitecture = <T extends z.ZodType>(schema: T) =>
  z.strictObject({ x86_64: schema.optional(), arm64: schema.optional() }).optional();

const region = z.strictObject({
  addressHour: price("One public IPv4 address for an hour").optional(),
  balancerHour: price("One load balancer for an hour, without what passes through").optional(),
  fargate: byArchitecture(fargate),
  instanceHour: z.record(z.string(), price("One instance of that type for an hour, on demand")).optional(),
  lambda: byArchitecture(lambda),
});

const facility = z.strictObject({
  coreHour: price("One processor core for an hour, building, power, people and depreciation included").optional(),
  gibHour: price("One GiB of memory for an hour").optional(),
});

const check = z.strictObject({ "10": price("A month").optional(), "30": price("A month").optional() }).optional();

/** A price list; a part of one goes over the list that Duplex comes with. */
export const priceListSchema = z.strictObject({
  $schema: z.string().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .meta({ description: "ISO 4217 code of every figure in the list.", examples: ["USD"] }),
  asOf: z.iso.date().meta({ description: "Day on which the figures held, YYYY-MM-DD." }),
  sources: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: "Where the figures of each kind come from." }),
  healthCheckMonth: z
    .strictObject({ cloud: check, facility: check })
    .optional()
    .meta({ description: "One HTTPS check for a month, by where it looks and by its interval in seconds." }),
  regions: z.record(z.string(), region).default({}).meta({ description: "By the cloud's code of the region." }),
  facilities: z.record(z.string(), facility).default({}).meta({ description: "By the name of the site." }),
});

export type PriceList = z.output<typeof priceListSchema>;
