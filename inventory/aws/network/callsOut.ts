/** Whether a workload gets out to what it uses, and in there, by the security groups of both ends. */
import { tightest, undecidedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, textAt } from "../../values";
import { groupTarget, instanceTarget, rangesOf, subnetsNamed } from "../balancing/units";
import { admission, type Peer, type Port } from "./admission";
import { clientsIn } from "./ipRanges";
import { networkOf } from "./routes";
import { groupsNamed, groupWords, isAbout, rulesOf, type GroupRule, type NamedGroups } from "./securityGroups";

interface End {
  readonly groups: NamedGroups;
  readonly subnets: readonly Resource[];
}

type Context = Pick<ReadContext, "stack">;

const httpsPort = 443;

/** Where a workload stands in a network; undefined where it stands in none that the stack tells of. */
function endOf(workload: Resource, context: Context): End | undefined {
  switch (workload.type) {
    case "aws:autoscaling/group:Group":
      return groupTarget(workload, context);
    case "aws:ec2/instance:Instance":
      return instanceTarget(workload, context);
    case "aws:ecs/service:Service":
      return endIn(workload, "networkConfiguration", ["securityGroups", "subnets"], context);
    case "aws:lambda/function:Function":
      return endIn(workload, "vpcConfig", ["securityGroupIds", "subnetIds"], context);
    default:
      return undefined;
  }
}

function endIn(workload: Resource, property: string, [groups, subnets]: [string, string], context: Context): End {
  const network = field(workload.properties, property);
  return {
    groups: groupsNamed(workload, property, field(network, groups), context),
    subnets: subnetsNamed(workload, property, field(network, subnets), context),
  };
}

/** Stores that gateway endpoints lead to, by the last word of the endpoint's service. */
const byGateway: Readonly<Record<string, string>> = {
  "aws:dynamodb/table:Table": "dynamodb",
  "aws:s3/bucket:Bucket": "s3",
  "aws:s3/bucketV2:BucketV2": "s3",
};

/** What is called by an API of AWS is called on one port, by the internet or by an endpoint. */
export function apiGate(workload: Resource, used: Resource, context: Context): Gate | undefined {
  const end = endOf(workload, context);
  if (end === undefined) return undefined;
  const { groups } = end;
  const at: Port = { protocol: "tcp", port: httpsPort };
  const shut = admission(workload, groups, "egress", { kind: "inside" }, at, context);
  const service = byGateway[used.type];
  const [first] = groups.groups;
  if (shut !== undefined || service === undefined || first === undefined || groups.rest !== "all") return shut;
  const rules = groups.groups.flatMap((group) => rulesOf(group, "egress", context));
  const about = rules.filter((rule) => isAbout(rule, "tcp", httpsPort) !== false);
  if (about.some((rule) => leadsTo(service, rule, context)) || hasInterface(service, context)) return undefined;
  return undecidedBy(first, "egress", `${groupWords(groups.groups)} lets nothing out to ${service} that is known`);
}

/** By addresses of the internet, or by a list of prefixes that is not known to be another service's. */
function leadsTo(service: string, rule: GroupRule, { stack }: Context): boolean {
  const { cidrs, cidrsOfSix, groups, lists, others } = rule;
  // A rule that names nobody is one of which a preview does not know yet whom it names.
  const isUnsaid = cidrs.length + cidrsOfSix.length + groups.length + lists.length === 0;
  if (isUnsaid || others === "unknown" || clientsIn(cidrs) !== "none") return true;
  return lists.some((id) => {
    const owners = stack.ofType(endpointType).filter((one) => textAt(one, "prefixListId") === id);
    return owners.length === 0 || owners.some((one) => textAt(one, "serviceName")?.endsWith(`.${service}`) === true);
  });
}

function hasInterface(service: string, { stack }: Context): boolean {
  return stack
    .ofType(endpointType)
    .some(
      (one) =>
        textAt(one, "vpcEndpointType") === "Interface" && textAt(one, "serviceName")?.endsWith(`.${service}`) === true,
    );
}

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** The networks that a workload stands in, as far as the stack holds its subnets. */
export function networksOf(workload: Resource, context: Context): readonly Resource[] {
  const { subnets = [] } = endOf(workload, context) ?? {};
  return [...new Set(subnets.flatMap((subnet) => networkOf(subnet, context) ?? []))];
}

