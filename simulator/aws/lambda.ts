/** Functions of Lambda, and what decides who may call them and how many run. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { object, text, type Properties } from "../engine/values";
import { arn, awsType, given, referred, regionalName, volatile, within } from "./awsType";
import { roleType } from "./iam";
import { subnetType } from "./network";
import { refuseOtherNetworks } from "./sameNetwork";
import { securityGroupType } from "./securityGroups";
import { lambdaAliasType, lambdaType } from "./types";

const lambda = awsType({
  token: lambdaType,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 64, {
    pattern: /^[\w-]+$/,
    patternText: "letters, digits, hyphens and underscores",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "packageType"],
  defaults: { memorySize: 128, timeout: 3, packageType: "Zip", publish: false },
  references: [
    { path: "role", to: [roleType], bond: "needs" },
    { path: "vpcConfig.subnetIds[]", to: [subnetType], bond: "holds" },
    { path: "vpcConfig.securityGroupIds[]", to: [securityGroupType], bond: "holds" },
  ],
  check: checkFunction,
  admit: ({ inputs, ...making }) =>
    refuseOtherNetworks(
      { inputs, ...making },
      { subnets: object(inputs["vpcConfig"])["subnetIds"], groups: object(inputs["vpcConfig"])["securityGroupIds"] },
    ),
  outputs: {
    arn: functionArn,
    invokeArn: (making) =>
      arn({ place: making.place }, "apigateway", `lambda:path/2015-03-31/functions/${functionArn(making)}/invocations`),
    qualifiedArn: volatile((making) => `${functionArn(making)}:${versionOf(making)}`),
    version: volatile(versionOf),
    lastModified: ({ created }) => created,
    architectures: () => ["x86_64"],
    sourceCodeSize: () => 0,
    tracingConfig: () => ({ mode: "PassThrough" }),
  },
});

function functionArn(making: Making): string {
  return arn(making, "lambda", `function:${given(making, "name")}`);
}

function versionOf({ inputs, revision }: Making): string {
  return inputs["publish"] === true ? String(revision) : "$LATEST";
}

function checkFunction(inputs: Properties, refuse: Refuse): void {
  within(inputs, refuse, "memorySize", 128, 10_240);
  within(inputs, refuse, "timeout", 1, 900);
  const sources = ["code", "imageUri", "s3Bucket"].filter((key) => inputs[key] !== undefined);
  if (sources.length !== 1) refuse("code", "Exactly one of code, imageUri and s3Bucket must be given.");
  const imageRegion = /\.dkr\.ecr\.([a-z0-9-]+)\./.exec(text(inputs["imageUri"]) ?? "")?.[1];
  const region = text(inputs["region"]);
  if (imageRegion !== undefined && region !== undefined && imageRegion !== region) {
    refuse(
      "imageUri",
      `imageUri must name a registry of ${region}, the function's own region, and names one of ${imageRegion}.`,
    );
  }
  if (inputs["packageType"] !== "Zip") return;
  for (const key of ["handler", "runtime"]) {
    if (inputs[key] === undefined) refuse(key, `${key} is required for packageType Zip.`);
  }
  if (Object.keys(object(inputs["imageConfig"])).length > 0)
    refuse("imageConfig", "imageConfig is for packageType Image only.");
}

const ofFunction = { path: "function", to: [lambdaType], bond: "dies" } as const;

const permission = awsType({
  token: "aws:lambda/permission:Permission",
  tagged: false,
  id: (making) => given(making, "statementId"),
  naming: regionalName("statementId", 100, {
    space: ({ function: of, qualifier }) => `${text(of) ?? ""}:${text(qualifier) ?? ""}`,
    pattern: /^[\w-]+$/,
    patternText: "letters, digits, hyphens and underscores",
    prefixPath: "statementIdPrefix",
  }),
  replaceOn: "all",
  references: [ofFunction],
  check: (inputs, refuse) => {
    const action = text(inputs["action"]);
    if (action !== undefined && !/^lambda:(\*|[A-Za-z]+)$/.test(action)) {
      refuse("action", `action must be one of Lambda's, such as lambda:InvokeFunction, and is "${action}".`);
    }
  },
  admit: (making) => {
    const alias = text(making.inputs["qualifier"]);
    if (alias === undefined || !/[A-Za-z]/.test(alias)) return;
    const name = referred(making, [lambdaType], making.inputs["function"])?.id ?? "";
    if (making.cloud.find([lambdaAliasType], making.place, `function:${name}:${alias}`)) return;
    throw new Refusal(
      "noReference",
      `${making.urn}: ResourceNotFoundException: ${name} has no alias ${alias}. Create it first.`,
    );
  },
  outputs: {},
});

const alias = awsType({
  token: lambdaAliasType,
  tagged: false,
  id: aliasArn,
  naming: regionalName("name", 128, {
    space: ({ functionName }, place) => `${place}/${text(functionName) ?? ""}`,
    pattern: /^(?!\d+$)[\w-]+$/,
    patternText: "letters, digits, hyphens and underscores, and not digits alone",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "functionName"],
  references: [{ path: "functionName", to: [lambdaType], bond: "dies" }],
  check: (inputs, refuse) => {
    const version = text(inputs["functionVersion"]);
    if (version !== undefined && !/^(\$LATEST|\d+)$/.test(version)) {
      refuse("functionVersion", `functionVersion must be a number or $LATEST, and is "${version}".`);
    }
  },
  alsoKnownAs: ({ id }) => [`function:${(text(id) ?? "").split(":function:")[1] ?? ""}`],
  outputs: {
    arn: aliasArn,
    invokeArn: (making) =>
      arn({ place: making.place }, "apigateway", `lambda:path/2015-03-31/functions/${aliasArn(making)}/invocations`),
  },
});

function aliasArn(making: Making): string {
  const name = referred(making, [lambdaType], making.inputs["functionName"])?.id ?? given(making, "functionName");
  return arn(making, "lambda", `function:${name}:${given(making, "name")}`);
}

const provisioned = awsType({
  token: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
  tagged: false,
  id: (making) => `${given(making, "functionName")},${given(making, "qualifier")}`,
  replaceOn: ["functionName", "qualifier"],
  references: [{ path: "functionName", to: [lambdaType], bond: "dies" }],
  uniqueness: ({ functionName, qualifier }) => [`${text(functionName) ?? ""},${text(qualifier) ?? ""}`],
  check: (inputs, refuse) => {
    within(inputs, refuse, "provisionedConcurrentExecutions", 1, 100_000);
    if (inputs["qualifier"] === "$LATEST")
      refuse("qualifier", "qualifier must be a version or an alias: $LATEST cannot be provisioned.");
  },
  outputs: {},
});

const invocation = awsType({
  token: "aws:lambda/invocation:Invocation",
  tagged: false,
  id: (making) => `${given(making, "functionName")}_${making.hex(32)}`,
  replaceOn: ["functionName", "qualifier", "input", "triggers"],
  secrets: ["input"],
  defaults: { lifecycleScope: "CREATE_ONLY", terraformKey: "tf", qualifier: "$LATEST" },
  references: [{ path: "functionName", to: [lambdaType], bond: "needs" }],
  check: (inputs, refuse) => {
    const input = text(inputs["input"]);
    if (input === undefined) return;
    try {
      JSON.parse(input);
    } catch {
      refuse("input", "input must be JSON. Build it with JSON.stringify.");
    }
  },
  outputs: { result: () => "null" },
});

export const lambdaTypes: readonly ResourceType[] = [lambda, permission, alias, provisioned, invocation];
