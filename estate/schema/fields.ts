/** Fields of which several groups have one. */
import { z } from "zod";
import { durationPattern } from "../duration";

/** Names become parts of resource names: a DNS label leaves room for every cloud's limit. */
const namePattern = /^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/;

export const name = (what: string) =>
  z
    .string()
    .regex(namePattern)
    .meta({
      description:
        `${what} Lower case letters, digits and hyphens, at most 24 characters; a change renames (replaces) its ` +
        "resources.",
    });

export const words = (description: string) => z.array(z.string().min(1)).meta({ description });

export const text = (description: string, examples?: string[]) =>
  z
    .string()
    .min(1)
    .meta({ description, ...(examples ? { examples } : {}) });

export const duration = (description: string) =>
  z
    .string()
    .regex(durationPattern)
    .meta({ description: `${description} A number and a unit: 45s, 5m, 1.5h, 1d.`, examples: ["60s", "5m", "1h"] });

export const path = (description: string) =>
  z
    .string()
    .regex(/^\/\S*$/)
    .meta({ description });

export const hostName = (what: string) =>
  z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
    .meta({ description: `${what} A host name.`, examples: ["status.example.net"] });

export const port = (description: string) =>
  z
    .int()
    .min(1)
    .max(65_535)
    .meta({ description: `${description} 1 to 65535.` });

export const range = (description: string) =>
  z
    .string()
    .regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/)
    .meta({ description: `${description} An IPv4 range.`, examples: ["10.20.0.0/16"] });

export const arn = (description: string) =>
  z
    .string()
    .regex(/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:\S+$/)
    .meta({ description });
