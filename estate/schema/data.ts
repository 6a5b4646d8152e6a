/** Where a service's state is kept. */
import { z } from "zod";
import { text } from "./fields";

const key = (description: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,255}$/)
    .meta({ description });

const indexSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{3,255}$/)
      .meta({ description: "Name of the index, 3 to 255 characters." }),
    hashKey: key("Key that its items are spread by."),
    rangeKey: key("Key that its items are sorted by. Default: none.").optional(),
  })
  .meta({ description: "A second way to look items up, kept in every region." });

const tableSchema = z
  .strictObject({
    hashKey: key("Key that items are spread by. A change replaces the table. Default: pk.").optional(),
    rangeKey: key(
      "Key that items of one hash key are sorted by. A change replaces the table. Default: sk with the default " +
        "hashKey, else none.",
    ).optional(),
    attributes: z
      .record(z.string(), z.enum(["S", "N", "B"]))
      .optional()
      .meta({ description: "Types of keys, those of indexes too: S text, N number, B bytes. Default: S for each." }),
    indexes: z.array(indexSchema).max(20).optional().meta({ description: "At most 20. Default: none." }),
    ttlAttribute: key(
      "Attribute with the second of the epoch after which an item may go. Default: items stay.",
    ).optional(),
    consistency: z
      .enum(["eventual", "strong"])
      .optional()
      .meta({
        description:
          "eventual: each region writes alone, about a second may be lost with one; strong: a write is in two of " +
          "three regions before it is answered. A change replaces the table. Default: eventual.",
      }),
    witness: text(
      "Cloud site whose region only votes, in the place of a third copy of a strong table. Default: three copies.",
    ).optional(),
  })
  .meta({ description: "A table's keys and how its copies agree." });

const databaseSchema = z
  .strictObject({
    databaseName: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/)
      .optional()
      .meta({ description: "Name of the database. A change replaces it. Default: app." }),
    engineVersion: z
      .string()
      .regex(/^(16\.[1-9]\d*|1[7-9]\.\d+)$/)
      .optional()
      .meta({
        description: "Version of Aurora PostgreSQL, 16.1 or newer: older ones pass no writes on. Default: 16.6.",
        examples: ["16.6"],
      }),
    instanceClass: z
      .string()
      .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/)
      .optional()
      .meta({ description: "Class of the instances. Default: db.r7g.large.", examples: ["db.r7g.xlarge"] }),
    instances: z.int().min(2).max(15).optional().meta({
      description: "Instances in each region, over different zones, 2 to 15. Default: 2.",
    }),
  })
  .meta({ description: "A database's version and size." });

export const dataSchema = z
  .strictObject({
    store: z.enum(["none", "dynamodb", "aurora", "bucket"]).meta({
      description: "none: no state; dynamodb: global table; aurora: global database; bucket: two buckets, both ways.",
    }),
    sites: z
      .array(z.string().min(1))
      .default([])
      .meta({ description: "Cloud sites that hold a copy, at least two; for a bucket exactly two." }),
    followers: z.array(z.string().min(1)).default([]).meta({
      description:
        "Facilities that hold an asynchronous copy under another operator, to be promoted (docs/decisions/0002).",
    }),
    table: tableSchema
      .optional()
      .meta({ description: "The table, with store: dynamodb. Default: keys pk and sk, eventual." }),
    database: databaseSchema.optional().meta({
      description: "The database, with store: aurora. Default: two instances of db.r7g.large in each region.",
    }),
  })
  .meta({ description: "Where the service's state is kept. Default: none." });
