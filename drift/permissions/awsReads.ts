/** What the AWS provider asks when it reads a resource of each type, as the tables of `inventory/aws` have it. */
import type { ContentReads } from "../../inventory/aws/table";
import { awsTypes, rowOf } from "../../inventory/aws/registry";
import type { Resource, Value } from "../../inventory/resource";
import { field, text } from "../../inventory/values";

/** Types of which it is known how they are read, sorted. */
export const typesWithReads: readonly string[] = awsTypes;

/** Actions that reading one resource of a type takes, such as `ec2:DescribeVpcs`; undefined where no table lists it. */
export function actionsToRead(type: string): readonly string[] | undefined {
  const row = rowOf(type);
  return row && [...(row.reads ?? []), ...(row.contents?.reads ?? [])];
}

/** Those of them that say how it is set up, and are granted for any object. */
export function settingsToRead(type: string): readonly string[] {
  return rowOf(type)?.reads ?? [];
}

/** Those that read what it holds; undefined where none does. */
export function contentsToRead(type: string): ContentReads | undefined {
  return rowOf(type)?.contents;
}

const words = /\$\{(\w+)\}/g;

/** ARN of the object whose contents a resource's reading reads; undefined before it is known. */
export function arnOfContents(resource: Resource, { of }: ContentReads): string | undefined {
  for (const form of of) {
    const values = [...form.matchAll(words)].map(([, word = ""]) => text(valueOf(resource, word)));
    if (values.includes(undefined)) continue;
    const arn = form.replace(words, () => values.shift() ?? "");
    if (arn.startsWith("arn:")) return arn;
  }
  return undefined;
}

function valueOf(resource: Resource, word: string): Value {
  return field(resource.properties, word) ?? (word === "id" ? resource.id : undefined);
}
