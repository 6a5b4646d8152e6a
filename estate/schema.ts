/**
 * The schema of the configuration key `duplex:estate`. Everything that one field can say by itself is checked here;
 * what takes two fields (a name that must exist elsewhere) is in crossChecks.ts. The editor's JSON Schema is made from
 * this.
 */
import { z } from "zod";
import { acceptedLossesSchema } from "./acceptedLosses";
import { domainKinds } from "../model";
import { name, text } from "./schema/fields";
import { serviceSchema, statusPage } from "./schema/service";
import { cloudSchema, facilitySchema } from "./schema/sites";

const requirementSchema = z
  .strictObject({
    surviveOne: z
      .array(z.enum(domainKinds))
      .optional()
      .meta({ description: "Kinds of failure domain of which the loss of any one must be survived." }),
    surviveTwo: z
      .array(z.enum(domainKinds))
      .optional()
      .meta({ description: "Kinds of which the loss of any two together must not take the service down." }),
    leastCopies: z.int().min(1).max(9).optional().meta({ description: "Fewest independent copies, 1 to 9." }),
    longestTtlSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .meta({ description: "Longest time to live of a DNS answer, in seconds, 1 to 86400." }),
    refuseUnknown: z
      .boolean()
      .optional()
      .meta({ description: "True where a verdict that cannot be proven is refused." }),
  })
  .meta({ description: "What differs from the tier's defaults; a field left out keeps its default." });

const vendorSchema = z
  .strictObject({
    name: name("Name of the vendor's service; dependencies use it."),
    vendor: text("Company behind it: the failure domain."),
    purpose: text("What it is used for, such as log in."),
    url: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({ description: "Address that services call; they find it in their environment. Default: none is told." }),
  })
  .meta({ description: "A third party that services depend on." });

const dnsSchema = z
  .strictObject({
    domain: z
      .string()
      .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
      .meta({ description: "Domain under which each service has a name.", examples: ["duplex.example"] }),
    zoneId: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "Hosted zone that exists already. Default: a new one is made." }),
    ttlSeconds: z.int().min(30).max(60).default(30).meta({
      description:
        "Time to live of an answer in seconds, 30 to 60; a longer one keeps users at a dead site. Default: 30.",
    }),
    healthCheckIntervalSeconds: z
      .union([z.literal(10), z.literal(30)])
      .default(10)
      .meta({ description: "Seconds between two measurements of one checker, 10 or 30. Default: 10." }),
    healthCheckThreshold: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .meta({ description: "Failures in a row until a target counts as dead, 1 to 10. Default: 3." }),
    lastResort: z.array(z.ipv4()).min(1).meta({
      description: "IPv4 addresses of a notice page outside of every site, answered when all targets are dead.",
    }),
  })
  .meta({ description: "Names, and how fast they leave a dead site." });

const backupsSchema = z
  .strictObject({
    site: z.string().min(1).meta({
      description: "Cloud site that keeps a second copy of every backup, apart from the sites that the stores are in.",
    }),
    every: z
      .enum(["1h", "6h", "12h", "1d"])
      .default("1h")
      .meta({ description: "Time between two backups. Default: 1h, the shortest that AWS Backup takes." }),
    keepDays: z.int().min(7).max(3650).default(35).meta({
      description: "Days that a backup is kept, and that nobody can shorten, 7 to 3650. Default: 35.",
    }),
  })
  .meta({ description: "Backups of the cloud stores in vaults that nobody can shorten. Default: none." });

const imagesSchema = z
  .strictObject({
    account: z
      .string()
      .regex(/^\d{12}$/)
      .meta({
        description: "Account whose registry (ECR) holds the images in every region.",
        examples: ["111122223333"],
      }),
    prefix: z
      .string()
      .regex(/^([a-z0-9]+([._-][a-z0-9]+)*\/)*$/)
      .default("")
      .meta({ description: "What stands before a repository's name, with a slash at its end. Default: nothing." }),
    home: text(
      "Cloud site to which images are pushed; copies go to every other region that runs units. Default: " +
        "repositories and copies are kept by somebody else.",
    ).optional(),
    facilityRegistry: text(
      "Registry of each facility, with {site} for the site's name. Default: registry.{site}.<domain>.",
    ).optional(),
  })
  .meta({ description: "Where images are pulled from: always from the unit's own site." });

const alarmsSchema = z
  .strictObject({
    emails: z
      .array(z.email())
      .default([])
      .meta({ description: "Whom alarms are mailed to; each has to confirm once. Default: nobody." }),
  })
  .default({ emails: [] })
  .meta({
    description: "Alarms on every site of every public name, seen from us-east-1. Default: made, and mailed to nobody.",
  });

/** The estate as configuration. */
export const estateSchema = z
  .strictObject({
    sites: z
      .array(z.discriminatedUnion("kind", [facilitySchema, cloudSchema]))
      .min(2)
      .meta({ description: "Where replicas can stand: at least two." }),
    tiers: z
      .strictObject({
        critical: requirementSchema.optional(),
        important: requirementSchema.optional(),
        standard: requirementSchema.optional(),
      })
      .default({})
      .meta({ description: "Overrides of what a tier asks for. Default: none." }),
    dns: dnsSchema,
    deletionProtection: z.boolean().default(true).meta({
      description:
        "False lets load balancers and stores be deleted; set it, update, and only then destroy. Default: true.",
    }),
    images: imagesSchema.optional().meta({
      description:
        "Where images are pulled from. Default: cloud sites pull references as they are written, over the internet.",
    }),
    alarms: alarmsSchema,
    askForQuotas: z
      .boolean()
      .default(false)
      .meta({
        description:
          "True asks AWS for the quotas that the services need at their most. An account that has more already " +
          "must leave it false: AWS refuses to lower one. Default: false.",
      }),
    backups: backupsSchema.optional(),
    acceptedLosses: acceptedLossesSchema,
    vendors: z.array(vendorSchema).default([]).meta({ description: "Third parties. Default: none." }),
    statusPage: statusPage(
      ", outside of every site and of every name of the stack. Default: none is named.",
    ).optional(),
    services: z.array(serviceSchema).min(1).meta({ description: "The services: at least one." }),
  })
  .meta({ description: "The estate: sites, tiers and services." });

/** The configuration as it is written, defaults filled in. */
export type EstateConfig = z.output<typeof estateSchema>;
