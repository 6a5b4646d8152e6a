/** The form of what is owed after an outage: contracts, who is under them, and what an operator has promised. */
import { z } from "zod";
import { isTimeZone } from "./calendar";

const share = (what: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .meta({ description: `${what}, 0 to 1.` });
const amount = (what: string) =>
  z
    .number()
    .min(0)
    .meta({ description: `${what}, in the policy's currency.` });
const clause = z
  .string()
  .min(1)
  .meta({ description: "Where it is written: the contract and its clause, or a decision." });

const creditBands = z
  .array(
    z.strictObject({
      below: share("Availability of a month below which the band holds"),
      credit: share("Part of the month's charge that is given back"),
    }),
  )
  .min(1)
  .refine((bands) => new Set(bands.map(({ below }) => below)).size === bands.length, {
    message: "bands that each begin at another availability",
  })
  .meta({ description: "The lowest band that the month's availability is below counts; availability in seconds." });

const credit = z.strictObject({ kind: z.literal("credit"), clause, bands: creditBands });

const goodwill = z.strictObject({
  kind: z.literal("goodwill"),
  clause,
  bands: z
    .array(
      z.strictObject({
        fromHours: z.number().min(0).meta({ description: "Hours of one outage from which the band holds." }),
        perCustomer: amount("What each customer is given, once an outage"),
      }),
    )
    .meta({ description: "The longest band that the outage reaches counts. Empty: nothing is given." }),
});

const hour = z.int().min(0).max(24);

const trade = z.strictObject({
  kind: z.literal("trade"),
  clause,
  share: share("Part of the trade lost that is made good"),
  hours: z
    .strictObject({ first: hour, last: hour })
    .refine(({ first, last }) => first < last, { message: "hours of a day, `first` before `last`" })
    .default({ first: 0, last: 24 })
    .meta({ description: "Hours of the day, in the policy's time zone, in which a day's trade is made." }),
});

const party = z.strictObject({
  name: z.string().min(1).meta({ description: "Who is owed, such as `subscribers`." }),
  contract: z.string().min(1).meta({ description: "Name of one of `contracts`." }),
  customers: z.int().min(0).meta({ description: "How many they are." }),
  monthlyCharge: amount("What each pays a month; a contract of credits asks for it").optional(),
  dailyTrade: amount("What each makes a day; a contract of trade asks for it").optional(),
});

const operatorRule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("credit"),
    clause,
    monthlyCharge: amount("What the operator is paid a month"),
    bands: creditBands,
  }),
  z.strictObject({
    kind: z.literal("damages"),
    clause,
    share: share("Part of what is owed to customers that the operator makes good"),
    atMost: amount("The most that it pays, whatever was owed").optional(),
  }),
]);

export const ledgerPolicySchema = z.strictObject({
  $schema: z.string().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .meta({ description: "ISO 4217 code of every amount.", examples: ["KRW"] }),
  timeZone: z
    .string()
    .refine(isTimeZone, { message: "a name of the time zone database, such as Asia/Seoul" })
    .meta({ description: "Whose months and days the contracts mean.", examples: ["Asia/Seoul"] }),
  sources: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: "Where figures come from, by what they are; figures made up for an example say so here." }),
  contracts: z.record(z.string(), z.discriminatedUnion("kind", [credit, goodwill, trade])),
  services: z.record(z.string(), z.strictObject({ parties: z.array(party).min(1) })),
  operators: z
    .record(z.string(), z.strictObject({ services: z.array(z.string()).min(1), rules: z.array(operatorRule).min(1) }))
    .default({})
    .meta({ description: "Who runs the facilities, the services that stand there, and what may be claimed." }),
});

export type LedgerPolicy = z.output<typeof ledgerPolicySchema>;
export type Contract = LedgerPolicy["contracts"][string];
export type Party = LedgerPolicy["services"][string]["parties"][number];
export type CreditBand = z.output<typeof creditBands>[number];

const instant = (what: string) =>
  z.iso.datetime({ offset: true }).meta({
    description: `${what}, with its offset from UTC.`,
    examples: ["2022-10-15T15:19:00+09:00"],
  });

/** What was down, and when. Outages may overlap. */
export const outageRecordSchema = z.strictObject({
  $schema: z.string().optional(),
  outages: z
    .array(
      z.strictObject({
        from: instant("When it began"),
        to: instant("When it ended"),
        services: z.array(z.string()).default([]),
        operators: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});

export type OutageRecord = z.output<typeof outageRecordSchema>;
