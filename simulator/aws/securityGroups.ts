/** Security groups and their rules. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { asText, text, type Properties } from "../engine/values";
import { arn, awsType, given, ownerId, referred, regionalName, usersOfType } from "./awsType";
import { peeringType, vpcType } from "./network";

export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";

const securityGroup = awsType({
  token: securityGroupType,
  id: (making) => `sg-0${making.hex(16)}`,
  naming: regionalName("name", 255, { space: ({ vpcId }, place) => `${place}/${text(vpcId) ?? "default"}` }),
  replaceOn: ["name", "namePrefix", "description", "vpcId"],
  defaults: { description: "Managed by Pulumi" },
  sets: ["ingress", "egress"],
  cidrPaths: ["ingress[].cidrBlocks[]", "egress[].cidrBlocks[]"],
  references: [
    { path: "vpcId", to: [vpcType], bond: "holds" },
    { path: "ingress[].securityGroups[]", to: [securityGroupType], bond: "needs" },
    { path: "egress[].securityGroups[]", to: [securityGroupType], bond: "needs" },
  ],
  outputs: {
    arn: (making) => arn(making, "ec2", `security-group/${making.id}`),
    ownerId,
    ingress: () => [],
    egress: () => [],
  },
});

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

function rule(token: string): ResourceType {
  return awsType({
    token,
    id: (making) => `sgr-0${making.hex(16)}`,
    replaceOn: ["securityGroupId"],
    cidrPaths: ["cidrIpv4"],
    references: [
      { path: "securityGroupId", to: [securityGroupType], bond: "holds" },
      { path: "referencedSecurityGroupId", to: [securityGroupType], bond: "holds" },
    ],
    uniqueness: (inputs) => [
      [
        inputs["securityGroupId"],
        inputs["ipProtocol"],
        inputs["fromPort"],
        inputs["toPort"],
        ...peers.map((key) => inputs[key]),
      ]
        .map((each) => asText(each))
        .join("/"),
    ],
    check: (inputs, refuse) => checkRule(inputs, refuse),
    admit: refuseOtherNetwork,
    outputs: {
      arn: (making) => arn(making, "ec2", `security-group-rule/${making.id}`),
      securityGroupRuleId: (making) => making.id,
    },
  });
}

/** A rule can name a group of its own network, or of one that is peered in the same region. */
function refuseOtherNetwork(making: Making): void {
  const [own, other] = ["securityGroupId", "referencedSecurityGroupId"].map((key) =>
    text(referred(making, [securityGroupType], making.inputs[key])?.state["vpcId"]),
  );
  if (own === undefined || other === undefined || own === other) return;
  const home = making.cloud.find([vpcType], making.place, own);
  const isPeered = (home ? usersOfType(making.cloud, home, peeringType) : []).some(({ inputs }) =>
    [inputs["vpcId"], inputs["peerVpcId"]].includes(other),
  );
  if (isPeered) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: InvalidGroup.NotFound: ${given(making, "referencedSecurityGroupId")} belongs to ${other}, ` +
      "which is not " +
      `peered with ${own}. Give a range of addresses.`,
  );
}

function checkRule(inputs: Properties, refuse: Refuse): void {
  if (peers.filter((key) => inputs[key] !== undefined).length !== 1) {
    refuse("cidrIpv4", `Exactly one of ${peers.join(", ")} must be given.`);
  }
  const { ipProtocol, fromPort, toPort } = inputs;
  if (ipProtocol === "-1" && (fromPort !== undefined || toPort !== undefined)) {
    refuse("fromPort", 'fromPort and toPort may not be given with ipProtocol "-1" (all). Remove them.');
  }
  if ((ipProtocol === "tcp" || ipProtocol === "udp") && (fromPort === undefined || toPort === undefined)) {
    refuse("fromPort", `fromPort and toPort are required with ipProtocol "${ipProtocol}".`);
  }
  if (typeof fromPort === "number" && typeof toPort === "number" && ipProtocol !== "icmp" && fromPort > toPort) {
    refuse("fromPort", `fromPort must be at most toPort, and is ${fromPort} with toPort ${toPort}.`);
  }
}

export const securityGroupTypes: readonly ResourceType[] = [
  securityGroup,
  rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
  rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
];
