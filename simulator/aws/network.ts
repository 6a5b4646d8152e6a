/** Networks: VPC, subnets, gateways, routes, addresses. */
import { Refusal } from "../errors";
import type { Making, ResourceType } from "../engine/resourceType";
import { text } from "../engine/values";
import { arn, awsType, given, hostName, oneOf, ownerId, publicAddress, referred, usersOfType } from "./awsType";
import { contains, overlaps, parseCidr } from "./cidr";
import { zoneOf, zonesOf } from "./regions";

export const vpcType = "aws:ec2/vpc:Vpc";
export const subnetType = "aws:ec2/subnet:Subnet";
const gatewayType = "aws:ec2/internetGateway:InternetGateway";
export const routeTableType = "aws:ec2/routeTable:RouteTable";
export const peeringType = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
export const addressType = "aws:ec2/eip:Eip";
const natType = "aws:ec2/natGateway:NatGateway";

const vpc = awsType({
  token: vpcType,
  id: (making) => `vpc-0${making.hex(16)}`,
  replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  cidrPaths: ["cidrBlock"],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "instanceTenancy", ["default", "dedicated"]);
    if (inputs["cidrBlock"] === undefined && inputs["ipv4IpamPoolId"] === undefined) {
      refuse("cidrBlock", "One of cidrBlock and ipv4IpamPoolId is required. Give cidrBlock, such as 10.0.0.0/16.");
    }
    const range = parseCidr(text(inputs["cidrBlock"]) ?? "");
    if (range && (range.prefixLength < 16 || range.prefixLength > 28)) {
      refuse("cidrBlock", `cidrBlock must be between /16 and /28, and is /${range.prefixLength}.`);
    }
  },
  outputs: {
    arn: (making) => arn(making, "ec2", `vpc/${making.id}`),
    ownerId,
    enableDnsHostnames: () => false,
    enableNetworkAddressUsageMetrics: () => false,
    assignGeneratedIpv6CidrBlock: () => false,
    dhcpOptionsId: (making) => `dopt-0${making.hex(16, "dhcp")}`,
    defaultNetworkAclId: (making) => `acl-0${making.hex(16, "acl")}`,
    defaultRouteTableId: (making) => `rtb-0${making.hex(16, "table")}`,
    mainRouteTableId: (making) => `rtb-0${making.hex(16, "table")}`,
    defaultSecurityGroupId: (making) => `sg-0${making.hex(16, "group")}`,
  },
});

const subnet = awsType({
  token: subnetType,
  id: (making) => `subnet-0${making.hex(16)}`,
  replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn", "ipv6Native"],
  // The old range must be free before the new subnet can take it.
  deleteBeforeReplace: true,
  defaults: { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false, enableDns64: false },
  cidrPaths: ["cidrBlock"],
  zonePaths: ["availabilityZone", "availabilityZoneId"],
  references: [{ path: "vpcId", to: [vpcType], bond: "holds" }],
  check: (inputs, refuse) => {
    if (inputs["cidrBlock"] === undefined && inputs["ipv6Native"] !== true && inputs["ipv4IpamPoolId"] === undefined) {
      refuse("cidrBlock", "cidrBlock is required for an IPv4 subnet. Give a range inside of the VPC's.");
    }
    if (inputs["availabilityZone"] !== undefined && inputs["availabilityZoneId"] !== undefined) {
      refuse("availabilityZoneId", "availabilityZone and availabilityZoneId exclude each other. Give the id alone.");
    }
  },
  admit: admitRange,
  outputs: {
    arn: (making) => arn(making, "ec2", `subnet/${making.id}`),
    ownerId,
    availabilityZone: (making) => subnetZone(making).name,
    availabilityZoneId: (making) => subnetZone(making).id,
    enableResourceNameDnsARecordOnLaunch: () => false,
    enableResourceNameDnsAaaaRecordOnLaunch: () => false,
    ipv6Native: () => false,
    privateDnsHostnameTypeOnLaunch: () => "ip-name",
  },
});

