/** The way in on AWS, hop by hop: each hop closed, open in another form, and not known. */
import { readEstate } from "../../inventory";
import { UNKNOWN, type Properties, type Resource, type Value } from "../../inventory/resource";
import type { WayInFact } from "../../model";
import { serviceIn } from "../support/estateOf";

type Given = Readonly<Record<string, Properties>>;

const words = { "duplex:service": "shop" };
const everywhere = "0.0.0.0/0";

/** A load balancer in two public subnets, and machines behind it: nothing is closed. */
const open: Given = {
  "aws:ec2/vpc:Vpc vpc": { cidrBlock: "10.0.0.0/16" },
  "aws:ec2/subnet:Subnet one": { vpcId: "vpc", availabilityZoneId: "use1-az1", cidrBlock: "10.0.1.0/24" },
  "aws:ec2/subnet:Subnet two": { vpcId: "vpc", availabilityZoneId: "use1-az2", cidrBlock: "10.0.2.0/24" },
  "aws:ec2/internetGateway:InternetGateway gateway": { vpcId: "vpc" },
  "aws:ec2/routeTable:RouteTable table": { vpcId: "vpc", routes: [{ cidrBlock: everywhere, gatewayId: "gateway" }] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation of-one": { subnetId: "one", routeTableId: "table" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation of-two": { subnetId: "two", routeTableId: "table" },
  "aws:ec2/securityGroup:SecurityGroup front": {
    vpcId: "vpc",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [everywhere] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [everywhere] }],
  },
  "aws:ec2/securityGroup:SecurityGroup units": {
    vpcId: "vpc",
    ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: ["front"] }],
  },
  "aws:lb/loadBalancer:LoadBalancer balancer": {
    loadBalancerType: "application", internal: false, subnets: ["one", "two"], securityGroups: ["front"], tags: words,
    dnsName: "balancer.us-east-1.elb.amazonaws.com",
  },
  "aws:lb/targetGroup:TargetGroup group": { port: 8080, protocol: "HTTP", vpcId: "vpc", targetType: "instance" },
  "aws:lb/listener:Listener listener": {
    loadBalancerArn: "balancer", port: 443, protocol: "HTTPS", defaultActions: [{ type: "forward", targetGroupArn: "group" }],
  },
  "aws:ec2/launchTemplate:LaunchTemplate template": { vpcSecurityGroupIds: ["units"] },
  "aws:autoscaling/group:Group machines": {
    vpcZoneIdentifiers: ["one", "two"], desiredCapacity: 4, minSize: 4, maxSize: 8, targetGroupArns: ["group"],
    launchTemplate: { id: "template" }, tags: [{ key: "duplex:service", value: "shop" }],
  },
}; // prettier-ignore

function resources(given: Given): readonly Resource[] {
  return Object.entries(given).map(([key, properties]) => {
    const [type, name] = key.split(" ") as [string, string];
    const urn = `urn:pulumi:dev::p::${type}::${name}`;
    return { urn, type, name, id: name, custom: true, properties, propertyDependencies: {}, dependencies: [] };
  });
}

const keyOf = (name: string): string => Object.keys(open).find((key) => key.endsWith(` ${name}`)) ?? name;

/** The open stack with properties of some resources replaced, and others added. */
function stackWith(changes: Readonly<Record<string, Properties>>, without: readonly string[] = []): Given {
  const stack: Record<string, Properties> = { ...open };
  for (const [name, properties] of Object.entries(changes)) {
    const key = keyOf(name);
    stack[key] = { ...stack[key], ...properties };
  }
  for (const name of without) delete stack[keyOf(name)];
  return stack;
}

/** `yes`, `no` or `unknown`, and what says so. */
function reached(given: Given): readonly [string, ...string[]] {
  const estate = readEstate(resources(given));
  const { replicas } = serviceIn(estate, "shop");
  const states = new Set(
    replicas.map(({ reached: one }) => (one === undefined ? "yes" : !one.known ? "unknown" : one.value ? "yes" : "no")),
  );
  const facts = estate.facts.filter((fact): fact is WayInFact => fact.kind === "wayIn");
  return [[...states].join(), ...facts.map(({ urn }) => urn.split("::").at(-1) ?? "")];
}

const tcp = (port: Value, from: Properties): Value => ({ protocol: "tcp", fromPort: port, toPort: port, ...from });
const rule = "aws:ec2/securityGroupRule:SecurityGroupRule a";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule a";
const acl = "aws:ec2/networkAcl:NetworkAcl acl";
const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: everywhere };
const listenerRule = "aws:lb/listenerRule:ListenerRule rule";
const teapot = [{ type: "fixed-response", fixedResponse: { statusCode: "503" } }];

