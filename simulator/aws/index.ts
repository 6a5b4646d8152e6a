/** The simulated AWS. */
import { failure, type InputFailure } from "../errors";
import type { Family, ResourceType, Settings } from "../engine/resourceType";
import { isObject, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import type { ProviderSchema } from "../schema/schema";
import { auroraTypes } from "./aurora";
import { balancerTargetTypes } from "./balancerTargets";
import { certificateTypes } from "./certificates";
import { computeTypes } from "./compute";
import { containerTypes } from "./containers";
import { dnsTypes } from "./dns";
import { dynamodbTypes } from "./dynamodb";
import { endpointTypes } from "./endpoints";
import { awsFunctions } from "./functions";
import { iamTypes } from "./iam";
import { keyTypes } from "./keys";
import { lambdaTypes } from "./lambda";
import { loadBalancingTypes } from "./loadBalancing";
import { messageTypes } from "./messages";
import { networkTypes } from "./network";
import { operationTypes } from "./operations";
import { rdsTypes } from "./rds";
import { dnsSuffix, regions } from "./regions";
import { scalingTypes } from "./scaling";
import { securityGroupTypes } from "./securityGroups";
import { serviceTypes } from "./services";
import { storageTypes } from "./storage";

/** Where the control plane of the global services stands. */
const globalControlPlane = "us-east-1";

export const awsFamily: Family = {
  name: "aws",
  version: "7.48.0",
  types: [
    ...networkTypes,
    ...securityGroupTypes,
    ...computeTypes,
    ...loadBalancingTypes,
    ...balancerTargetTypes,
    ...certificateTypes,
    ...endpointTypes,
    ...containerTypes,
    ...lambdaTypes,
    ...scalingTypes,
    ...dnsTypes,
    ...dynamodbTypes,
    ...auroraTypes,
    ...rdsTypes,
    ...storageTypes,
    ...iamTypes,
    ...keyTypes,
    ...operationTypes,
    ...messageTypes,
    ...serviceTypes,
  ],
  functions: awsFunctions,
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- read on first use: a provider starts without it
  schema: () => require("../schema/aws.json") as ProviderSchema,
  replaceConfigOn: [],
  checkConfig,
  settings: (config) => ({
    region: regionOf(config),
    namespace: "default",
    defaultTags: tagsOf(object(parsed(config["defaultTags"]))["tags"]),
    flags: new Set(),
  }),
  prepare,
  deadPlace: (place) => {
    const { name } = awsFamily.endpointOf(place);
    const scope = place === "global" ? "the global service's control plane in " : "";
    return (
      `RequestError: send request failed: dial tcp: the endpoint of ${scope}${name} (${name}.${dnsSuffix}) does ` +
      "not answer: " +
      `the region ${name} is lost. Leave it out (--exclude), or restore the region.`
    );
  },
  endpointOf: (place) => ({ kind: "region", name: place === "global" ? globalControlPlane : place }),
};

function regionOf(config: Properties): string | undefined {
  return text(config["region"]) ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}

function checkConfig(config: Properties): readonly InputFailure[] {
  if (config["region"] === UNKNOWN) return [];
  const region = regionOf(config);
  if (region === undefined) {
    return [
      failure("configuration", "region", "aws:region is not configured. Run: pulumi config set aws:region REGION."),
    ];
  }
  if (regions.includes(region)) return [];
  return [failure("configuration", "region", `aws:region must be one of ${regions.join(", ")}, and is "${region}".`)];
}

/** Nested configuration comes as JSON in a text. */
function parsed(value: Value | undefined): Value | undefined {
  const json = text(value);
  if (json === undefined) return value;
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}

function tagsOf(value: Value | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(value)).flatMap(([key, each]) => (typeof each === "string" ? [[key, each]] : [])),
  );
}

function prepare(type: ResourceType, inputs: Properties, settings: Settings): Properties {
  const fields = awsFamily.schema().resources[type.token]?.fields ?? {};
  const prepared: Record<string, Value> = { ...inputs };
  for (const [key, value] of Object.entries(inputs)) {
    if (fields[key] === "json" && isObject(value)) prepared[key] = JSON.stringify(value);
  }
  const place = type.placeOf(inputs, settings);
  if ("region" in fields && place !== undefined && inputs["region"] === undefined) prepared["region"] = place;
  if (type.tagged && inputs["tags"] !== UNKNOWN && Object.keys(settings.defaultTags).length > 0) {
    prepared["tags"] = { ...settings.defaultTags, ...object(inputs["tags"]) };
  }
  return prepared;
}
