/** Identity: roles, policies, instance profiles. Global; its control plane stands in us-east-1. */
import type { Making, Naming, Refuse, ResourceType } from "../engine/resourceType";
import { text, type Properties } from "../engine/values";
import { arn, awsType, given, regionalName, within } from "./awsType";
import { instanceProfileType } from "./compute";

export const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";
/** Policies that the vendor keeps: `arn:<any partition>:iam::aws:policy/...`. */
const managed = /^arn:[\w-]+:iam::aws:policy\//;

/** An upper-case id of 21 characters, as IAM has them. */
function uniqueId(prefix: string): (making: Making) => string {
  return (making) => `${prefix}${making.hex(17).toUpperCase()}`;
}

function named(longest: number): Naming {
  return regionalName("name", longest, {
    space: () => "account",
    pattern: /^[\w+=,.@-]+$/,
    patternText: "letters, digits and +=,.@-_",
  });
}

function checkDocument(key: string) {
  return (inputs: Properties, refuse: Refuse): void => {
    const document = text(inputs[key]);
    if (document === undefined || isPolicy(document)) return;
    refuse(key, `${key} must be a policy document in JSON with a Statement. Build it with JSON.stringify.`);
  };
}

export function isPolicy(document: string): boolean {
  try {
    const parsed: unknown = JSON.parse(document);
    return typeof parsed === "object" && parsed !== null && "Statement" in parsed;
  } catch {
    return false;
  }
}

function pathOf({ inputs }: Making): string {
  return text(inputs["path"]) ?? "/";
}

const role = awsType({
  token: roleType,
  place: "global",
  id: (making) => given(making, "name"),
  naming: named(64),
  replaceOn: ["name", "namePrefix", "path"],
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  sets: ["managedPolicyArns"],
  references: [{ path: "managedPolicyArns[]", to: [policyType], bond: "holds", except: managed }],
  check: (inputs, refuse) => {
    checkDocument("assumeRolePolicy")(inputs, refuse);
    within(inputs, refuse, "maxSessionDuration", 3600, 43_200);
  },
  outputs: {
    arn: (making) => arn(making, "iam", `role${pathOf(making)}${given(making, "name")}`),
    uniqueId: uniqueId("AROA"),
    createDate: ({ created }) => created,
  },
});

const policy = awsType({
  token: policyType,
  place: "global",
  id: policyArn,
  naming: named(128),
  replaceOn: ["name", "namePrefix", "path", "description"],
  defaults: { path: "/" },
  check: checkDocument("policy"),
  outputs: { arn: policyArn, policyId: uniqueId("ANPA"), attachmentCount: () => 0 },
});

function policyArn(making: Making): string {
  return arn(making, "iam", `policy${pathOf(making)}${given(making, "name")}`);
}

const rolePolicy = awsType({
  token: "aws:iam/rolePolicy:RolePolicy",
  place: "global",
  tagged: false,
  id: (making) => `${given(making, "role")}:${given(making, "name")}`,
  naming: { ...named(128), space: ({ role: of }) => `role/${text(of) ?? ""}` },
  replaceOn: ["name", "namePrefix", "role"],
  references: [{ path: "role", to: [roleType], bond: "holds" }],
  check: checkDocument("policy"),
  outputs: {},
});

const rolePolicyAttachment = awsType({
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  place: "global",
  tagged: false,
  id: (making) => `${given(making, "role")}/${given(making, "policyArn")}`,
  replaceOn: ["role", "policyArn"],
  references: [
    { path: "role", to: [roleType], bond: "holds" },
    { path: "policyArn", to: [policyType], bond: "holds", except: managed },
  ],
  outputs: {},
});

const instanceProfile = awsType({
  token: instanceProfileType,
  place: "global",
  id: (making) => given(making, "name"),
  naming: named(128),
  replaceOn: ["name", "namePrefix", "path"],
  defaults: { path: "/" },
  references: [{ path: "role", to: [roleType], bond: "holds" }],
  outputs: {
    arn: (making) => arn(making, "iam", `instance-profile${pathOf(making)}${given(making, "name")}`),
    uniqueId: uniqueId("AIPA"),
    createDate: ({ created }) => created,
  },
});

const openIdConnectProvider = awsType({
  token: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  place: "global",
  id: providerArn,
  replaceOn: ["url"],
  sets: ["clientIdLists"],
  uniqueness: ({ url }) => [`url|${text(url) ?? ""}`],
  check: (inputs, refuse) => {
    const url = text(inputs["url"]);
    if (url !== undefined && !/^https:\/\/[^?#]+$/.test(url)) {
      refuse("url", `url must begin with https:// and have no query, and is "${url}".`);
    }
  },
  outputs: { arn: providerArn, thumbprintLists: (making) => [making.hex(40, "thumbprint")] },
});

function providerArn(making: Making): string {
  return arn(making, "iam", `oidc-provider/${given(making, "url").replace(/^https:\/\//, "")}`);
}

export const iamTypes: readonly ResourceType[] = [
  role,
  policy,
  rolePolicy,
  rolePolicyAttachment,
  instanceProfile,
  openIdConnectProvider,
];
