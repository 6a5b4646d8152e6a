/**
 * Route 53: zones, records, health checks. Global; its control plane stands in us-east-1, its answers do not need it.
 */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { asText, list, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { arn, awsType, defaulted, given, hostName, oneOf, referred, usersOfType, within } from "./awsType";
import { vpcType } from "./network";
import { regions } from "./regions";

const zoneType = "aws:route53/zone:Zone";
export const recordType = "aws:route53/record:Record";
const healthCheckType = "aws:route53/healthCheck:HealthCheck";

const zone = awsType({
  token: zoneType,
  place: "global",
  id: (making) => `Z${making.hex(20).toUpperCase()}`,
  replaceOn: ["name", "delegationSetId"],
  defaults: { comment: "Managed by Pulumi", forceDestroy: false },
  references: [{ path: "vpcs[].vpcId", to: [vpcType], bond: "holds", placePath: "vpcs[].vpcRegion" }],
  // A network asks one private zone for a name.
  uniqueness: ({ name, vpcs }) =>
    list(vpcs).flatMap((each) => {
      const network = text(object(each)["vpcId"]);
      return network === undefined ? [] : [`private|${absolute(name)}|${network}`];
    }),
  check: (inputs, refuse) => {
    if (inputs["name"] === undefined) refuse("name", "name is required. Give the domain, such as example.com.");
  },
  mayDelete: (target, cloud) => {
    const records = usersOfType(cloud, target, recordType);
    if (records.length === 0 || target.inputs["forceDestroy"] === true) return;
    throw new Refusal(
      "inUse",
      `Zone ${target.id} cannot be deleted: HostedZoneNotEmpty: it holds ${records.length} records. Delete them first.`,
    );
  },
  outputs: {
    arn: (making) => arn(making, "route53", `hostedzone/${making.id}`).replace(/:\d{12}:/, "::"),
    zoneId: (making) => making.id,
    nameServers: (making) => [0, 1, 2, 3].map((index) => nameServer(making, index)),
    primaryNameServer: (making) => nameServer(making, 0),
  },
});

function nameServer(making: Making, index: number): string {
  return hostName(`ns-${parseInt(making.hex(3, `server${index}`), 16) % 2048}`, `awsdns-0${index}`);
}

const routingPolicies = [
  ...["weightedRoutingPolicies", "latencyRoutingPolicies", "failoverRoutingPolicies", "geolocationRoutingPolicies"],
  ...["multivalueAnswerRoutingPolicy", "cidrRoutingPolicy", "geoproximityRoutingPolicy"],
];

const record = awsType({
  token: recordType,
  place: "global",
  tagged: false,
  id: (making) =>
    [given(making, "zoneId"), given(making, "name"), given(making, "type"), text(making.inputs["setIdentifier"])]
      .filter(Boolean)
      .join("_"),
  replaceOn: ["zoneId", "name", "type", "setIdentifier"],
  deleteBeforeReplace: true,
  sets: ["records"],
  handles: ["fqdn"],
  references: [
    { path: "zoneId", to: [zoneType], bond: "dies" },
    { path: "healthCheckId", to: [healthCheckType], bond: "holds" },
  ],
  uniqueness: (inputs) => [
    [inputs["zoneId"], absolute(inputs["name"]), inputs["type"], inputs["setIdentifier"]]
      .map((each) => asText(each))
      .join("/"),
  ],
  check: checkRecord,
  admit: refuseMixedPolicies,
  outputs: {
    fqdn: (making) => {
      const owner = text(referred(making, [zoneType], making.inputs["zoneId"])?.state["name"]) ?? "";
      const name = given(making, "name").replace(/\.$/, "");
      return name === "" ? owner : name === owner || name.endsWith(`.${owner}`) ? name : `${name}.${owner}`;
    },
  },
});

function absolute(name: Value | undefined): string {
  return (text(name) ?? "").replace(/\.$/, "").toLowerCase();
}

function checkRecord(inputs: Properties, refuse: Refuse): void {
  const types = [
    "A",
    "AAAA",
    "CAA",
    "CNAME",
    "DS",
    "HTTPS",
    "MX",
    "NAPTR",
    "NS",
    "PTR",
    "SOA",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
  ];
  oneOf(inputs, refuse, "type", types);
  const isAlias = inputs["aliases"] === UNKNOWN || list(inputs["aliases"]).length > 0;
  if (isAlias === (inputs["records"] !== undefined)) {
    refuse("records", "Exactly one of records and aliases must be given.");
  }
  if (isAlias && inputs["ttl"] !== undefined) refuse("ttl", "ttl may not be given with aliases: the target's counts.");
  if (!isAlias && inputs["ttl"] === undefined) refuse("ttl", "ttl is required with records, in seconds.");
  within(inputs, refuse, "ttl", 0, 2_147_483_647);
  const used = routingPolicies.filter((key) => inputs[key] !== undefined && inputs[key] !== false);
  if (used.length > 1) refuse(used[1] ?? "", `Only one of ${used.join(", ")} may be given.`);
  if (used.length === 1 && inputs["setIdentifier"] === undefined) {
    refuse(
      "setIdentifier",
      `setIdentifier is required with ${used[0] ?? ""}. Give a text that tells the answers apart.`,
    );
  }
  if (used.length === 0 && inputs["setIdentifier"] !== undefined) {
    refuse("setIdentifier", `setIdentifier is for a routing policy only. Give one of ${routingPolicies.join(", ")}.`);
  }
  oneOf(inputs, refuse, "latencyRoutingPolicies[].region", regions);
  oneOf(inputs, refuse, "failoverRoutingPolicies[].type", ["PRIMARY", "SECONDARY"]);
  within(inputs, refuse, "weightedRoutingPolicies[].weight", 0, 255);
}

/** Answers of one name and type have one kind of routing, and a CNAME stands alone. */
function refuseMixedPolicies(making: Making): void {
  const owner = referred(making, [zoneType], making.inputs["zoneId"]);
  if (!owner) return;
  const policy = policyOf(making.inputs);
  for (const other of usersOfType(making.cloud, owner, recordType)) {
    if (other.id === making.id || absolute(other.inputs["name"]) !== absolute(making.inputs["name"])) continue;
    const sameType = other.inputs["type"] === making.inputs["type"];
    const isAlone = [other.inputs["type"], making.inputs["type"]].includes("CNAME");
    if (sameType ? policyOf(other.inputs) === policy : !isAlone) continue;
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidChangeBatch: ${other.id} is a ${asText(other.inputs["type"])} record of the same name ` +
        `with routing "${policyOf(other.inputs)}", this one has "${policy}". ` +
        "Give all answers of a name one routing policy.",
    );
  }
}

function policyOf(inputs: Properties): string {
  return routingPolicies.find((key) => inputs[key] !== undefined && inputs[key] !== false) ?? "simple";
}

const observerRegions = [
  ...["us-east-1", "us-west-1", "us-west-2", "eu-west-1"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"],
];

const healthCheck = awsType({
  token: healthCheckType,
  place: "global",
  id: (making) =>
    `${making.hex(8)}-${making.hex(4, "a")}-4${making.hex(3, "b")}-8${making.hex(3, "c")}-${making.hex(12, "d")}`,
  replaceOn: ["type", "requestInterval", "measureLatency", "referenceName"],
  defaults: { disabled: false },
  sets: ["regions", "childHealthchecks"],
  references: [{ path: "childHealthchecks[]", to: [healthCheckType], bond: "holds" }],
  check: checkHealthCheck,
  outputs: {
    arn: (making) => arn(making, "route53", `healthcheck/${making.id}`).replace(/:\d{12}:/, "::"),
    enableSni: ({ inputs }) => text(inputs["type"])?.startsWith("HTTPS") ?? false,
    failureThreshold: () => 3,
    requestInterval: defaulted("requestInterval", ({ inputs }) => (probes(inputs) ? 30 : undefined)),
  },
});

function probes(inputs: Properties): boolean {
  return ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"].includes(text(inputs["type"]) ?? "");
}

function checkHealthCheck(inputs: Properties, refuse: Refuse): void {
  const kinds = [
    "HTTP",
    "HTTPS",
    "HTTP_STR_MATCH",
    "HTTPS_STR_MATCH",
    "TCP",
    "CALCULATED",
    "CLOUDWATCH_METRIC",
    "RECOVERY_CONTROL",
  ];
  oneOf(inputs, refuse, "type", kinds);
  within(inputs, refuse, "failureThreshold", 1, 10);
  within(inputs, refuse, "port", 1, 65_535);
  oneOf(inputs, refuse, "regions[]", observerRegions);
  if (
    inputs["requestInterval"] !== undefined &&
    ![10, 30, UNKNOWN].includes(inputs["requestInterval"] as number | string)
  ) {
    refuse("requestInterval", `requestInterval must be 10 or 30 seconds, and is ${asText(inputs["requestInterval"])}.`);
  }
  if (Array.isArray(inputs["regions"]) && list(inputs["regions"]).length < 3) {
    refuse("regions", `regions must name at least 3 regions, and names ${list(inputs["regions"]).length}.`);
  }
  if (probes(inputs) && inputs["fqdn"] === undefined && inputs["ipAddress"] === undefined) {
    refuse("fqdn", "One of fqdn and ipAddress is required for a check of an endpoint.");
  }
  if (inputs["type"] === "CLOUDWATCH_METRIC") {
    for (const key of ["cloudwatchAlarmName", "cloudwatchAlarmRegion"]) {
      if (inputs[key] === undefined) refuse(key, `${key} is required with type CLOUDWATCH_METRIC.`);
    }
  }
  if (text(inputs["type"])?.endsWith("_STR_MATCH") && inputs["searchString"] === undefined) {
    refuse("searchString", "searchString is required with a type that matches a string.");
  }
  if (
    Object.keys(object(inputs["triggers"])).length === 0 &&
    inputs["type"] === "CALCULATED" &&
    inputs["childHealthchecks"] === undefined
  ) {
    refuse("childHealthchecks", "childHealthchecks is required with type CALCULATED.");
  }
}

export const dnsTypes: readonly ResourceType[] = [zone, record, healthCheck];
