/** How a service's units run, and what they are given. */
import { z } from "zod";
import { arn, port, range, text, words } from "./fields";

const architecture = z
  .enum(["x86_64", "arm64"])
  .default("x86_64")
  .meta({ description: "Processor that the image is built for. Default: x86_64." });

const fargateSchema = z
  .strictObject({
    on: z.literal("fargate").meta({ description: "Tasks of ECS on Fargate: no machine to keep." }),
    cpu: z
      .union([256, 512, 1024, 2048, 4096, 8192, 16_384].map((units) => z.literal(units)))
      .default(1024)
      .meta({ description: "CPU units of one task, 1024 are one vCPU. Default: 1024." }),
    memoryMiB: z.int().min(512).max(122_880).default(2048).meta({
      description:
        "Memory of one task in MiB, in Fargate's table of sizes: with 1024 CPU units 2048 to 8192. Default: 2048.",
    }),
    architecture,
  })
  .meta({ description: "Units as tasks of ECS on Fargate." });

const instancesSchema = z
  .strictObject({
    on: z.literal("ec2").meta({ description: "Instances of EC2 in an autoscaling group, one container each." }),
    instanceType: text("Instance type of one unit. Default: c7i.2xlarge, with arm64 c7g.2xlarge.").optional(),
    architecture,
  })
  .meta({ description: "Units as instances of EC2." });

const functionSchema = z
  .strictObject({
    on: z.literal("lambda").meta({ description: "Executions of Lambda, provisioned so that none starts cold." }),
    memoryMiB: z.int().min(128).max(10_240).default(1024).meta({
      description: "Memory of one execution in MiB, 128 to 10240; the processor follows from it. Default: 1024.",
    }),
    timeoutSeconds: z
      .int()
      .min(1)
      .max(900)
      .default(30)
      .meta({ description: "Longest time of one request in seconds, 1 to 900. Default: 30." }),
    architecture,
  })
  .meta({ description: "Units as executions of Lambda." });

export const computeSchema = z
  .discriminatedUnion("on", [fargateSchema, instancesSchema, functionSchema])
  .default({ on: "fargate", cpu: 1024, memoryMiB: 2048, architecture: "x86_64" })
  .meta({ description: "What a unit is in a cloud site. Default: fargate with one vCPU and 2048 MiB." });

export const podSchema = z
  .strictObject({
    cpu: text("Processor of one pod, requested and limited. Default: 2.", ["2", "500m"]).default("2"),
    memory: text("Memory of one pod, requested and limited. Default: 4Gi.", ["4Gi"]).default("4Gi"),
  })
  .default({ cpu: "2", memory: "4Gi" })
  .meta({ description: "What a unit is in a facility. Default: 2 cores and 4Gi." });

export const scalingSchema = z
  .strictObject({
    most: z.number().min(1).max(20).default(1.5).meta({
      description:
        "Most units in a cloud site as a multiple of the plan's, 1 to 20; the plan's are the floor. Default: 1.5.",
    }),
    cpuShare: z.number().min(0.1).max(0.9).default(0.6).meta({
      description: "Share of the processor above which units are added, 0.1 to 0.9. Default: 0.6.",
    }),
  })
  .default({ most: 1.5, cpuShare: 0.6 })
  .meta({
    description: "How units are added under load. Default: up to half as many again, at 60 % of the processor.",
  });

const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

export const environmentSchema = z.record(variable, z.string()).default({}).meta({
  description: "Variables of the units; those that begin with DUPLEX_ are Duplex's own. Default: none beside those.",
});

const secretSchema = z
  .strictObject({
    arn: arn(
      "Secret of Secrets Manager, in any region that holds it; each site reads the replica of its own. A " +
        "service in a cloud site needs it.",
    ).optional(),
    secret: text("Secret of Kubernetes in the service's namespace. A service in a facility needs it.").optional(),
    key: text("Key in that Secret. Default: the variable's name.").optional(),
  })
  .meta({ description: "Where the value is kept." });

export const secretsSchema = z
  .record(variable, secretSchema)
  .default({})
  .meta({ description: "Variables whose values are kept elsewhere. Default: none." });

export const egressSchema = z
  .array(
    z
      .strictObject({
        name: text("What is there."),
        cidr: range("Where it is."),
        port: port("Port that is called."),
      })
      .meta({ description: "An address that units may call." }),
  )
  .default([])
  .meta({
    description:
      "What units may call beside dependencies, vendors and data, which open their own way. Default: nothing.",
  });

/** Days that CloudWatch knows (its API Reference, PutRetentionPolicy). */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logDaysSchema = z
  .union(retentionDays.map((days) => z.literal(days)))
  .default(30)
  .meta({ description: "Days that a unit's output is kept, as CloudWatch offers them. Default: 30." });

export const commandSchema = words("What runs in the container. Default: what its image says.").optional();
