/**
 * Functions of providers that are answered without the cloud. Each answer is a stand-in and is said so in the report;
 * no verdict hangs on an account number, and a zone's id is the one that its region certainly has.
 */
import { zonePrefixOf } from "../../../estate/zones";
import { isWireObject, knownText, type Wire, type WireObject } from "./wire";

/** What a function may ask for beside its arguments. */
export interface InvokeContext {
  /** Region of the provider that is asked; undefined where nobody has set one. */
  readonly region: string | undefined;
}

/** Account number that AWS uses in its documentation. */
const documentationAccount = "123456789012";

/** Every region has at least two zones; three is what all but a few have, and what `a`, `b`, `c` are used for. */
const zoneLetters = ["a", "b", "c"] as const;

type Answer = (args: WireObject, context: InvokeContext) => WireObject | string;

/** By token. A text is the reason why there is no answer. */
const answers: Readonly<Record<string, Answer>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: documentationAccount,
    arn: `arn:aws:iam::${documentationAccount}:user/duplex-check`,
    id: documentationAccount,
    userId: documentationAccount,
  }),
  "aws:index/getPartition:getPartition": () => ({
    ...{ dnsSuffix: "amazonaws.com", id: "aws", partition: "aws", reverseDnsPrefix: "com.amazonaws" },
  }),
  "aws:index/getRegion:getRegion": (args, context) => {
    const region = regionOf(args, context);
    if (region === undefined) return missingRegion;
    const endpoint = `ec2.${region}.amazonaws.com`;
    return { description: region, endpoint, id: region, name: region, region };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, context) => {
    const region = regionOf(args, context);
    if (region === undefined) return missingRegion;
    const prefix = zonePrefixOf(region);
    return {
      ...{ id: region, region, groupNames: [region] },
      names: zoneLetters.map((letter) => `${region}${letter}`),
      zoneIds: zoneLetters.map((_, index) => `${prefix}${index + 1}`),
    };
  },
  "aws:ec2/getAmi:getAmi": (_, { region }) => ({
    ...{ id: "ami-00000000000000000", imageId: "ami-00000000000000000", name: "stand-in", architecture: "x86_64" },
    ...(region === undefined ? {} : { region }),
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const json = JSON.stringify({
      Version: args["version"] ?? "2012-10-17",
      Statement: statements(args["statements"]),
    });
    return { id: "stand-in", json, minifiedJson: json, version: "2012-10-17" };
  },
};

const missingRegion = "No region is set: write `aws:region` into the stack's configuration or give the provider one.";

/**
 * Answers one function call.
 *
 * @returns the result, the reason why it cannot be given, or undefined where the function is not one of ours.
 */
export function answerInvoke(token: string, args: WireObject, context: InvokeContext): WireObject | string | undefined {
  return Object.hasOwn(answers, token) ? answers[token]?.(args, context) : undefined;
}

function regionOf(args: WireObject, { region }: InvokeContext): string | undefined {
  return knownText(args["region"]) ?? knownText(args["name"]) ?? region;
}

/** Statements in the grammar of IAM; what they allow is not judged. */
function statements(value: Wire | undefined): Wire {
  if (!Array.isArray(value)) return [];
  return value.filter(isWireObject).map((statement) => ({
    ...(statement["sid"] === undefined ? {} : { Sid: statement["sid"] }),
    Effect: statement["effect"] ?? "Allow",
    Action: statement["actions"] ?? [],
    Resource: statement["resources"] ?? [],
    ...(statement["principals"] === undefined ? {} : { Principal: statement["principals"] }),
  }));
}
