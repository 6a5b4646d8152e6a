/** Keys and secrets. */
import { Refusal } from "../errors";
import type { Making, ResourceType } from "../engine/resourceType";
import { uuidOf } from "../engine/uuid";
import { list, object, text } from "../engine/values";
import { arn, awsType, given, referred, regionalName, within } from "./awsType";
import { regions } from "./regions";

const keyType = "aws:kms/key:Key";
const replicaKeyType = "aws:kms/replicaKey:ReplicaKey";
const secretType = "aws:secretsmanager/secret:Secret";
export const anyKey = [keyType, replicaKeyType, "aws:kms/alias:Alias"] as const;
/** Keys that a service keeps by itself, such as `alias/aws/s3`. */
export const serviceKeys = /(^|:)alias\/aws\//;

const key = awsType({
  token: keyType,
  id: (making) => (making.inputs["multiRegion"] === true ? `mrk-${making.hex(32)}` : uuid(making)),
  replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
  defaults: {
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    isEnabled: true,
    enableKeyRotation: false,
  },
  check: (inputs, refuse) => {
    within(inputs, refuse, "deletionWindowInDays", 7, 30);
    within(inputs, refuse, "rotationPeriodInDays", 90, 2560);
  },
  outputs: {
    arn: (making) => arn(making, "kms", `key/${making.id}`),
    keyId: (making) => making.id,
    multiRegion: () => false,
    description: () => "",
    policy: () => JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  },
});

/** Multi-region keys share their id over all regions. */
const replicaKey = awsType({
  token: replicaKeyType,
  id: (making) => given(making, "primaryKeyArn").split(":key/")[1] ?? "",
  replaceOn: ["primaryKeyArn"],
  defaults: { enabled: true, description: "" },
  references: [{ path: "primaryKeyArn", to: [keyType], bond: "holds", crossesRegions: true }],
  check: (inputs, refuse) => within(inputs, refuse, "deletionWindowInDays", 7, 30),
  admit: (making) => {
    const primary = referred(making, [keyType], making.inputs["primaryKeyArn"]);
    if (primary?.state["multiRegion"] === true && primary.place !== making.place) return;
    const reason = primary?.place === making.place ? `stands in ${making.place} itself` : "is not a multi-region key";
    throw new Refusal(
      "invalid",
      `${making.urn}: UnsupportedOperationException: the primary key ${given(making, "primaryKeyArn")} ${reason}. ` +
        `Give a key with multiRegion: true from another region.`,
    );
  },
  outputs: {
    arn: (making) => arn(making, "kms", `key/${making.id}`),
    keyId: (making) => making.id,
    keyRotationEnabled: () => false,
    keySpec: () => "SYMMETRIC_DEFAULT",
    keyUsage: () => "ENCRYPT_DECRYPT",
    policy: () => JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  },
});

const alias = awsType({
  token: "aws:kms/alias:Alias",
  tagged: false,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 256, {
    pattern: /^alias\/(?!aws\/)[\w/-]+$/,
    patternText: 'a name that begins with "alias/" and not with "alias/aws/"',
    automatic: false,
  }),
  replaceOn: ["name", "namePrefix"],
  references: [{ path: "targetKeyId", to: [keyType, replicaKeyType], bond: "needs" }],
  check: (inputs, refuse) => {
    if (inputs["name"] === undefined) refuse("name", 'name is required. Give one that begins with "alias/".');
  },
  outputs: {
    arn: (making) => arn(making, "kms", given(making, "name")),
    targetKeyArn: (making) => referred(making, [keyType, replicaKeyType], making.inputs["targetKeyId"])?.state["arn"],
  },
});

const secret = awsType({
  token: secretType,
  id: secretArn,
  naming: regionalName("name", 512),
  replaceOn: ["name", "namePrefix", "type"],
  defaults: { recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false },
  references: [{ path: "kmsKeyId", to: anyKey, bond: "needs", except: serviceKeys }],
  check: (inputs, refuse) => {
    const days = inputs["recoveryWindowInDays"];
    if (days !== 0) within(inputs, refuse, "recoveryWindowInDays", 7, 30);
    for (const [index, replica] of list(inputs["replicas"]).entries()) {
      const region = text(object(replica)["region"]);
      const path = `replicas[${index}].region`;
      if (region !== undefined && !regions.includes(region)) refuse(path, `${path} is no region: "${region}".`);
      if (region !== undefined && region === inputs["region"]) {
        refuse(path, `${path} is the secret's own region ${region}. Give another one.`);
      }
    }
  },
  outputs: { arn: secretArn, policy: () => "", replicas: () => [] },
});

function secretArn(making: Making): string {
  return arn(making, "secretsmanager", `secret:${given(making, "name")}-${making.hex(6)}`);
}

const secretVersion = awsType({
  token: "aws:secretsmanager/secretVersion:SecretVersion",
  tagged: false,
  id: (making) => `${given(making, "secretId")}|${uuid(making)}`,
  replaceOn: ["secretId", "secretString", "secretBinary"],
  secrets: ["secretString", "secretBinary"],
  references: [{ path: "secretId", to: [secretType], bond: "dies" }],
  check: (inputs, refuse) => {
    const contents = ["secretString", "secretBinary", "secretStringWo"].filter((each) => inputs[each] !== undefined);
    if (contents.length > 1) refuse("secretString", `Only one of ${contents.join(", ")} may be given.`);
  },
  outputs: {
    arn: (making) => referred(making, [secretType], making.inputs["secretId"])?.state["arn"],
    secretArn: (making) => referred(making, [secretType], making.inputs["secretId"])?.state["arn"],
    versionId: uuid,
    versionStages: () => ["AWSCURRENT"],
    hasSecretStringWo: () => false,
  },
});

export function uuid(making: Making): string {
  return uuidOf(making, "uuid");
}

export const keyTypes: readonly ResourceType[] = [key, replicaKey, alias, secret, secretVersion];
