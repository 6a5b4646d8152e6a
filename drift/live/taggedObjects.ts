/**
 * Objects of AWS with their tags: what `aws resourcegroupstaggingapi get-resources` prints (Resource Groups Tagging API
 * Reference, GetResources). Objects that never had a tag are not in it.
 */
import type { Value } from "../../inventory/resource";
import { field, items, text } from "../../inventory/values";
import { drawnId, importOf, parseArn } from "./arn";
import type { ListedObject, Recognised } from "./record";

/** Undefined for any other document. */
export function taggedObjects(document: Value): Recognised | undefined {
  const list = field(document, "ResourceTagMappingList");
  if (!Array.isArray(list)) return undefined;
  const objects: ListedObject[] = [];
  for (const [index, entry] of items(list).entries()) {
    const arn = text(field(entry, "ResourceARN"));
    if (arn === undefined || parseArn(arn) === undefined) {
      return { path: `ResourceTagMappingList[${index}].ResourceARN`, message: "An object must have its ARN." };
    }
    const words = wordsOf(field(entry, "Tags"));
    if (!isMadeElsewhere(arn, words)) objects.push(objectOf(arn, words));
  }
  return objects;
}

function wordsOf(tags: Value): Readonly<Record<string, string>> {
  return Object.fromEntries(
    items(tags).flatMap((tag) => {
      const [key, value] = [text(field(tag, "Key")), field(tag, "Value")];
      return key !== undefined && typeof value === "string" ? [[key, value] as const] : [];
    }),
  );
}

function objectOf(arn: string, words: Readonly<Record<string, string>>): ListedObject {
  const id = drawnId(arn);
  // A log group's ARN ends with `:*` in some answers and in others not.
  const other = arn.endsWith(":*") ? arn.slice(0, -2) : `${arn}:*`;
  return {
    kind: "object",
    key: arn,
    ...importOf(arn),
    words,
    names: [arn, other, ...(id === undefined ? [] : [id]), ...makersOf(words)],
  };
}

/**
 * Tags by which a service names what it has made an object for, or by. Only AWS can write a key that begins with `aws:`
 * (Tagging AWS Resources User Guide, "Tag naming limits and requirements").
 */
const makerTags = [
  "aws:autoscaling:groupName",
  "aws:backup:source-resource",
  "aws:ec2:fleet-id",
  "aws:ec2launchtemplate:id",
  "aws:ecs:clusterName",
  "aws:ecs:serviceName",
  "aws:eks:cluster-name",
  "eks:cluster-name",
  "elbv2.k8s.aws/cluster",
  "alpha.eksctl.io/cluster-name",
  "cluster.k8s.amazonaws.com/name",
] as const;

const clusterTag = "kubernetes.io/cluster/";

/** Names of what has made it: where a state holds one of them, the object is that resource's doing. */
function makersOf(words: Readonly<Record<string, string>>): readonly string[] {
  const named = makerTags.flatMap((key) => words[key] ?? []);
  const clusters = Object.entries(words).flatMap(([key, value]) =>
    key.startsWith(clusterTag) && value === "owned" ? [key.slice(clusterTag.length)] : [],
  );
  return [...named, ...clusters];
}

/**
 * What CloudFormation manages has a program of its own; a copy that a service makes by itself is no object of
 * anybody's.
 */
function isMadeElsewhere(arn: string, words: Readonly<Record<string, string>>): boolean {
  const isStacks = Object.keys(words).some((key) => key.startsWith("aws:cloudformation:"));
  return isStacks || isCopy(arn);
}

/**
 * Snapshots and recovery points, automatic ones too: they carry the tags of what they are copies of, and serve nothing.
 */
function isCopy(arn: string): boolean {
  return /:(?:cluster-)?snapshot[:/]|:recovery-point:|:auto-backup:|:image\//.test(arn);
}
