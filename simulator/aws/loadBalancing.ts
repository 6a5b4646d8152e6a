/** Load balancers, target groups and listeners. */
import { Refusal } from "../errors";
import { certificateType, isIssued, otherCertificates } from "./certificates";
import type { CloudView, Making, Refuse, ResourceType } from "../engine/resourceType";
import { asText, list, object, text, texts, type Properties } from "../engine/values";
import type { CloudObject } from "../store/object";
import {
  arn,
  awsType,
  defaulted,
  given,
  hostName,
  oneOf,
  referred,
  refuseProtected,
  regionalName,
  usersOfType,
  volatile,
  within,
} from "./awsType";
import { targetGroupType } from "./compute";
import { addressType, subnetType, vpcType } from "./network";
import { refuseOtherNetworks } from "./sameNetwork";
import { securityGroupType } from "./securityGroups";
import { listenerType, loadBalancerType } from "./types";

const shortName = regionalName("name", 32, {
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
  patternText: "letters, digits and inner hyphens",
});

const kinds: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

const loadBalancer = awsType({
  token: loadBalancerType,
  id: balancerArn,
  naming: shortName,
  replaceOn: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
  defaults: { loadBalancerType: "application", enableDeletionProtection: false },
  sets: ["subnets", "securityGroups"],
  // An address belongs to one balancer at a time.
  uniqueness: ({ subnetMappings }) =>
    list(subnetMappings).flatMap((each) => {
      const address = text(object(each)["allocationId"]);
      return address === undefined ? [] : [`address|${address}`];
    }),
  references: [
    { path: "subnets[]", to: [subnetType], bond: "holds" },
    { path: "subnetMappings[].subnetId", to: [subnetType], bond: "holds" },
    { path: "subnetMappings[].allocationId", to: [addressType], bond: "holds" },
    { path: "securityGroups[]", to: [securityGroupType], bond: "holds" },
  ],
  check: checkBalancer,
  admit: (making) => {
    refuseOtherNetworks(making, { subnets: subnetsOf(making.inputs), groups: making.inputs["securityGroups"] });
    admitZones(making);
  },
  mayDelete: (object) => {
    if (object.inputs["enableDeletionProtection"] === true) refuseProtected(object, "enableDeletionProtection");
  },
  outputs: {
    arn: balancerArn,
    arnSuffix: (making) => balancerArn(making).split(":loadbalancer/")[1],
    dnsName: (making) => hostName(`${given(making, "name")}-${parseInt(making.hex(8), 16)}`, making.place, "elb"),
    zoneId: (making) => `Z${making.place.toUpperCase().replace(/-/g, "")}ELB`,
    vpcId: (making) => {
      const [first] = subnetsOf(making.inputs);
      return referred(making, [subnetType], first)?.state["vpcId"];
    },
    internal: () => false,
    ipAddressType: () => "ipv4",
    securityGroups: () => [],
    subnets: volatile(({ inputs }) => [...subnetsOf(inputs)].sort()),
    enableCrossZoneLoadBalancing: ({ inputs }) => inputs["loadBalancerType"] === "application",
  },
});

function balancerArn(making: Making): string {
  const kind = kinds[given(making, "loadBalancerType")] ?? "app";
  return arn(making, "elasticloadbalancing", `loadbalancer/${kind}/${given(making, "name")}/${making.hex(16)}`);
}

function subnetsOf(inputs: Properties): readonly string[] {
  const mapped = list(inputs["subnetMappings"]).flatMap((each) => text(object(each)["subnetId"]) ?? []);
  return [...texts(inputs["subnets"]), ...mapped];
}

