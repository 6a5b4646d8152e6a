/** The kinds of text of which the configuration is made. */
import { z } from "zod";
import { durationPattern } from "./duration";

/** Names become parts of resource names: a DNS label leaves room for every cloud's limit. */
const namePattern = /^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/;

export const nameText = (what: string) =>
  z
    .string()
    .regex(namePattern)
    .meta({
      description:
        `${what} Lower case letters, digits and hyphens, at most 24 characters; a change renames (replaces) its ` +
        "resources.",
    });

export const textList = (description: string) => z.array(z.string().min(1)).meta({ description });

export const durationText = (description: string) =>
  z
    .string()
    .regex(durationPattern)
    .meta({ description: `${description} A number and a unit: 45s, 5m, 1.5h, 1d.`, examples: ["60s", "5m", "1h"] });
