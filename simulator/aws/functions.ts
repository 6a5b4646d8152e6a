/** Functions (data sources) that programs call most. */
import { createHash } from "node:crypto";
import { Refusal } from "../errors";
import type { CloudFunction, Settings } from "../engine/resourceType";
import { list, object, text, texts, type Properties, type Value } from "../engine/values";
import { account, dnsSuffix, partition, regions, zonesOf } from "./regions";

function regionOf(args: Properties, settings: Settings): string {
  const region = text(args["region"]) ?? text(args["name"]) ?? text(args["id"]) ?? settings.region;
  if (region !== undefined && regions.includes(region)) return region;
  throw new Refusal("configuration", `The region ${JSON.stringify(region ?? null)} is none. Configure aws:region.`);
}

const getCallerIdentity: CloudFunction = () => ({
  id: account,
  accountId: account,
  arn: `arn:${partition}:iam::${account}:user/simulated`,
  userId: "AIDASIMULATED",
});

const getRegion: CloudFunction = (args, settings) => {
  const region = regionOf(args, settings);
  return {
    id: region,
    name: region,
    region,
    description: `SIMULATED ${region}`,
    endpoint: `ec2.${region}.${dnsSuffix}`,
  };
};

const getRegions: CloudFunction = () => ({ id: partition, names: [...regions].sort() });

const getPartition: CloudFunction = () => ({
  id: partition,
  partition,
  dnsSuffix,
  reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
});

const getAvailabilityZones: CloudFunction = (args, settings) => {
  const region = regionOf({ region: args["region"] ?? null }, settings);
  const excluded = new Set([...texts(args["excludeNames"]), ...texts(args["excludeZoneIds"])]);
  const wanted = args["state"] === undefined || args["state"] === "available" ? zonesOf(region) : [];
  const zones = wanted.filter((zone) => !excluded.has(zone.name) && !excluded.has(zone.id));
  return {
    id: region,
    region,
    names: zones.map((zone) => zone.name),
    zoneIds: zones.map((zone) => zone.id),
    groupNames: [`${region}-zg-1`],
  };
};

/** Same JSON as the vendor's: keys in this order, single members as text. */
const getPolicyDocument: CloudFunction = (args) => {
  const statements = list(args["statements"]).map((each) => statementOf(object(each)));
  const document = {
    Version: text(args["version"]) ?? "2012-10-17",
    ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
    Statement: statements,
  };
  const json = JSON.stringify(document, null, 2);
  const id = String(parseInt(createHash("sha256").update(json).digest("hex").slice(0, 8), 16));
  return { ...args, id, json, minifiedJson: JSON.stringify(document) };
};

function statementOf(statement: Properties): Properties {
  const many = (key: string): Value | undefined => single([...texts(statement[key])].sort());
  const entries: readonly (readonly [string, Value | undefined])[] = [
    ["Sid", text(statement["sid"])],
    ["Effect", text(statement["effect"]) ?? "Allow"],
    ["Principal", principalsOf(statement["principals"])],
    ["NotPrincipal", principalsOf(statement["notPrincipals"])],
    ["Action", many("actions")],
    ["NotAction", many("notActions")],
    ["Resource", many("resources")],
    ["NotResource", many("notResources")],
    ["Condition", conditionsOf(statement["conditions"])],
  ];
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function single(values: readonly string[]): Value | undefined {
  return values.length <= 1 ? values[0] : values;
}

function principalsOf(value: Value | undefined): Value | undefined {
  const principals = list(value).map(object);
  if (principals.length === 0) return undefined;
  if (principals.some((each) => each["type"] === "*")) return "*";
  return Object.fromEntries(
    principals.map((each) => [text(each["type"]) ?? "AWS", single([...texts(each["identifiers"])].sort()) ?? []]),
  );
}

function conditionsOf(value: Value | undefined): Value | undefined {
  const conditions = list(value).map(object);
  if (conditions.length === 0) return undefined;
  const tests: Record<string, Record<string, Value>> = {};
  for (const each of conditions) {
    const test = (tests[text(each["test"]) ?? ""] ??= {});
    test[text(each["variable"]) ?? ""] = single(texts(each["values"])) ?? [];
  }
  return tests;
}

export const awsFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getRegions:getRegions": getRegions,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
};