/** The zone that the program names, else one that the cloud picks. */
function subnetZone(making: Making): { readonly name: string; readonly id: string } {
  const wanted = text(making.inputs["availabilityZoneId"]) ?? text(making.inputs["availabilityZone"]);
  const zones = zonesOf(making.place);
  const picked = zones[parseInt(making.hex(4, "zone"), 16) % zones.length];
  return zoneOf(making.place, wanted) ?? picked ?? { name: "", id: "" };
}

function admitRange(making: Making): void {
  const cidr = given(making, "cidrBlock");
  const range = parseCidr(cidr);
  const network = referred(making, [vpcType], making.inputs["vpcId"]);
  if (!range || !network) return;
  const networkCidr = text(network.state["cidrBlock"]) ?? "";
  const outer = parseCidr(networkCidr);
  if (outer && !contains(outer, range)) {
    throw new Refusal(
      "overlap",
      `${making.urn}: InvalidSubnet.Range: ${cidr} does not lie in ${networkCidr} of ${network.id}. Give a part of it.`,
    );
  }
  for (const sibling of usersOfType(making.cloud, network, subnetType)) {
    const taken = parseCidr(text(sibling.state["cidrBlock"]) ?? "");
    if (sibling.id === making.id || !taken || !overlaps(range, taken)) continue;
    throw new Refusal(
      "overlap",
      `${making.urn}: InvalidSubnet.Conflict: ${cidr} overlaps ${text(sibling.state["cidrBlock"]) ?? ""} of ` +
        `${sibling.id} in ${network.id}. Give a range that is free.`,
    );
  }
}

const internetGateway = awsType({
  token: gatewayType,
  id: (making) => `igw-0${making.hex(16)}`,
  replaceOn: [],
  references: [{ path: "vpcId", to: [vpcType], bond: "holds" }],
  uniqueness: ({ vpcId }) => (text(vpcId) === undefined ? [] : [`attachment|${text(vpcId) ?? ""}`]),
  outputs: { arn: (making) => arn(making, "ec2", `internet-gateway/${making.id}`), ownerId },
});

const targetsOfRoutes = [
  { path: "gatewayId", to: [gatewayType], except: /^(local|vgw-.*)$/ },
  { path: "natGatewayId", to: [natType] },
  { path: "vpcPeeringConnectionId", to: [peeringType], crossesRegions: true },
] as const;

