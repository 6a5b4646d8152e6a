/**
 * The schema of the configuration key `duplex:estate`. Everything that one field can say by itself is checked here; what
 * takes two fields (a name that must exist elsewhere) is in crossChecks.ts. The editor's JSON Schema is made from this.
 */
import { z } from "zod";
import { domainKinds, layers, tiers } from "../model";
import { durationPattern } from "./duration";

/** Names become parts of resource names: a DNS label leaves room for every cloud's limit. */
export const namePattern = /^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/;

const name = (what: string) =>
  z
    .string()
    .regex(namePattern)
    .meta({
      description: `${what} Lower case letters, digits and hyphens, at most 24 characters; a change renames (replaces) its resources.`,
    });
const words = (description: string) => z.array(z.string().min(1)).meta({ description });
const duration = (description: string) =>
  z
    .string()
    .regex(durationPattern)
    .meta({ description: `${description} A number and a unit: 45s, 5m, 1.5h, 1d.`, examples: ["60s", "5m", "1h"] });

const facilitySchema = z
  .strictObject({
    kind: z.literal("facility").meta({ description: "A building with a Kubernetes cluster of one's own." }),
    name: name("Stable key of the site."),
    region: z.string().min(1).meta({
      description: "Geographic region, such as capital-area: what one earthquake or one flood takes together.",
    }),
    facility: z.string().min(1).optional().meta({
      description: "Building; two sites in one building are one failure domain. Default: the site's name.",
    }),
    operator: z.string().min(1).meta({ description: "Who runs the building and can cut its power." }),
    powerFeeds: words(
      "Substations that feed it. One feed is a failure domain of its own; several fail only together. At least one.",
    ).min(1),
    carriers: words(
      "Network carriers with their own way into the building. At least one; a critical service needs two.",
    ).min(1),
    hazards: words("Hazard zones that it stands in: an earthquake zone, a flood plain, one grid.").default([]),
    batteryRoomsSeparated: z
      .boolean()
      .meta({ description: "True where fire walls part UPS and battery rooms (finding K9)." }),
    batteryChemistry: z
      .enum(["lithium-ion", "lead-acid", "none"])
      .meta({ description: "Chemistry of the UPS batteries; gas does not put out lithium-ion (finding K10)." }),
    firePlanKeepsPower: z.boolean().meta({
      description: "True where a fire can be fought without cutting the power of the whole building.",
    }),
    lastDrill: z.iso
      .date()
      .optional()
      .meta({
        description: "Day of the last drill of the building's loss, YYYY-MM-DD (finding K12). Default: none is known.",
        examples: ["2026-09-12"],
      }),
    cluster: name("Stretched cluster over several facilities that this one is part of, with the others that name it.")
      .optional()
      .meta({
        description:
          "Stretched cluster over several facilities that this one is part of, with the others that name it; a change replaces what runs in it. Three facilities or more: etcd needs a majority. Default: a cluster of its own.",
      }),
    clusterContext: z.string().min(1).optional().meta({
      description: "Context of its cluster in the kubeconfig. Default: the stretched cluster's name, else the site's.",
    }),
  })
  .meta({ description: "A facility of one's own." });

const cloudSchema = z
  .strictObject({
    kind: z.literal("cloud").meta({ description: "A region of a cloud." }),
    name: name("Stable key of the site."),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .meta({ description: "Code of the region.", examples: ["ap-northeast-2"] }),
    zoneIds: z
      .array(z.string().regex(/^[a-z]+\d-az\d+$/))
      .min(1)
      .meta({
        description:
          "Zone ids (apne2-az1), never the names of an account (ap-northeast-2a): those differ between accounts.",
      }),
    operator: z.string().min(1).meta({ description: "Who runs it, such as aws." }),
    carriers: words("Network carriers into the region, where they are known. Default: not said.").default([]),
    hazards: words("Hazard zones that the region stands in.").default([]),
  })
  .meta({ description: "A region of a cloud with the zones that may be used." });

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
    name: name("Name of the service; unique."),
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
          "Address of the runbook for its loss, http(s), at most 256 characters, without ? and #, which a tag cannot hold. Default: none is named.",
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
        rto: duration("Longest time until it serves again."),
        rpo: duration("Most data that may be lost."),
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
    image: z.string().min(1).optional().meta({
      description:
        "Container image; {site} stands for the site's name, so that each site pulls from a registry of its own. Default: registry.{site}.<domain>/<service>:stable.",
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
    name: name("Name of the vendor's service; dependencies use it."),
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
    vendors: z.array(vendorSchema).default([]).meta({ description: "Third parties. Default: none." }),
    statusPage: statusPage(
      "Page where users are told of an outage, outside of every site and of every name of the stack. Default: none is named.",
    ).optional(),
    services: z.array(serviceSchema).min(1).meta({ description: "The services: at least one." }),
  })
  .meta({ description: "The estate: sites, tiers and services." });

/** The configuration as it is written, defaults filled in. */
export type EstateConfig = z.output<typeof estateSchema>;
