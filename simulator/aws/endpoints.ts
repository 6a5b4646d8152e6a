/** Private ways out of a network: endpoints of services, and connections to other networks. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { list, object, text, texts, type Properties } from "../engine/values";
import { arn, awsType, given, hostName, oneOf, ownerId, referred } from "./awsType";
import { overlaps, parseCidr } from "./cidr";
import { peeringType, routeTableType, subnetType, vpcType } from "./network";
import { refuseOtherNetworks } from "./sameNetwork";
import { securityGroupType } from "./securityGroups";
import { account } from "./regions";

/** Services that a route can lead to (Amazon VPC User Guide, "Gateway endpoints"). */
const gatewayServices = ["s3", "dynamodb"];

const vpcEndpoint = awsType({
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  id: (making) => `vpce-0${making.hex(16)}`,
  replaceOn: [
    "vpcId",
    "serviceName",
    "vpcEndpointType",
    "resourceConfigurationArn",
    "serviceNetworkArn",
    "serviceRegion",
  ],
  defaults: { vpcEndpointType: "Gateway" },
  sets: ["subnetIds", "securityGroupIds", "routeTableIds"],
  references: [
    { path: "vpcId", to: [vpcType], bond: "holds" },
    { path: "subnetIds[]", to: [subnetType], bond: "holds" },
    { path: "securityGroupIds[]", to: [securityGroupType], bond: "holds" },
    { path: "routeTableIds[]", to: [routeTableType], bond: "holds" },
  ],
  // One name of a service means one endpoint in a network.
  uniqueness: ({ privateDnsEnabled, vpcId, serviceName }, place) =>
    privateDnsEnabled === true ? [`private-dns|${place}|${text(vpcId) ?? ""}|${text(serviceName) ?? ""}`] : [],
  check: checkEndpoint,
  admit: admitEndpoint,
  outputs: {
    arn: (making) => arn(making, "ec2", `vpc-endpoint/${making.id}`),
    ownerId,
    cidrBlocks: (making) => (isGateway(making.inputs) ? [`52.${parseInt(making.hex(2, "range"), 16)}.0.0/16`] : []),
    dnsEntries: (making) =>
      isGateway(making.inputs)
        ? []
        : [
            {
              dnsName: hostName(making.id, shortService(making.inputs) ?? "", making.place, "vpce"),
              hostedZoneId: "ZVPCE",
            },
          ],
    dnsOptions: () => ({ dnsRecordIpType: "ipv4" }),
    ipAddressType: () => "ipv4",
    networkInterfaceIds: (making) =>
      isGateway(making.inputs) ? [] : texts(making.inputs["subnetIds"]).map((id) => `eni-0${making.hex(16, id)}`),
    policy: () =>
      JSON.stringify({
        Version: "2008-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      }),
    prefixListId: ({ inputs, place }) =>
      isGateway(inputs) ? `pl-${prefixOf(`${place}.${shortService(inputs) ?? ""}`)}` : "",
    privateDnsEnabled: () => false,
    requesterManaged: () => false,
    routeTableIds: () => [],
    securityGroupIds: () => [],
    serviceName: () => "",
    serviceRegion: ({ place }) => place,
    state: () => "available",
    subnetIds: () => [],
  },
});

/** A prefix list is the service's own, the same for every account. */
function prefixOf(service: string): string {
  let hash = 0;
  for (const letter of service) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

function isGateway(inputs: Properties): boolean {
  return inputs["vpcEndpointType"] === "Gateway";
}

function shortService(inputs: Properties): string | undefined {
  return text(inputs["serviceName"])?.split(".").slice(3).join(".");
}

function checkEndpoint(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "vpcEndpointType", [
    "Gateway",
    "GatewayLoadBalancer",
    "Interface",
    "Resource",
    "ServiceNetwork",
  ]);
  const service = text(inputs["serviceName"]);
  const region = text(inputs["region"]);
  if (
    service !== undefined &&
    region !== undefined &&
    !service.startsWith(`com.amazonaws.${region}.`) &&
    !service.startsWith("com.amazonaws.vpce.")
  ) {
    refuse(
      "serviceName",
      `serviceName must be a service of ${region}, such as com.amazonaws.${region}.s3, and is "${service}".`,
    );
  }
  if (isGateway(inputs)) {
    const short = shortService(inputs);
    if (short !== undefined && !gatewayServices.includes(short)) {
      refuse(
        "vpcEndpointType",
        `A gateway endpoint is for ${gatewayServices.join(" or ")}, and "${short}" is asked for. Give Interface.`,
      );
    }
    for (const key of ["subnetIds", "securityGroupIds"]) {
      if (list(inputs[key]).length > 0) refuse(key, `${key} is for an interface endpoint. Give routeTableIds.`);
    }
    return;
  }
  if (list(inputs["routeTableIds"]).length > 0)
    refuse("routeTableIds", "routeTableIds is for a gateway endpoint. Give subnetIds.");
  if (
    inputs["vpcEndpointType"] === "Interface" &&
    inputs["subnetIds"] === undefined &&
    inputs["subnetConfigurations"] === undefined
  ) {
    refuse("subnetIds", "subnetIds is required for an interface endpoint: without one nothing can reach it.");
  }
}

function admitEndpoint(making: Making): void {
  const { inputs } = making;
  refuseOtherNetworks(making, { subnets: inputs["subnetIds"], groups: inputs["securityGroupIds"] });
  const zones = texts(inputs["subnetIds"]).map((id) => referred(making, [subnetType], id)?.state["availabilityZoneId"]);
  if (new Set(zones).size < zones.length) {
    throw new Refusal("invalid", `${making.urn}: DuplicateSubnetsInSameZone: an endpoint takes one subnet a zone.`);
  }
  const network = referred(making, [vpcType], inputs["vpcId"]);
  if (inputs["privateDnsEnabled"] !== true || !network) return;
  for (const key of ["enableDnsSupport", "enableDnsHostnames"]) {
    if (network.state[key] === true) continue;
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidParameter: private DNS needs ${key} of the network ${network.id}. Set it to true.`,
    );
  }
}

const peering = awsType({
  token: peeringType,
  id: (making) => `pcx-0${making.hex(16)}`,
  // The other side knows it by the same id.
  everywhere: true,
  replaceOn: ["vpcId", "peerVpcId", "peerRegion", "peerOwnerId"],
  references: [
    { path: "vpcId", to: [vpcType], bond: "holds" },
    { path: "peerVpcId", to: [vpcType], bond: "holds", placePath: "peerRegion" },
  ],
  check: (inputs, refuse) => {
    if (inputs["autoAccept"] === true && inputs["peerRegion"] !== undefined) {
      refuse("autoAccept", "autoAccept may not be given with peerRegion. Accept it there, by an accepter.");
    }
  },
  admit: (making) => {
    const own = referred(making, [vpcType], making.inputs["vpcId"]);
    const place = text(making.inputs["peerRegion"]) ?? making.place;
    const other = making.cloud.find([vpcType], place, given(making, "peerVpcId"));
    const [left, right] = [own, other].map((one) => parseCidr(text(one?.state["cidrBlock"]) ?? ""));
    if (!left || !right || !overlaps(left, right)) return;
    throw new Refusal(
      "overlap",
      `${making.urn}: the networks ${own?.id ?? ""} (${text(own?.state["cidrBlock"]) ?? ""}) and ${other?.id ?? ""} ` +
        `(${text(other?.state["cidrBlock"]) ?? ""}) overlap and cannot be peered. Give them ranges apart.`,
    );
  },
  outputs: {
    acceptStatus: ({ inputs }) => (inputs["autoAccept"] === true ? "active" : "pending-acceptance"),
    peerOwnerId: () => account,
    peerRegion: ({ place }) => place,
    accepter: () => ({ allowRemoteVpcDnsResolution: false }),
    requester: () => ({ allowRemoteVpcDnsResolution: false }),
  },
});

const peeringAccepter = awsType({
  token: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  id: (making) => given(making, "vpcPeeringConnectionId"),
  replaceOn: ["vpcPeeringConnectionId"],
  references: [{ path: "vpcPeeringConnectionId", to: [peeringType], bond: "dies", crossesRegions: true }],
  check: (inputs, refuse) => {
    if (inputs["autoAccept"] !== true)
      refuse("autoAccept", "autoAccept must be true: without it nobody accepts the connection.");
  },
  admit: (making) => {
    const asked = referred(making, [peeringType], making.inputs["vpcPeeringConnectionId"]);
    if (!asked || asked.state["peerRegion"] === making.place) return;
    throw new Refusal(
      "invalid",
      `${making.urn}: OperationNotPermitted: ${asked.id} is accepted in ` +
        `${text(asked.state["peerRegion"]) ?? ""}, and not in ${making.place}.`,
    );
  },
  outputs: {
    acceptStatus: () => "active",
    vpcId: (making) => peerOf(making)["peerVpcId"],
    peerVpcId: (making) => peerOf(making)["vpcId"],
    peerOwnerId: () => account,
    peerRegion: (making) => referred(making, [peeringType], making.inputs["vpcPeeringConnectionId"])?.place,
    accepter: () => ({ allowRemoteVpcDnsResolution: false }),
    requester: () => ({ allowRemoteVpcDnsResolution: false }),
  },
});

function peerOf(making: Making): Properties {
  return object(referred(making, [peeringType], making.inputs["vpcPeeringConnectionId"])?.state);
}

export const endpointTypes: readonly ResourceType[] = [vpcEndpoint, peering, peeringAccepter];