describe("a way that is open", () => {
  it.each<[string, Given]>([
    ["as it stands", open],
    ["by two halves of all addresses", stackWith({ front: { ingress: [tcp(443, { cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] })] } })],
    ["by a rule of its own", stackWith({ front: { ingress: [] }, [rule]: { type: "ingress", securityGroupId: "front", protocol: "6", fromPort: 0, toPort: 65535, cidrBlocks: [everywhere] } })],
    ["by a rule of one source", stackWith({ units: { ingress: [] }, [ingressRule]: { securityGroupId: "units", ipProtocol: "-1", referencedSecurityGroupId: "front" } })],
    ["by the subnets' addresses", stackWith({ units: { ingress: [tcp(8080, { cidrBlocks: ["10.0.0.0/16"] })] } })],
    ["by members of the same group", stackWith({ balancer: { securityGroups: ["front", "units"] }, units: { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] } })],
    ["by a keeper's list of prefixes", stackWith({ front: { ingress: [tcp(443, { prefixListIds: ["pl-3b927c52"] })] } })],
    ["without security groups at all", stackWith({ balancer: { securityGroups: undefined }, template: { vpcSecurityGroupIds: undefined } })],
    ["for an internal load balancer that no public name leads to", stackWith({ balancer: { internal: true }, front: { ingress: [tcp(443, { cidrBlocks: ["10.0.0.0/8"] })] } })],
    ["past an ACL that allows before it denies", stackWith({ [acl]: { subnetIds: ["one", "two"], ingress: [{ ...all, ruleNo: 100, action: "allow" }, { ...all, ruleNo: 200, action: "deny" }], egress: [{ ...all, ruleNo: 100, action: "allow" }] } })],
    ["beside a rule for one path", stackWith({ [listenerRule]: { listenerArn: "listener", priority: 1, conditions: [{ pathPattern: { values: ["/admin/*"] } }], actions: teapot } })],
    ["beside a redirect of plain HTTP", stackWith({ "aws:lb/listener:Listener plain": { loadBalancerArn: "balancer", port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS" } }] }, front: { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 443, cidrBlocks: [everywhere] }] } })],
    ["in a network of which the stack holds no routes", stackWith({}, ["table", "of-one", "of-two", "gateway"])],
  ])("%s", (_, given) => {
    expect(reached(given)).toEqual(["yes"]);
  });
}); // prettier-ignore

describe("a way that is closed", () => {
  it.each<[string, string, Given]>([
    ["by a group that lets nobody in", "front", stackWith({ front: { ingress: [] } })],
    ["by private addresses alone", "front", stackWith({ front: { ingress: [tcp(443, { cidrBlocks: ["10.0.0.0/8", "192.168.0.0/16"] })] } })],
    ["by another port", "front", stackWith({ front: { ingress: [tcp(80, { cidrBlocks: [everywhere] })] } })],
    ["by another protocol", "front", stackWith({ front: { ingress: [{ protocol: "udp", fromPort: 443, toPort: 443, cidrBlocks: [everywhere] }] } })],
    ["by addresses of version 6 alone", "front", stackWith({ front: { ingress: [tcp(443, { ipv6CidrBlocks: ["::/0"] })] } })],
    ["by a group that lets nothing out", "front", stackWith({ front: { egress: [] } })],
    ["by a group that lets out to another port", "front", stackWith({ front: { egress: [tcp(9090, { cidrBlocks: [everywhere] })] } })],
    ["by machines that let in another group", "units", stackWith({ units: { ingress: [tcp(8080, { securityGroups: ["units"] })] } })],
    ["by machines that let in on another port", "units", stackWith({ units: { ingress: [tcp(80, { securityGroups: ["front"] })] } })],
    ["by machines that do not let in the health check", "units", stackWith({ group: { healthCheck: { port: "9000" } } })],
    ["by an ACL without a rule", "acl", stackWith({ [acl]: { subnetIds: ["one", "two"], ingress: [], egress: [] } })],
    ["by an ACL that lets no answer out", "acl", stackWith({ [acl]: { subnetIds: ["one", "two"], ingress: [{ ...all, ruleNo: 1, action: "allow" }], egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlock: everywhere, ruleNo: 1, action: "allow" }] } })],
    ["by an ACL that denies before it allows", "acl", stackWith({ [acl]: { subnetIds: ["one", "two"], ingress: [{ ...all, ruleNo: 2, action: "allow" }, { ...all, ruleNo: 1, action: "deny" }], egress: [{ ...all, ruleNo: 1, action: "allow" }] } })],
    ["by routes that lead to no gateway", "table", stackWith({ table: { routes: [{ cidrBlock: everywhere, natGatewayId: "nat" }] } })],
    ["by a gateway that is attached to no network", "gateway", stackWith({ gateway: { vpcId: undefined } })],
    ["by a listener that answers itself", "listener", stackWith({ listener: { defaultActions: teapot } })],
    ["by a rule that takes every request first", "rule", stackWith({ [listenerRule]: { listenerArn: "listener", priority: 1, conditions: [{ pathPattern: { values: ["/*"] } }], actions: teapot } })],
    ["by a group in which nothing is registered", "group", stackWith({ machines: { targetGroupArns: [] } })],
    ["by a weight of 0", "empty", stackWith({ listener: { defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: "group", weight: 0 }, { arn: "empty", weight: 1 }] } }] }, "aws:lb/targetGroup:TargetGroup empty": { port: 1, protocol: "HTTP" }, machines: { targetGroupArns: [] } })],
    ["by a target group of addresses", "group", stackWith({ group: { targetType: "ip" } })],
    ["by a target group that a load balancer of its kind has not", "group", stackWith({ group: { protocol: "TCP" } })],
  ])("%s", (_, urn, given) => {
    const [state, ...urns] = reached(given);
    expect([state, urns]).toEqual(["no", expect.arrayContaining([urn])]);
  });
}); // prettier-ignore

describe("a way that is not known", () => {
  it.each<[string, Given]>([
    ["for groups of another stack", stackWith({ balancer: { securityGroups: ["sg-0a"] } })],
    ["for rules that a preview does not know", stackWith({ front: { ingress: UNKNOWN } })],
    ["for a port that a preview does not know", stackWith({ front: { ingress: [tcp(UNKNOWN, { cidrBlocks: [everywhere] })] } })],
    ["for some addresses of the internet", stackWith({ front: { ingress: [tcp(443, { cidrBlocks: ["203.0.113.0/24"] })] } })],
  ])("%s", (_, given) => {
    expect(reached(given)[0]).toBe("unknown");
  });

  it("keeps a zone in which clients do not get in apart from those in which they do", () => {
    expect(reached(stackWith({ [acl]: { subnetIds: ["one"], ingress: [], egress: [] } }))).toEqual(["yes", "acl"]);
  });
}); // prettier-ignore
