/** Caches and user pools. */
import { Refusal } from "../errors";
import type { Making, ResourceType } from "../engine/resourceType";
import { list, number, text, texts } from "../engine/values";
import { arn, awsType, given, hostName, oneOf, referred, refuseProtected, regionalName, within } from "./awsType";
import { anyKey, serviceKeys } from "./keys";
import { subnetType } from "./network";
import { securityGroupType } from "./securityGroups";

const subnetGroupType = "aws:elasticache/subnetGroup:SubnetGroup";
const poolType = "aws:cognito/userPool:UserPool";

const cacheName = {
  pattern: /^[a-z](?:-?[a-z0-9])*$/,
  patternText: "lower-case letters, digits and single inner hyphens",
  lowerCase: true,
  prefixPath: undefined,
};

const subnetGroup = awsType({
  token: subnetGroupType,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255, cacheName),
  replaceOn: ["name"],
  defaults: { description: "Managed by Pulumi" },
  sets: ["subnetIds"],
  references: [{ path: "subnetIds[]", to: [subnetType], bond: "holds" }],
  outputs: {
    arn: (making) => arn(making, "elasticache", `subnetgroup:${making.id}`),
    vpcId: (making) => referred(making, [subnetType], texts(making.inputs["subnetIds"])[0])?.state["vpcId"],
  },
});

const replicationGroup = awsType({
  token: "aws:elasticache/replicationGroup:ReplicationGroup",
  id: (making) => given(making, "replicationGroupId"),
  naming: regionalName("replicationGroupId", 40, cacheName),
  replaceOn: [
    "replicationGroupId",
    "subnetGroupName",
    "port",
    "kmsKeyId",
    "atRestEncryptionEnabled",
    "globalReplicationGroupId",
    "snapshotName",
  ],
  secrets: ["authToken"],
  defaults: { automaticFailoverEnabled: false, multiAzEnabled: false, engine: "redis" },
  sets: ["securityGroupIds"],
  zonePaths: ["preferredCacheClusterAzs[]"],
  references: [
    { path: "subnetGroupName", to: [subnetGroupType], bond: "holds" },
    { path: "securityGroupIds[]", to: [securityGroupType], bond: "holds" },
    { path: "kmsKeyId", to: anyKey, bond: "needs", except: serviceKeys },
  ],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "engine", ["redis", "valkey"]);
    within(inputs, refuse, "numCacheClusters", 1, 6);
    within(inputs, refuse, "replicasPerNodeGroup", 0, 5);
    const copies = number(inputs["numCacheClusters"]);
    if (inputs["automaticFailoverEnabled"] === true && copies !== undefined && copies < 2) {
      refuse(
        "numCacheClusters",
        `numCacheClusters must be at least 2 with automaticFailoverEnabled, and is ${copies}.`,
      );
    }
    if (inputs["multiAzEnabled"] === true && inputs["automaticFailoverEnabled"] === false) {
      refuse("multiAzEnabled", "multiAzEnabled needs automaticFailoverEnabled: true.");
    }
    if (inputs["nodeType"] === undefined && inputs["globalReplicationGroupId"] === undefined) {
      refuse("nodeType", "nodeType is required, such as cache.r7g.large.");
    }
  },
  outputs: {
    arn: (making) => arn(making, "elasticache", `replicationgroup:${making.id}`),
    clusterEnabled: ({ inputs }) => (number(inputs["numNodeGroups"]) ?? 1) > 1,
    primaryEndpointAddress: (making) => hostName(`master.${making.id}`, making.place, "cache"),
    readerEndpointAddress: (making) => hostName(`replica.${making.id}`, making.place, "cache"),
    memberClusters: ({ inputs, id }) =>
      Array.from({ length: number(inputs["numCacheClusters"]) ?? 1 }, (_, index) => `${id}-00${index + 1}`),
    engineVersion: () => "7.1",
    engineVersionActual: ({ inputs }) => text(inputs["engineVersion"]) ?? "7.1",
    numCacheClusters: () => 1,
    port: () => 6379,
    parameterGroupName: () => "default.redis7",
  },
});

const userPool = awsType({
  token: poolType,
  id: (making) => `${making.place}_${making.hex(9)}`,
  // Pools may share a name: the id alone tells them apart.
  naming: regionalName("name", 128, {
    space: undefined,
    pattern: /^[\w\s+=,.@-]+$/,
    patternText: "letters, digits, spaces and +=,.@-_",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "aliasAttributes", "usernameAttributes", "usernameConfiguration"],
  defaults: { deletionProtection: "INACTIVE", mfaConfiguration: "OFF" },
  sets: ["aliasAttributes", "autoVerifiedAttributes", "usernameAttributes", "schemas"],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "mfaConfiguration", ["ON", "OFF", "OPTIONAL"]);
    oneOf(inputs, refuse, "deletionProtection", ["ACTIVE", "INACTIVE"]);
    if (list(inputs["aliasAttributes"]).length > 0 && list(inputs["usernameAttributes"]).length > 0) {
      refuse("aliasAttributes", "aliasAttributes and usernameAttributes exclude each other. Remove one of them.");
    }
  },
  mayDelete: (target) => {
    if (target.inputs["deletionProtection"] === "ACTIVE") refuseProtected(target, "deletionProtection");
  },
  outputs: {
    arn: (making) => arn(making, "cognito-idp", `userpool/${making.id}`),
    endpoint: (making) => hostName(`cognito-idp.${making.place}`).concat(`/${making.id}`),
    creationDate: ({ created }) => created,
    lastModifiedDate: ({ created }) => created,
    estimatedNumberOfUsers: () => 0,
  },
});

const providerTypes = ["SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"];

const identityProvider = awsType({
  token: "aws:cognito/identityProvider:IdentityProvider",
  tagged: false,
  id: (making) => `${given(making, "userPoolId")}:${given(making, "providerName")}`,
  replaceOn: ["userPoolId", "providerName", "providerType"],
  deleteBeforeReplace: true,
  references: [{ path: "userPoolId", to: [poolType], bond: "dies" }],
  check: (inputs, refuse) => oneOf(inputs, refuse, "providerType", providerTypes),
  admit: refuseUnfittingName,
  outputs: { attributeMapping: () => ({ username: "sub" }) },
});

/** The well-known vendors have one provider a pool, under their own name. */
function refuseUnfittingName(making: Making): void {
  const type = given(making, "providerType");
  const name = given(making, "providerName");
  if (["SAML", "OIDC"].includes(type) || type === name) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: providerName must be "${type}" for providerType ${type}, and is "${name}".`,
  );
}

export const serviceTypes: readonly ResourceType[] = [subnetGroup, replicationGroup, userPool, identityProvider];
