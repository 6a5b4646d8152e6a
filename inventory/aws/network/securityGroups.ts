/**
 * What security groups let through. A group admits what one of its rules admits and nothing else, and several groups
 * admit what any one of them does; answers go back by themselves (Amazon VPC User Guide, "Security group rules").
 */
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, text, texts } from "../../values";
import { memoize } from "../../../lib/memo";

const groupTypes = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
] as const;
const ruleTypes = ["aws:ec2/securityGroupRule:SecurityGroupRule"] as const;
const oneWayTypes = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;
const listTypes = ["aws:ec2/managedPrefixList:ManagedPrefixList"] as const;

export type Way = "ingress" | "egress";

/** One rule, whichever of its four forms it is written in. */
export interface GroupRule {
  /** The resource that holds it. */
  readonly resource: Resource;
  readonly protocol: Value;
  readonly fromPort: Value;
  readonly toPort: Value;
  readonly cidrs: readonly string[];
  readonly cidrsOfSix: readonly string[];
  /** Groups of the stack, by URN, and ids of others. */
  readonly groups: readonly string[];
  /** Ids of lists of prefixes that are their keeper's. */
  readonly lists: readonly string[];
  /** True where it names others than are listed here: a list of prefixes, a value that is not known. */
  readonly others: "none" | "prefixes" | "unknown";
}

type Rules = Readonly<Record<Way, readonly GroupRule[]>>;

/** Every rule of the stack by its group. */
const rulesByGroup = memoize((stack: Stack): ReadonlyMap<Resource, Rules> => {
  const rules = new Map<Resource, Record<Way, GroupRule[]>>();
  const of = (group: Resource): Record<Way, GroupRule[]> => {
    let found = rules.get(group);
    if (found === undefined) rules.set(group, (found = { ingress: [], egress: [] }));
    return found;
  };
  for (const group of groupTypes.flatMap((type) => stack.ofType(type))) {
    for (const way of ["ingress", "egress"] as const) {
      const listed = field(group.properties, way);
      if (listed === UNKNOWN) of(group)[way].push(undecided(group));
      for (const rule of items(listed)) of(group)[way].push(ruleOf(group, rule, group, stack, way));
    }
  }
  for (const rule of stack.ofType(ruleTypes[0])) {
    const way = field(rule.properties, "type") === "egress" ? "egress" : "ingress";
    for (const group of ownersOf(rule, stack)) of(group)[way].push(ruleOf(rule, rule.properties, group, stack));
  }
  for (const way of ["ingress", "egress"] as const) {
    for (const rule of stack.ofType(oneWayTypes[way])) {
      for (const group of ownersOf(rule, stack)) of(group)[way].push(ruleOf(rule, rule.properties, group, stack));
    }
  }
  return rules;
});

function ownersOf(rule: Resource, stack: Stack): readonly Resource[] {
  return stack.references(rule, "securityGroupId", groupTypes, field(rule.properties, "securityGroupId")).resources;
}

/** The rules of a group in one direction; none where nothing in the stack gives it any. */
export function rulesOf(group: Resource, way: Way, { stack }: Pick<ReadContext, "stack">): readonly GroupRule[] {
  return rulesByGroup(stack).get(group)?.[way] ?? [];
}

function undecided(group: Resource): GroupRule {
  return {
    resource: group,
    protocol: UNKNOWN,
    fromPort: UNKNOWN,
    toPort: UNKNOWN,
    cidrs: [],
    cidrsOfSix: [],
    groups: [],
    lists: [],
    others: "unknown",
  };
}

const one = (value: Value): readonly string[] => (typeof value === "string" && value !== "" ? [value] : []);

