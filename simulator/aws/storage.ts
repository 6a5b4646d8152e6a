/** Buckets and what is set on them; container registries. */
import { Refusal } from "../errors";
import type { Making, ResourceType } from "../engine/resourceType";
import { asText, equal, list, object, text, type Properties } from "../engine/values";
import { account, dnsSuffix, partition } from "./regions";
import { arn, awsType, given, hostName, oneOf, referred, regionalName, usersOfType, volatile } from "./awsType";
import { isPolicy, roleType } from "./iam";
import { anyKey, serviceKeys } from "./keys";

const bucketType = "aws:s3/bucket:Bucket";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const objectType = "aws:s3/bucketObjectv2:BucketObjectv2";

const bucket = awsType({
  token: bucketType,
  id: (making) => given(making, "bucket"),
  naming: {
    path: "bucket",
    // One name space for every account in the world.
    space: () => "everywhere",
    longest: 63,
    pattern: /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/,
    patternText: "3 or more lower-case letters, digits, dots and hyphens",
    automatic: true,
    lowerCase: true,
    prefixPath: "bucketPrefix",
  },
  replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
  defaults: { forceDestroy: false },
  mayDelete: (target, cloud) => {
    const contents = usersOfType(cloud, target, objectType);
    if (contents.length === 0 || target.inputs["forceDestroy"] === true) return;
    throw new Refusal(
      "inUse",
      `Bucket ${target.id} cannot be deleted: BucketNotEmpty: it holds ${contents.length} objects. ` +
        `Delete them, or set forceDestroy: true and update.`,
    );
  },
  outputs: {
    arn: (making) => `arn:${partition}:s3:::${given(making, "bucket")}`,
    bucketDomainName: (making) => hostName(given(making, "bucket"), "s3"),
    bucketRegionalDomainName: (making) => hostName(given(making, "bucket"), "s3", making.place),
    bucketRegion: (making) => making.place,
    hostedZoneId: (making) => `Z${making.place.toUpperCase().replace(/-/g, "")}S3`,
    objectLockEnabled: () => false,
    requestPayer: () => "BucketOwner",
    versioning: () => ({ enabled: false, mfaDelete: false }),
  },
});

const ofBucket = { path: "bucket", to: [bucketType], bond: "dies" } as const;

/** A setting of which a bucket has one. */
function setting(name: string, extra: Partial<Parameters<typeof awsType>[0]> = {}): ResourceType {
  const file = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  return awsType({
    token: `aws:s3/${file}:${name}`,
    tagged: false,
    id: (making) => given(making, "bucket"),
    replaceOn: ["bucket", "expectedBucketOwner"],
    deleteBeforeReplace: true,
    references: [ofBucket],
    outputs: {},
    ...extra,
  });
}