function checkBalancer(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "loadBalancerType", Object.keys(kinds));
  const addresses = list(inputs["subnetMappings"]).filter((each) => object(each)["allocationId"] !== undefined);
  if (addresses.length > 0 && inputs["loadBalancerType"] !== "network") {
    refuse("subnetMappings", "An allocationId is for a network load balancer only. Remove it.");
  }
  if (addresses.length > 0 && inputs["internal"] === true) {
    refuse("subnetMappings", "An internal load balancer has no public address. Remove allocationId, or internal.");
  }
  if ((inputs["subnets"] === undefined) === (inputs["subnetMappings"] === undefined)) {
    refuse("subnets", "Exactly one of subnets and subnetMappings must be given.");
  }
  const given = inputs["subnets"] ?? inputs["subnetMappings"];
  if (inputs["loadBalancerType"] === "application" && Array.isArray(given) && given.length < 2) {
    refuse("subnets", `An application load balancer needs subnets in at least 2 zones, and has ${given.length}.`);
  }
}

/** One subnet a zone, and two zones for an application load balancer. */
function admitZones(making: Making): void {
  const zones = subnetsOf(making.inputs).map((id) =>
    text(referred(making, [subnetType], id)?.state["availabilityZoneId"]),
  );
  const different = new Set(zones);
  const least = given(making, "loadBalancerType") === "application" ? 2 : 1;
  if (different.size === zones.length && different.size >= least) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: InvalidConfigurationRequest: the subnets stand in the zones ${zones.join(", ")}; a load ` +
      "balancer of " +
      `this type takes one subnet a zone, in at least ${least}. Give subnets in different zones.`,
  );
}

const targetGroup = awsType({
  token: targetGroupType,
  id: groupArn,
  naming: shortName,
  replaceOn: ["name", "namePrefix", "port", "protocol", "protocolVersion", "vpcId", "targetType", "ipAddressType"],
  defaults: { targetType: "instance", deregistrationDelay: 300 },
  references: [{ path: "vpcId", to: [vpcType], bond: "holds" }],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "targetType", ["instance", "ip", "lambda", "alb"]);
    oneOf(inputs, refuse, "protocol", ["GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"]);
    within(inputs, refuse, "port", 1, 65_535);
    within(inputs, refuse, "healthCheck.healthyThreshold", 2, 10);
    within(inputs, refuse, "healthCheck.unhealthyThreshold", 2, 10);
    within(inputs, refuse, "healthCheck.interval", 5, 300);
    within(inputs, refuse, "healthCheck.timeout", 2, 120);
    if (inputs["targetType"] === "alb" && text(inputs["protocol"]) !== undefined && inputs["protocol"] !== "TCP") {
      refuse("protocol", `protocol must be TCP for a target of type alb, and is "${asText(inputs["protocol"])}".`);
    }
    if (inputs["targetType"] === "lambda") return;
    for (const key of ["port", "protocol", "vpcId"]) {
      if (inputs[key] === undefined)
        refuse(key, `${key} is required for targets of type ${asText(inputs["targetType"])}.`);
    }
  },
  outputs: {
    arn: groupArn,
    arnSuffix: (making) => `targetgroup/${groupArn(making).split(":targetgroup/")[1] ?? ""}`,
    ipAddressType: () => "ipv4",
    loadBalancingAlgorithmType: () => "round_robin",
    loadBalancingCrossZoneEnabled: () => "use_load_balancer_configuration",
    protocolVersion: defaulted("protocolVersion", ({ inputs }) =>
      text(inputs["protocol"])?.startsWith("HTTP") ? "HTTP1" : undefined,
    ),
    healthCheck: ({ inputs }) => ({
      enabled: true,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
      interval: 30,
      port: "traffic-port",
      protocol: text(inputs["protocol"])?.startsWith("HTTP") ? (text(inputs["protocol"]) ?? "HTTP") : "TCP",
    }),
  },
});

function groupArn(making: Making): string {
  return arn(making, "elasticloadbalancing", `targetgroup/${given(making, "name")}/${making.hex(16)}`);
}

const listener = awsType({
  token: listenerType,
  id: listenerArn,
  replaceOn: ["loadBalancerArn"],
  references: [
    { path: "loadBalancerArn", to: [loadBalancerType], bond: "dies" },
    { path: "certificateArn", to: [certificateType], bond: "holds", except: otherCertificates },
    { path: "defaultActions[].targetGroupArn", to: [targetGroupType], bond: "holds" },
    { path: "defaultActions[].forward.targetGroups[].arn", to: [targetGroupType], bond: "holds" },
  ],
  uniqueness: ({ loadBalancerArn, port }) => [`${text(loadBalancerArn) ?? ""}|${asText(port)}`],
  check: (inputs, refuse) => {
    within(inputs, refuse, "port", 1, 65_535);
    oneOf(inputs, refuse, "protocol", ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]);
    if (inputs["protocol"] === undefined || inputs["port"] === undefined) {
      refuse("port", "port and protocol are required for an application or a network load balancer.");
    }
    if ((inputs["protocol"] === "HTTPS" || inputs["protocol"] === "TLS") && inputs["certificateArn"] === undefined) {
      refuse("certificateArn", `certificateArn is required with protocol ${inputs["protocol"]}.`);
    }
  },
  admit: admitListener,
  outputs: {
    arn: listenerArn,
    sslPolicy: defaulted("sslPolicy", ({ inputs }) =>
      inputs["protocol"] === "HTTPS" ? "ELBSecurityPolicy-2016-08" : undefined,
    ),
  },
});

const protocols: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
};

/**
 * The balancer speaks that protocol, its targets belong to its network and to no other balancer, its certificate is
 * issued.
 */
function admitListener(making: Making): void {
  const balancer = referred(making, [loadBalancerType], making.inputs["loadBalancerArn"]);
  if (!balancer) return;
  const kind = text(balancer.state["loadBalancerType"]) ?? "application";
  const protocol = given(making, "protocol");
  if (protocols[kind]?.includes(protocol) === false) {
    const words = protocols[kind].join(", ");
    throw new Refusal(
      "invalid",
      `${making.urn}: UnsupportedFeature: a balancer of type ${kind} listens by ${words}, and not by ${protocol}.`,
    );
  }
  for (const group of groupsOf(making)) refuseForeignGroup(making, group, balancer);
  const certificate = referred(making, [certificateType], making.inputs["certificateArn"]);
  if (!certificate || isIssued(certificate, making.cloud)) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: UnsupportedCertificate: ${certificate.id} is not issued yet. Wait for it by an ` +
      "aws.acm.CertificateValidation " +
      `and take its certificateArn.`,
  );
}