/** @param inline property of the group that it stands in, where it is no resource of its own */
function ruleOf(resource: Resource, rule: Value, group: Resource, stack: Stack, inline?: string): GroupRule {
  const named = (key: string): readonly string[] => {
    const value = field(rule, key);
    const found = stack.references(resource, inline ?? key, groupTypes, value);
    const rest = [...one(value), ...texts(value)].filter((id) => stack.byIdentifier(groupTypes, id) === undefined);
    return inline === undefined || value !== UNKNOWN ? [...found.resources.map(({ urn }) => urn), ...rest] : [];
  };
  const cidrs = [...one(field(rule, "cidrIpv4")), ...texts(field(rule, "cidrBlocks"))];
  const cidrsOfSix = [...one(field(rule, "cidrIpv6")), ...texts(field(rule, "ipv6CidrBlocks"))];
  const lists = [...one(field(rule, "prefixListId")), ...texts(field(rule, "prefixListIds"))];
  let prefixes = field(rule, "prefixListId") === UNKNOWN || field(rule, "prefixListIds") === UNKNOWN;
  for (const id of lists) {
    const list = stack.byIdentifier(listTypes, id);
    if (list === undefined && !listsOfEndpoints(stack).has(id)) prefixes = true;
    for (const entry of items(list && field(list.properties, "entries"))) cidrs.push(...one(field(entry, "cidr")));
  }
  const keys = ["referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups"];
  const groups = keys.flatMap(named);
  const isOpen = [...keys, "cidrIpv4", "cidrBlocks", "cidrIpv6"].some((key) => isUnknown(field(rule, key)));
  if (field(rule, "self") === true) groups.push(group.urn);
  return {
    resource,
    protocol: field(rule, "ipProtocol") ?? field(rule, "protocol"),
    fromPort: field(rule, "fromPort"),
    toPort: field(rule, "toPort"),
    cidrs,
    cidrsOfSix,
    groups,
    lists,
    others: prefixes ? "prefixes" : isOpen && groups.length === 0 ? "unknown" : "none",
  };
}

/** Lists of prefixes of the services that gateway endpoints of the stack lead to: nobody else's addresses. */
const listsOfEndpoints = memoize(
  (stack: Stack): ReadonlySet<string> =>
    new Set(
      stack
        .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
        .flatMap(({ properties }) => one(field(properties, "prefixListId"))),
    ),
);

function isUnknown(value: Value): boolean {
  return value === UNKNOWN || items(value).includes(UNKNOWN);
}

/** Protocols by name and by number (IANA), as rules write both. */
const numbers: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

/** A protocol by its name in small letters, `-1` for all of them; undefined where it is not known. */
export function protocolNamed(value: Value): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return value === undefined ? "-1" : undefined;
  const named = String(value).toLowerCase();
  return named === "all" ? "-1" : (numbers[named] ?? named);
}

/** Whether a rule is about a port: yes, no, or not known. */
export function isAbout(rule: GroupRule, protocol: string, port: number | undefined): boolean | undefined {
  const own = rule.protocol === undefined ? "tcp" : protocolNamed(rule.protocol);
  if (own === undefined) return undefined;
  if (own === "-1") return true;
  if (own !== protocol) return false;
  if (port === undefined || rule.fromPort === UNKNOWN || rule.toPort === UNKNOWN) return undefined;
  const [from, to] = [Number(rule.fromPort ?? 0), Number(rule.toPort ?? rule.fromPort ?? 65535)];
  return from === -1 || (from <= port && port <= to);
}

/** The groups that a property lists: those of the stack, and whether it names others, or none that is known. */
export interface NamedGroups {
  readonly groups: readonly Resource[];
  readonly property: string;
  /** `none` where nothing is listed at all: then it is in its network's default group. */
  readonly rest: "all" | "some" | "none";
}

/** @param value what the property lists, where it stands inside of another one */
export function groupsNamed(
  resource: Resource,
  property: string,
  value: Value,
  { stack }: Pick<ReadContext, "stack">,
): NamedGroups {
  if (value === undefined || value === null) return { groups: [], property, rest: "none" };
  const { resources, open } = stack.references(resource, property, groupTypes, value);
  const isEmpty = Array.isArray(value) && value.length === 0;
  return { groups: resources, property, rest: open ? "some" : isEmpty ? "none" : "all" };
}

/** Name of a group in a sentence. */
export function groupWords(groups: readonly Resource[]): string {
  const names = groups.map(({ name, properties }) => `"${text(field(properties, "name")) ?? name}"`);
  return names.length === 1 ? `its security group ${names.join("")}` : `its security groups ${names.join(", ")}`;
}
