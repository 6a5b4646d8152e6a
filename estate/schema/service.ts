/** Services: what is asked of them, where they run, what they need. */
import { z } from "zod";
import { layers, tiers } from "../../model";
import { dataSchema } from "./data";
import { duration, hostName, name, path, port, text } from "./fields";
import {
  commandSchema,
  computeSchema,
  egressSchema,
  environmentSchema,
  logDaysSchema,
  podSchema,
  scalingSchema,
  secretsSchema,
} from "./workload";

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

export const statusPage = (what: string) => hostName(`Page where users are told of an outage${what}`);

const objectivesSchema = z
  .strictObject({
    rto: duration("Longest time until it serves again."),
    rpo: duration("Most data that may be lost."),
    leastShare: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: "Least share of the peak served after a loss, 0 to 1; 1 is full strength." }),
  })
  .meta({ description: "Objectives for recovery." });

export const serviceSchema = z
  .strictObject({
    name: name("Name of the service; unique."),
    kind: z
      .enum(["public", "internal", "worker"])
      .default("public")
      .meta({
        description:
          "public: a name for everybody; internal: a private name for other services; worker: nothing calls it. " +
          "Default: public.",
      }),
    layer: z.enum(layers).default("compute").meta({ description: "What it does for others. Default: compute." }),
    tier: z
      .enum(tiers)
      .meta({ description: "How strictly it is judged; what a critical service depends on is critical too." }),
    owner: text("Team that is called when it fails."),
    runbook: z
      .string()
      .regex(/^https?:\/\/[A-Za-z0-9+\-=._:/@]+$/)
      .max(256)
      .optional()
      .meta({
        description:
          "Address of the runbook for its loss, http(s), at most 256 characters, without ? and #, which a tag " +
          "cannot hold. Default: none is named.",
        examples: ["https://runbooks.example.net/messenger"],
      }),
    statusPage: statusPage(". Default: the estate's.").optional(),
    peakRps: z
      .number()
      .positive()
      .meta({ description: "Peak demand of the whole service, requests per second, more than 0." }),
    unitRps: z
      .number()
      .positive()
      .meta({ description: "Requests per second that one unit (pod, task or instance) serves, more than 0." }),
    objectives: objectivesSchema,
    users: z.int().min(0).meta({ description: "Monthly users, at least 0." }),
    paid: z.boolean().meta({ description: "True where users pay and an outage is compensated by contract." }),
    outageCostPerHour: moneySchema,
    sites: z
      .array(z.string().min(1))
      .meta({ description: "Names of the sites that it runs in, all serving at once. At least two." }),
    units: z
      .record(z.string(), z.int().min(1))
      .optional()
      .meta({
        description:
          "Units to run in each of its sites, reserve included, such as `duplex plan --write` writes them; weights " +
          "follow, and what does not survive is refused. Default: the least equal number that keeps every promise.",
        examples: [{ seoul: 30, tokyo: 31 }],
      }),
    image: text(
      "Repository and digest or tag in the registry of each site, such as messenger@sha256:…; a whole " +
        "reference, whose host has a dot, is taken as it is, with {site} and {region}. Default: " +
        "<service>:stable; without images, registry.{site}.<domain>/<service>:stable.",
    ).optional(),
    command: commandSchema,
    environment: environmentSchema,
    secrets: secretsSchema,
    port: port("Port that the units listen on. Default: 8080.").default(8080),
    protocol: z
      .enum(["http", "grpc"])
      .default("http")
      .meta({ description: "What the units speak behind the entrance. Default: http." }),
    healthPath: path(
      "Path that answers 200 only when the service can do its work, its needs included: a site where it does " +
        "not is left. Default: /healthz/deep.",
    ).default("/healthz/deep"),
    readyPath: path(
      "Path that answers 200 when the unit itself is ready, whatever its needs: a unit where it does not gets " +
        "no request. Default: /healthz/ready.",
    ).default("/healthz/ready"),
    livePath: path(
      "Path that answers 200 while the process lives; a pod where it does not is started anew. Default: /healthz/live.",
    ).default("/healthz/live"),
    compute: computeSchema,
    pod: podSchema,
    scaling: scalingSchema,
    logDays: logDaysSchema,
    egress: egressSchema,
    data: dataSchema.optional(),
    dependencies: z.array(dependencySchema).default([]).meta({ description: "What it needs. Default: nothing." }),
  })
  .meta({ description: "One service, active in every one of its sites." });
