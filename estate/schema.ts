/**
 * The schema of the configuration key `duplex:estate`. Everything that one field can say by itself is checked here;
 * what takes two fields (a name that must exist elsewhere) is in crossChecks.ts. The editor's JSON Schema is made from
 * this.
 */
import { z } from "zod";
import { acceptedLossesSchema } from "./acceptedLosses";
import { domainKinds, layers, tiers } from "../model";
import { nameText, durationText } from "./schemaTexts";
import { facilitySchema, cloudSchema } from "./siteSchema";

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

const moneySchema = z
  .strictObject({
    amount: z.number().min(0).meta({ description: "Amount, at least 0." }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: "ISO 4217 code.", examples: ["KRW"] }),
  })
  .meta({ description: "What an hour's outage costs." });

const dependencySchema = z
  .strictObject({
    anyOf: z.array(z.string().min(1)).min(1).meta({ description: "Services or vendors; any one of them is enough." }),
    strength: z.enum(["hard", "soft", "startup"]).meta({
      description:
        "hard: down when it is down; soft: degraded; startup: needed to start, scale or move (images, keys, secrets).",
    }),
  })
  .meta({ description: "An edge to another service." });

const dataSchema = z
  .strictObject({
    store: z.enum(["none", "dynamodb", "aurora", "bucket"]).meta({
      description: "none: no state; dynamodb: global table; aurora: global cluster; bucket: two buckets, both ways.",
    }),
    sites: z
      .array(z.string().min(1))
      .default([])
      .meta({ description: "Cloud sites that hold a copy, at least two; for a bucket exactly two." }),
    followers: z.array(z.string().min(1)).default([]).meta({
      description:
        "Facilities that hold an asynchronous copy under another operator, to be promoted (docs/decisions/0002).",
    }),
  })
  .meta({ description: "Where the service's state is kept. Default: none." });

const statusPage = (what: string) =>
  z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
    .meta({ description: `${what} A host name.`, examples: ["status.example.net"] });

const serviceSchema = z
  .strictObject({
    name: nameText("Name of the service; unique."),
    layer: z.enum(layers).default("compute").meta({ description: "What it does for others. Default: compute." }),
    tier: z
      .enum(tiers)
      .meta({ description: "How strictly it is judged; what a critical service depends on is critical too." }),
    owner: z.string().min(1).meta({ description: "Team that is called when it fails." }),
    runbook: z
      .string()
      .regex(/^https?:\/\/[A-Za-z0-9+\-=._:/@]+$/)
      .max(256)
      .optional()
      .meta({
        description:
          "Address of the runbook for its loss, http(s), at most 256 characters, without ? and #, which a tag cannot " +
          "hold. Default: none is named.",
        examples: ["https://runbooks.example.net/messenger"],
      }),
    statusPage: statusPage("Page where its users are told of an outage. Default: the estate's.").optional(),
    peakRps: z
      .number()
      .positive()
      .meta({ description: "Peak demand of the whole service, requests per second, more than 0." }),
    unitRps: z
      .number()
      .positive()
      .meta({ description: "Requests per second that one unit (pod or instance) serves, more than 0." }),
    objectives: z
      .strictObject({
        rto: durationText("Longest time until it serves again."),
        rpo: durationText("Most data that may be lost."),
        leastShare: z
          .number()
          .min(0)
          .max(1)
          .meta({ description: "Least share of the peak served after a loss, 0 to 1; 1 is full strength." }),
      })
      .meta({ description: "Objectives for recovery." }),
    users: z.int().min(0).meta({ description: "Monthly users, at least 0." }),
    paid: z.boolean().meta({ description: "True where users pay and an outage is compensated by contract." }),
    outageCostPerHour: moneySchema,
    sites: z
      .array(z.string().min(1))
      .meta({ description: "Names of the sites that it runs in, all serving at once. At least two." }),
    image: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          "Container image; {site} stands for the site's name, so that each site pulls from a registry of its own. " +
          "Default: registry.{site}.<domain>/<service>:stable.",
      }),
    healthPath: z
      .string()
      .regex(/^\/\S*$/)
      .default("/healthz/deep")
      .meta({
        description: "Path that answers 200 only when the service can do its work. Default: /healthz/deep.",
      }),
    data: dataSchema.optional(),
    dependencies: z.array(dependencySchema).default([]).meta({ description: "What it needs. Default: nothing." }),
  })
  .meta({ description: "One service, active in every one of its sites." });

const vendorSchema = z
  .strictObject({
    name: nameText("Name of the vendor's service; dependencies use it."),
    vendor: z.string().min(1).meta({ description: "Company behind it: the failure domain." }),
    purpose: z.string().min(1).meta({ description: "What it is used for, such as log in." }),
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
    backups: backupsSchema.optional(),
    acceptedLosses: acceptedLossesSchema,
    vendors: z.array(vendorSchema).default([]).meta({ description: "Third parties. Default: none." }),
    statusPage: statusPage(
      "Page where users are told of an outage, outside of every site and of every name of the stack. Default: none " +
        "is named.",
    ).optional(),
    services: z.array(serviceSchema).min(1).meta({ description: "The services: at least one." }),
  })
  .meta({ description: "The estate: sites, tiers and services." });

/** The configuration as it is written, defaults filled in. */
export type EstateConfig = z.output<typeof estateSchema>;