/** Whether both ends let a workload ask another one of its own network on a port. */
export function callGate(
  workload: Resource,
  called: End & { readonly resource: Resource },
  port: number,
  context: Context,
): Gate | undefined {
  const from = endOf(workload, context);
  if (from === undefined || called.groups.groups.length === 0) return undefined;
  const at: Port = { protocol: "tcp", port };
  const there = peerOf(called.groups, called.subnets);
  return tightest([
    admission(workload, from.groups, "egress", there, at, context),
    admission(called.resource, called.groups, "ingress", peerOf(from.groups, from.subnets), at, context),
  ]);
}

interface Store {
  /** Property that lists its security groups. */
  readonly groups: string;
  /** Property that names its subnet group. */
  readonly subnetGroup: string;
  readonly subnetGroupTypes: readonly string[];
  /** Property of its port. */
  readonly port: string;
}

const rds: Store = {
  groups: "vpcSecurityGroupIds",
  subnetGroup: "dbSubnetGroupName",
  subnetGroupTypes: ["aws:rds/subnetGroup:SubnetGroup"],
  port: "port",
};
const cache: Store = {
  groups: "securityGroupIds",
  subnetGroup: "subnetGroupName",
  subnetGroupTypes: ["aws:elasticache/subnetGroup:SubnetGroup"],
  port: "port",
};

const stores: Readonly<Record<string, Store>> = {
  "aws:docdb/cluster:Cluster": { ...rds, subnetGroupTypes: ["aws:docdb/subnetGroup:SubnetGroup"] },
  "aws:elasticache/cluster:Cluster": cache,
  "aws:elasticache/replicationGroup:ReplicationGroup": cache,
  "aws:memorydb/cluster:Cluster": { ...cache, subnetGroupTypes: ["aws:memorydb/subnetGroup:SubnetGroup"] },
  "aws:neptune/cluster:Cluster": {
    ...rds,
    subnetGroup: "neptuneSubnetGroupName",
    subnetGroupTypes: ["aws:neptune/subnetGroup:SubnetGroup"],
  },
  "aws:rds/cluster:Cluster": rds,
  "aws:rds/instance:Instance": rds,
};

/** Ports by which engines are asked unless another is set (Amazon RDS and ElastiCache User Guides). */
const usualPorts: readonly (readonly [engine: RegExp, port: number])[] = [
  [/postgres/, 5432],
  [/mysql|mariadb|^aurora$/, 3306],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/redis|valkey/, 6379],
  [/memcached/, 11211],
  [/docdb/, 27017],
  [/neptune/, 8182],
];

/** True for what is asked at an address inside of a network. */
export function isInNetwork({ type }: Resource): boolean {
  return Object.hasOwn(stores, type);
}

/** Whether both ends let a workload ask a store of the same region. */
export function storeGate(workload: Resource, used: Resource, context: Context): Gate | undefined {
  const store = stores[used.type];
  const from = endOf(workload, context);
  if (store === undefined || from === undefined) return undefined;
  const groups = groupsNamed(used, store.groups, field(used.properties, store.groups), context);
  // Where one end is not laid out, ports are not what its author was about.
  if (groups.groups.length === 0) return undefined;
  const port = portOf(used, field(used.properties, store.port));
  const here = peerOf(from.groups, from.subnets);
  const there = peerOf(groups, subnetsOf(used, store, context));
  return tightest([
    admission(workload, from.groups, "egress", there, { protocol: "tcp", port }, context),
    admission(used, groups, "ingress", here, { protocol: "tcp", port }, context),
  ]);
}

/** Of somebody in subnets of another stack the addresses are not known: then a rule for anybody may be for him. */
function peerOf(groups: NamedGroups, subnets: readonly Resource[]): Peer {
  const cidrs = rangesOf(subnets);
  return cidrs === undefined || cidrs.length === 0 ? { kind: "inside" } : { kind: "member", groups, cidrs };
}

function portOf(used: Resource, value: Value): number | undefined {
  const written = amount(value);
  if (written !== undefined && written > 0) return written;
  const engine = textAt(used, "engine") ?? used.type;
  return value === undefined ? usualPorts.find(([one]) => one.test(engine))?.[1] : undefined;
}

function subnetsOf(used: Resource, { subnetGroup, subnetGroupTypes }: Store, context: Context): readonly Resource[] {
  const named = field(used.properties, subnetGroup);
  const [group] = context.stack.references(used, subnetGroup, subnetGroupTypes, named).resources;
  return group === undefined ? [] : subnetsNamed(group, "subnetIds", at(group.properties, "subnetIds"), context);
}
