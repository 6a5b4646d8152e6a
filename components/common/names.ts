/** Names by which a cloud or a cluster knows what is made: with project and stack, so that two stacks never meet. */
import * as pulumi from "@pulumi/pulumi";
import { hashOf } from "../../lib/hash";

/** Digits that keep two long names apart once they are cut. */
const digits = 6;

/**
 * Project, stack and name as one: lower case letters, digits and single hyphens, beginning with a letter.
 *
 * @param longest characters that the name's place admits; a longer one is cut and ends in digits of its own
 */
export function physicalName(name: string, longest: number): string {
  const full = [pulumi.getProject(), pulumi.getStack(), name]
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  if (full.length <= longest) return full;
  const digest = hashOf(full).toString(16).padStart(8, "0").slice(-digits);
  return `${full.slice(0, longest - digits - 1).replace(/-+$/, "")}-${digest}`;
}
