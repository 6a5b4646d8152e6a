/**
 * What a read tells of the run state: machines and databases that are stopped or have failed, and stores that cannot be
 * opened since the key that they are encrypted with is disabled. They stand, and serve nobody.
 */
import { memoize } from "../../lib/memo";
import type { Resource, Value } from "../resource";
import { UNKNOWN } from "../resource";
import type { Stack } from "../stack";
import { entries, field, items, text, textAt } from "../values";
import { rowOf, typesWith } from "./registry";

const states = typesWith("outOfService");
const keyTypes = ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey", "aws:kms/replicaKey:ReplicaKey"] as const;
const aliasTypes = ["aws:kms/alias:Alias"] as const;
const instanceTypes = ["aws:ec2/instance:Instance"] as const;
const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
/** A machine that is told to be stopped by a resource of its own. */
const stateType = "aws:ec2transitgateway/instanceState:InstanceState";
/** Keys of what a store does beside serving: its figures, its logs, and the copies of a table in other regions. */
const besideServing = /^(performanceInsights|masterUserSecret|cloudwatch|log|replica)/i;
/** Blocks stand no deeper than this in any resource that names a key. */
const deepest = 5;

/** Whether a resource of AWS serves nobody, by its own state or by that of its key. */
export function isOutOfService(resource: Resource, stack: Stack): boolean {
  return isStopped(resource) || stoppedMachines(stack).has(resource) || lockedStores(stack).has(resource);
}

function isStopped(resource: Resource): boolean {
  const state = states.get(resource.type);
  if (state === undefined || (keyTypes as readonly string[]).includes(resource.type)) return false;
  const value = field(resource.properties, state.property);
  return typeof value === "string" && state.values.includes(value);
}

function isDisabled(key: Resource): boolean {
  const state = states.get(key.type);
  const value = state && field(key.properties, state.property);
  const isOff = typeof value === "boolean" && state?.values.includes(value) === true;
  return isOff || ["Disabled", "PendingDeletion"].includes(textAt(key, "keyState") ?? "");
}

const stoppedMachines = memoize((stack: Stack): ReadonlySet<Resource> => {
  const told = stack.ofType(stateType).filter((one) => textAt(one, "state") === "stopped");
  return new Set(
    told.flatMap(
      (one) => stack.references(one, "instanceId", instanceTypes, field(one.properties, "instanceId")).resources,
    ),
  );
});

/** Resources that name a disabled key; worked out only where there is one, for it looks at every property. */
const lockedStores = memoize((stack: Stack): ReadonlySet<Resource> => {
  const disabled = new Set(keyTypes.flatMap((type) => stack.ofType(type)).filter(isDisabled));
  const locked = new Set<Resource>();
  if (disabled.size === 0) return locked;
  for (const resource of stack.resources) {
    // A volume that is attached goes on; what no reader reads stands for nothing.
    if (!resource.type.startsWith("aws:") || resource.type.startsWith("aws:kms/")) continue;
    if (resource.type === "aws:ebs/volume:Volume" || rowOf(resource.type)?.nothing !== undefined) continue;
    const named = Object.keys(resource.properties).some((property) =>
      keysIn(resource, property, stack).some((key) => disabled.has(key)),
    );
    if (!named) continue;
    locked.add(resource);
    // A bucket is encrypted by a resource of its own.
    if (!(encryptionTypes as readonly string[]).includes(resource.type)) continue;
    const value = field(resource.properties, "bucket");
    const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
    for (const bucket of stack.references(resource, "bucket", buckets, value).resources) locked.add(bucket);
  }
  return locked;
});

function keysIn(resource: Resource, property: string, stack: Stack): readonly Resource[] {
  if (besideServing.test(property)) return [];
  const found: Resource[] = [];
  const look = (key: string, value: Value, depth: number): void => {
    if (depth > deepest) return;
    if (value === UNKNOWN && isKeyName(key)) found.push(...stack.edges(resource, property, keyTypes));
    else if (Array.isArray(value)) for (const item of items(value)) look(key, item, depth + 1);
    else if (typeof value === "string") {
      const named = isKeyName(key) ? keyNamed(value, stack) : undefined;
      if (named !== undefined) found.push(named);
    } else for (const [name, inner] of entries(value)) look(name, inner, depth + 1);
  };
  look(property, field(resource.properties, property), 0);
  return found;
}

/** `kmsKeyId`, `kmsKeyArn`, `kmsMasterKeyId`, `kmsKey`, `kmsEncryptionKey` …, but not the figures of an audit. */
function isKeyName(name: string): boolean {
  return /kms/i.test(name) && !besideServing.test(name);
}

/** A key by its id or ARN, or by one of its aliases. */
function keyNamed(identifier: string, stack: Stack): Resource | undefined {
  const key = stack.byIdentifier(keyTypes, identifier);
  if (key !== undefined) return key;
  const alias = stack.byIdentifier(aliasTypes, identifier);
  const target = alias && text(field(alias.properties, "targetKeyId"));
  return target === undefined ? undefined : stack.byIdentifier(keyTypes, target);
}