const versioning = setting("BucketVersioning", {
  check: (inputs, refuse) =>
    oneOf(inputs, refuse, "versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
});

function isVersioned(making: Making, bucketName: string): boolean {
  const target = referred(making, [bucketType], bucketName);
  const settings = target ? usersOfType(making.cloud, target, versioningType) : [];
  const ownSetting = object(target?.state["versioning"])["enabled"] === true;
  return ownSetting || settings.some((each) => object(each.state["versioningConfiguration"])["status"] === "Enabled");
}

const replication = setting("BucketReplicationConfig", {
  references: [
    ofBucket,
    { path: "role", to: [roleType], bond: "needs" },
    { path: "rules[].destination.bucket", to: [bucketType], bond: "needs", crossesRegions: true },
  ],
  check: (inputs, refuse) => oneOf(inputs, refuse, "rules[].status", ["Enabled", "Disabled"]),
  admit: (making) => {
    const destinations = list(making.inputs["rules"]).flatMap(
      (each) => text(object(object(each)["destination"])["bucket"]) ?? [],
    );
    for (const each of [given(making, "bucket"), ...destinations]) {
      if (isVersioned(making, each)) continue;
      throw new Refusal(
        "invalid",
        `${making.urn}: InvalidRequest: versioning must be Enabled on ${each} before it takes part in a replication. ` +
          `Create its BucketVersioning first (dependsOn).`,
      );
    }
  },
});

const publicAccessBlock = setting("BucketPublicAccessBlock", {
  defaults: { blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false },
});

const encryption = setting("BucketServerSideEncryptionConfiguration", {
  references: [
    ofBucket,
    {
      path: "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
      to: anyKey,
      bond: "needs",
      except: serviceKeys,
    },
  ],
  check: (inputs, refuse) =>
    oneOf(inputs, refuse, "rules[].applyServerSideEncryptionByDefault.sseAlgorithm", [
      "AES256",
      "aws:kms",
      "aws:kms:dsse",
    ]),
});

const lifecycle = setting("BucketLifecycleConfiguration", {
  check: (inputs, refuse) => oneOf(inputs, refuse, "rules[].status", ["Enabled", "Disabled"]),
  outputs: { transitionDefaultMinimumObjectSize: () => "all_storage_classes_128K" },
});

const objectLock = setting("BucketObjectLockConfiguration", {
  defaults: { objectLockEnabled: "Enabled" },
  check: (inputs, refuse) => oneOf(inputs, refuse, "rule.defaultRetention.mode", ["COMPLIANCE", "GOVERNANCE"]),
});

const bucketPolicy = setting("BucketPolicy", {
  check: (inputs, refuse) => {
    const document = text(inputs["policy"]);
    if (document !== undefined && !isPolicy(document)) {
      refuse("policy", "policy must be a policy document in JSON with a Statement. Build it with JSON.stringify.");
    }
  },
});

const content = awsType({
  token: objectType,
  id: (making) => `${given(making, "bucket")}/${given(making, "key")}`,
  naming: {
    path: "key",
    space: (inputs) => text(inputs["bucket"]) ?? "",
    longest: 1024,
    pattern: /./s,
    patternText: "not empty",
    automatic: true,
  },
  replaceOn: ["bucket", "key"],
  references: [
    { path: "bucket", to: [bucketType], bond: "dies" },
    { path: "kmsKeyId", to: anyKey, bond: "needs", except: serviceKeys },
  ],
  check: (inputs, refuse) => {
    const sources = ["source", "content", "contentBase64"].filter((each) => inputs[each] !== undefined);
    if (sources.length > 1) refuse("source", `Only one of ${sources.join(", ")} may be given.`);
  },
  outputs: {
    arn: (making) => `arn:${partition}:s3:::${given(making, "bucket")}/${given(making, "key")}`,
    etag: volatile((making) => contentTag(making)),
    versionId: volatile((making) => making.hex(32, `version${making.revision}`)),
    storageClass: () => "STANDARD",
    serverSideEncryption: () => "AES256",
    contentType: () => "application/octet-stream",
  },
});

const contentKeys = ["source", "content", "contentBase64", "sourceHash"] as const;

/** Stays as it is while the content does. */
function contentTag(making: Making): string {
  const only = (properties: Properties): Properties =>
    Object.fromEntries(
      contentKeys.flatMap((each) => (properties[each] === undefined ? [] : [[each, properties[each]]])),
    );
  const { old } = making;
  const kept = old && equal(only(old.inputs), only(making.inputs)) ? text(old.state["etag"]) : undefined;
  return kept ?? making.hex(32, `etag${making.revision}`);
}

const repository = awsType({
  token: "aws:ecr/repository:Repository",
  id: (making) => given(making, "name"),
  naming: regionalName("name", 256, {
    pattern: /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
    patternText: "lower-case letters and digits, with single ._-/ between them",
    lowerCase: true,
    prefixPath: undefined,
  }),
  replaceOn: ["name", "encryptionConfigurations"],
  defaults: { imageTagMutability: "MUTABLE" },
  check: (inputs, refuse) =>
    oneOf(inputs, refuse, "imageTagMutability", [
      "MUTABLE",
      "IMMUTABLE",
      "IMMUTABLE_WITH_EXCLUSION",
      "MUTABLE_WITH_EXCLUSION",
    ]),
  outputs: {
    arn: (making) => arn(making, "ecr", `repository/${given(making, "name")}`),
    registryId: () => account,
    repositoryUrl: (making) => `${account}.dkr.ecr.${making.place}.${dnsSuffix}/${given(making, "name")}`,
    encryptionConfigurations: () => [{ encryptionType: "AES256" }],
  },
});

/** One a registry, that is, one a region. */
const replicationConfiguration = awsType({
  token: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
  tagged: false,
  id: () => account,
  replaceOn: [],
  deleteBeforeReplace: true,
  check: (inputs, refuse) => {
    const rules = list(object(inputs["replicationConfiguration"])["rules"]);
    for (const [index, rule] of rules.entries()) {
      for (const destination of list(object(rule)["destinations"])) {
        const { region } = object(destination);
        const path = `replicationConfiguration.rules[${index}].destinations`;
        if (region === inputs["region"]) refuse(path, `${path} names the registry's own region ${asText(region)}.`);
      }
    }
  },
  outputs: { registryId: () => account },
});

export const storageTypes: readonly ResourceType[] = [
  bucket,
  versioning,
  replication,
  publicAccessBlock,
  encryption,
  lifecycle,
  objectLock,
  bucketPolicy,
  content,
  repository,
  replicationConfiguration,
];
