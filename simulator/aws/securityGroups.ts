/** Security groups and their rules. */
import type { Refuse, ResourceType } from "../engine/resourceType";
import { asText, text, type Properties } from "../engine/values";
import { arn, awsType, ownerId, regionalName } from "./awsType";
import { vpcType } from "./network";

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
    outputs: {
      arn: (making) => arn(making, "ec2", `security-group-rule/${making.id}`),
      securityGroupRuleId: (making) => making.id,
    },
  });
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
