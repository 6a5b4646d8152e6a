/** By which rules a bucket is copied, in whichever of the three forms they are written. */
import { known, unknown, type Known } from "../../../model";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { at, entries, field, items, propertyPath, text } from "../../values";
import { bucketTypes } from "../entrances";
import { trustGate } from "../identity/access";
import { permissionsOf, roleTypes } from "../identity/permissions";
import { covers } from "../identity/statements";
import { blockIn } from "./blocks";
import { encryptionTypes } from "./encryption";
import { keepsVersions } from "./versions";

export const replicationTypes = ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"] as const;

/** One bucket's copy in another, by one rule or several. */
export interface Copying {
  readonly destination: Resource;
  readonly lagSeconds: Known<number>;
}

/** The rules of one source of them, and where they stand. */
interface Rules {
  readonly of: Resource;
  readonly property: string;
  readonly path: readonly (string | number)[];
  readonly rules: Value;
}

/** Buckets that hold a copy of every object that is written to this one. */
export function copiesOf(bucket: Resource, context: ReadContext): readonly Copying[] {
  if (!keepsVersions(bucket, context)) return [];
  const byDestination = new Map<Resource, Known<number>>();
  for (const source of rulesOf(bucket, context)) {
    const { of, property, path, rules } = source;
    if (!isRoleAble(of, context)) continue;
    const list = items(rules);
    // Before a preview knows the rules, their edges tell between which buckets they copy.
    const unseen = rules === UNKNOWN ? context.stack.edges(of, property, bucketTypes) : [];
    for (const destination of unseen) {
      if (isCopy(destination, bucket, context)) byDestination.set(destination, unknown(propertyPath(of, ...path)));
    }
    list.forEach((rule, index) => {
      if (field(rule, "status") !== "Enabled" || !isWhole(rule) || !opensKeys(rule, bucket, context)) return;
      const lag = lagOf(rule, propertyPath(of, ...path, index, "destination", "replicationTime"));
      for (const destination of destinationsOf(source, rule, context)) {
        const before = byDestination.get(destination);
        // Of two rules for one bucket the slower one is the promise.
        const slower = before !== undefined && (!before.known || (lag.known && before.value > lag.value));
        if (isCopy(destination, bucket, context)) byDestination.set(destination, slower ? before : lag);
      }
    });
  }
  return [...byDestination].map(([destination, lagSeconds]) => ({ destination, lagSeconds }));
}

/** As a role that S3 may not take, or that may write no copy anywhere, nothing is copied. */
function isRoleAble(of: Resource, context: ReadContext): boolean {
  const [role] = context.stack.references(of, "role", roleTypes, field(of.properties, "role")).resources;
  if (role === undefined) return true;
  if (trustGate(role, "s3.amazonaws.com") !== undefined) return false;
  const { documents } = permissionsOf(role, context);
  // Of a role without any policy in the stack another one may keep them.
  if (documents.length === 0) return true;
  return documents.some(
    ({ statements }) =>
      statements === undefined ||
      statements.some(({ allows, actions }) => allows && covers(actions, "s3:replicateobject")),
  );
}

/** Only versions are copied: with one side's suspended, nothing new arrives. */
function isCopy(destination: Resource, source: Resource, context: ReadContext): boolean {
  return destination !== source && keepsVersions(destination, context);
}

/** By a resource of their own, else inside of the bucket. */
function rulesOf(bucket: Resource, { stack }: ReadContext): readonly Rules[] {
  const apart = membersBy(stack, replicationTypes, "bucket", bucketTypes).get(bucket) ?? [];
  if (apart.length > 0) {
    return apart.map((of) => ({ of, property: "rules", path: ["rules"], rules: field(of.properties, "rules") }));
  }
  for (const property of ["replicationConfiguration", "replicationConfigurations"]) {
    const configuration = blockIn(bucket.properties, property);
    if (configuration === undefined) continue;
    const rules = configuration === UNKNOWN ? configuration : field(configuration, "rules");
    return [{ of: bucket, property, path: [property, "rules"], rules }];
  }
  return [];
}

function destinationsOf({ of, property, rules }: Rules, rule: Value, { stack }: ReadContext): readonly Resource[] {
  const bucket = field(blockIn(rule, "destination", "destinations"), "bucket");
  if (bucket !== UNKNOWN) return stack.references(of, property, bucketTypes, bucket).resources;
  // Of several rules whose buckets are not known, an edge does not tell which is whose.
  const edges = stack.edges(of, property, bucketTypes);
  return edges.length <= items(rules).length ? edges : [];
}

/** Whether a rule picks every object: one with a prefix or a tag copies what bears it, and nothing else. */
function isWhole(rule: Value): boolean {
  const filter = blockIn(rule, "filter", "filters");
  if (filter === UNKNOWN) return false;
  const prefixes: readonly Value[] = [field(rule, "prefix"), field(filter, "prefix"), at(filter, "and", "prefix")];
  if (prefixes.some((prefix) => prefix !== undefined && prefix !== "")) return false;
  const tags: readonly Value[] = [field(filter, "tag"), field(filter, "tags"), at(filter, "and", "tags")];
  return tags.every((tag) => tag === undefined || (tag !== UNKNOWN && entries(tag).length === 0));
}

/**
 * What is encrypted with a key of KMS is passed over unless the rule asks for it (S3 User Guide, "Replicating encrypted
 * objects").
 */
function opensKeys(rule: Value, bucket: Resource, context: ReadContext): boolean {
  if (!isUnderKey(bucket, context)) return true;
  const criteria = blockIn(rule, "sourceSelectionCriteria", "sourceSelectionCriterias");
  const encrypted = blockIn(criteria, "sseKmsEncryptedObjects");
  return field(encrypted, "status") === "Enabled" || field(encrypted, "enabled") === true;
}

function isUnderKey(bucket: Resource, { stack }: ReadContext): boolean {
  const apart = membersBy(stack, encryptionTypes, "bucket", bucketTypes).get(bucket) ?? [];
  const names = ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"];
  const rules: Value[] = apart.flatMap(({ properties }) => items(field(properties, "rules")));
  if (apart.length === 0) rules.push(blockIn(blockIn(bucket.properties, ...names), "rule", "rules"));
  return rules.some((rule) => {
    const byDefault = blockIn(rule, "applyServerSideEncryptionByDefault", "applyServerSideEncryptionByDefaults");
    return text(field(byDefault, "sseAlgorithm"))?.startsWith("aws:kms") === true;
  });
}

/** Replication Time Control promises minutes; without it most objects arrive within 15, and nothing is promised. */
function lagOf(rule: Value, path: string): Known<number> {
  const destination = blockIn(rule, "destination", "destinations");
  const control = blockIn(destination, "replicationTime", "replicationTimes");
  const minutes = at(control, "time", "minutes") ?? field(control, "minutes");
  if (text(field(control, "status")) !== "Enabled" || typeof minutes !== "number") return unknown(path);
  return known(minutes * 60);
}