const routeTable = awsType({
  token: routeTableType,
  id: (making) => `rtb-0${making.hex(16)}`,
  replaceOn: ["vpcId"],
  sets: ["routes", "propagatingVgws"],
  cidrPaths: ["routes[].cidrBlock"],
  references: [
    { path: "vpcId", to: [vpcType], bond: "holds" },
    ...targetsOfRoutes.map((each) => ({ ...each, path: `routes[].${each.path}`, bond: "holds" as const })),
  ],
  outputs: { arn: (making) => arn(making, "ec2", `route-table/${making.id}`), ownerId, propagatingVgws: () => [] },
});

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;
const nextHops = [
  ...["gatewayId", "natGatewayId", "carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "localGatewayId"],
  ...["networkInterfaceId", "odbNetworkArn", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
];

const route = awsType({
  token: "aws:ec2/route:Route",
  tagged: false,
  id: (making) => `r-${given(making, "routeTableId")}${making.hex(10)}`,
  replaceOn: ["routeTableId", ...destinations],
  deleteBeforeReplace: true,
  cidrPaths: ["destinationCidrBlock"],
  references: [
    { path: "routeTableId", to: [routeTableType], bond: "holds" },
    ...targetsOfRoutes.map((each) => ({ ...each, bond: "holds" as const })),
  ],
  uniqueness: (inputs) =>
    destinations.flatMap((key) => {
      const destination = text(inputs[key]);
      return destination === undefined ? [] : [`${text(inputs["routeTableId"]) ?? ""}|${destination}`];
    }),
  check: (inputs, refuse) => {
    if (destinations.filter((key) => inputs[key] !== undefined).length !== 1) {
      refuse("destinationCidrBlock", `Exactly one of ${destinations.join(", ")} must be given.`);
    }
    if (nextHops.filter((key) => inputs[key] !== undefined).length !== 1) {
      refuse("gatewayId", `Exactly one of ${nextHops.join(", ")} must be given.`);
    }
  },
  outputs: { origin: () => "CreateRoute", state: () => "active" },
});

const routeTableAssociation = awsType({
  token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  tagged: false,
  id: (making) => `rtbassoc-0${making.hex(16)}`,
  replaceOn: ["subnetId", "gatewayId"],
  deleteBeforeReplace: true,
  references: [
    { path: "routeTableId", to: [routeTableType], bond: "holds" },
    { path: "subnetId", to: [subnetType], bond: "holds" },
    { path: "gatewayId", to: [gatewayType], bond: "holds" },
  ],
  uniqueness: ({ subnetId }) => (text(subnetId) === undefined ? [] : [`association|${text(subnetId) ?? ""}`]),
  check: (inputs, refuse) => {
    if ((inputs["subnetId"] === undefined) === (inputs["gatewayId"] === undefined)) {
      refuse("subnetId", "Exactly one of subnetId and gatewayId must be given.");
    }
  },
  outputs: {},
});

const eip = awsType({
  token: addressType,
  id: (making) => `eipalloc-0${making.hex(16)}`,
  replaceOn: ["domain", "address", "publicIpv4Pool", "networkBorderGroup"],
  outputs: {
    arn: (making) => arn(making, "ec2", `elastic-ip/${making.id}`),
    allocationId: (making) => making.id,
    domain: () => "vpc",
    publicIp: publicAddress,
    publicDns: (making) => hostName(`ec2-${publicAddress(making).replace(/\./g, "-")}`, making.place),
    networkBorderGroup: (making) => making.place,
    publicIpv4Pool: () => "amazon",
  },
});

const natGateway = awsType({
  token: natType,
  id: (making) => `nat-0${making.hex(16)}`,
  replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp", "vpcId", "availabilityMode"],
  // An address belongs to one gateway at a time.
  deleteBeforeReplace: true,
  defaults: { connectivityType: "public" },
  references: [
    { path: "subnetId", to: [subnetType], bond: "holds" },
    { path: "vpcId", to: [vpcType], bond: "holds" },
    { path: "allocationId", to: [addressType], bond: "holds" },
  ],
  uniqueness: ({ allocationId }) => (text(allocationId) === undefined ? [] : [`address|${text(allocationId) ?? ""}`]),
  zone: (making) => text(referred(making, [subnetType], making.inputs["subnetId"])?.state["availabilityZoneId"]),
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "connectivityType", ["public", "private"]);
    const regional = inputs["availabilityMode"] === "regional";
    if (!regional && inputs["subnetId"] === undefined) refuse("subnetId", "subnetId is required for a zonal gateway.");
    if (inputs["connectivityType"] === "public" && !regional && inputs["allocationId"] === undefined) {
      refuse("allocationId", "allocationId is required for a public gateway. Give the allocationId of an aws.ec2.Eip.");
    }
  },
  outputs: {
    associationId: (making) => `eipassoc-0${making.hex(16, "association")}`,
    networkInterfaceId: (making) => `eni-0${making.hex(16, "interface")}`,
    privateIp: (making) => `10.${parseInt(making.hex(2, "a"), 16)}.${parseInt(making.hex(2, "b"), 16)}.10`,
    publicIp: (making) => referred(making, [addressType], making.inputs["allocationId"])?.state["publicIp"],
  },
});

export const networkTypes: readonly ResourceType[] = [
  vpc,
  subnet,
  internetGateway,
  routeTable,
  route,
  routeTableAssociation,
  eip,
  natGateway,
];