function groupsOf(making: Making): readonly CloudObject[] {
  const arns = list(making.inputs["defaultActions"])
    .map(object)
    .flatMap((action) => [
      text(action["targetGroupArn"]),
      ...list(object(action["forward"])["targetGroups"]).map((each) => text(object(each)["arn"])),
    ]);
  return arns.flatMap((wanted) => (wanted === undefined ? [] : (referred(making, [targetGroupType], wanted) ?? [])));
}

function refuseForeignGroup(making: Making, group: CloudObject, balancer: CloudObject): void {
  if (group.state["vpcId"] !== undefined && group.state["vpcId"] !== balancer.state["vpcId"]) {
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidConfigurationRequest: the target group ${group.id} stands in another network than ` +
        `${balancer.id}.`,
    );
  }
  const other = balancersOf(making.cloud, group).find((arn) => arn !== balancer.id);
  if (other === undefined) return;
  throw new Refusal(
    "inUse",
    `${making.urn}: TargetGroupAssociationLimit: the target group ${group.id} is used by ${other}. Make another.`,
  );
}

/** ARNs of the balancers whose listeners send to a target group. */
export function balancersOf(cloud: CloudView, group: CloudObject): readonly string[] {
  return usersOfType(cloud, group, listenerType).flatMap(({ inputs }) => text(inputs["loadBalancerArn"]) ?? []);
}

function listenerArn(making: Making): string {
  const balancer = given(making, "loadBalancerArn").split(":loadbalancer/")[1] ?? "";
  return arn(making, "elasticloadbalancing", `listener/${balancer}/${making.hex(16)}`);
}

export const loadBalancingTypes: readonly ResourceType[] = [loadBalancer, targetGroup, listener];
