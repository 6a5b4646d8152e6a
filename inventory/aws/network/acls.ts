/**
 * Network ACLs: rules by number, the first that fits decides, in each direction by itself, for an ACL keeps no memory
 * of connections (Amazon VPC User Guide, "Network ACLs"). What no rule fits is denied.
 */
import { closedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { amount, field, items, text } from "../../values";
import { subnetTypes } from "../region";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { byNumber } from "../../../lib/order";
import { overlap } from "./ipRanges";
import { protocolNamed } from "./securityGroups";

const ownTypes = ["aws:ec2/networkAcl:NetworkAcl"] as const;
const aclTypes = [...ownTypes, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"] as const;
const associationType = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
const ruleType = "aws:ec2/networkAclRule:NetworkAclRule";

type Way = "ingress" | "egress";

interface AclRule {
  readonly number: number;
  readonly allows: boolean;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidr: string;
  readonly isKnown: boolean;
}

/** The ACL of each subnet that has one in the stack. */
const aclsBySubnet = memoize((stack: Stack): ReadonlyMap<Resource, Resource> => {
  const acls = new Map<Resource, Resource>();
  for (const acl of aclTypes.flatMap((type) => stack.ofType(type))) {
    const named = stack.references(acl, "subnetIds", subnetTypes, field(acl.properties, "subnetIds")).resources;
    for (const subnet of named) acls.set(subnet, acl);
  }
  for (const association of stack.ofType(associationType)) {
    const { properties } = association;
    const [acl] = stack.references(association, "networkAclId", aclTypes, field(properties, "networkAclId")).resources;
    const subnets = stack.references(association, "subnetId", subnetTypes, field(properties, "subnetId")).resources;
    if (acl !== undefined) for (const subnet of subnets) acls.set(subnet, acl);
  }
  return acls;
});

const rulesByAcl = memoize((stack: Stack): ReadonlyMap<Resource, readonly Resource[]> => {
  const lists = new Map<Resource, Resource[]>();
  for (const rule of stack.ofType(ruleType)) {
    const value = field(rule.properties, "networkAclId");
    for (const acl of stack.references(rule, "networkAclId", aclTypes, value).resources) addTo(lists, acl, rule);
  }
  return lists;
});

/** A rule that a preview does not know, before all others. */
const unknownRule: AclRule = { number: 0, allows: true, protocol: "-1", from: 0, to: 65535, cidr: "", isKnown: false };

function rulesOf(acl: Resource, way: Way, stack: Stack): readonly AclRule[] {
  if (field(acl.properties, way) === UNKNOWN) return [unknownRule];
  const inline = items(field(acl.properties, way)).map((rule) => ruleOf(rule, "ruleNo", "action"));
  const separate = (rulesByAcl(stack).get(acl) ?? [])
    .filter(({ properties }) => (field(properties, "egress") === true) === (way === "egress"))
    .map(({ properties }) => ruleOf(properties, "ruleNumber", "ruleAction"));
  return [...inline, ...separate].sort((a, b) => byNumber(a.number, b.number));
}

function ruleOf(rule: Value, number: string, action: string): AclRule {
  const protocol = field(rule, "protocol");
  const named = protocolNamed(protocol) ?? "?";
  const read = [number, action, "cidrBlock", "fromPort", "toPort", "protocol"].map((key) => field(rule, key));
  return {
    number: amount(field(rule, number)) ?? Infinity,
    allows: field(rule, action) === "allow",
    protocol: named,
    from: amount(field(rule, "fromPort")) ?? 0,
    to: amount(field(rule, "toPort")) ?? 65535,
    cidr: text(field(rule, "cidrBlock")) ?? "",
    isKnown: !read.includes(UNKNOWN),
  };
}

/** Ports that clients send from, and get their answers on (Amazon VPC User Guide, "Ephemeral ports"). */
const answeredAt = 50_000;

/** Whether requests of a peer get into a subnet on a port, and the answers out again; undefined where they do. */
export function aclGate(
  subnet: Resource,
  { protocol, port, peer }: { readonly protocol: string; readonly port: number; readonly peer: string },
  { stack }: Pick<ReadContext, "stack">,
): Gate | undefined {
  const acl = aclsBySubnet(stack).get(subnet);
  if (acl === undefined) return undefined;
  const into = decide(rulesOf(acl, "ingress", stack), protocol, port, peer);
  const name = `the network ACL "${acl.name}" of subnet "${subnet.name}"`;
  if (into === false) return closedBy(acl, "ingress", `${name} lets nobody in on port ${port}`);
  const out = decide(rulesOf(acl, "egress", stack), protocol, answeredAt, peer);
  return out === false
    ? closedBy(acl, "egress", `${name} lets no answer out to the ports that clients send from`)
    : undefined;
}

/** The first rule that fits; undefined where one that is not known, or one of a part of the peers, comes before it. */
function decide(rules: readonly AclRule[], protocol: string, port: number, peer: string): boolean | undefined {
  for (const rule of rules) {
    if (!rule.isKnown) return undefined;
    if (rule.protocol !== "-1" && (rule.protocol !== protocol || port < rule.from || port > rule.to)) continue;
    if (rule.cidr === "0.0.0.0/0" || rule.cidr === peer) return rule.allows;
    if (rule.cidr !== "" && overlap(rule.cidr, peer)) {
      // A rule about some of the peers leaves the others to the rules behind it.
      if (rule.allows) return undefined;
    }
  }
  return false;
}
