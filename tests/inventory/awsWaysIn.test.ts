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

const name = "aws:route53/record:Record name";
const alias = { name: "shop.example", aliases: [{ name: "balancer.us-east-1.elb.amazonaws.com" }], zoneId: "zone" };
const hostRule = (values: readonly string[], actions: Value = teapot): Properties => ({ listenerArn: "listener", priority: 1, conditions: [{ hostHeader: { values } }], actions }); // prettier-ignore
const firewall = "aws:wafv2/webAcl:WebAcl acl";
const association = {
  "aws:wafv2/webAclAssociation:WebAclAssociation a": { resourceArn: "balancer", webAclArn: "acl" },
};
const blocking = (statement: Value): Value => [{ name: "one", priority: 0, action: { block: {} }, statement }];
const empty = "aws:lb/targetGroup:TargetGroup empty";
const weighed = (own: number, other: number): Value => [
  { type: "forward", forward: { targetGroups: [{ arn: "group", weight: own }, { arn: "empty", weight: other }] } },
]; // prettier-ignore
const oneGroup = { port: 8080, protocol: "HTTP", vpcId: "vpc" };

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
    ["beside a rule that answers another name", stackWith({ [name]: alias, [listenerRule]: hostRule(["old.shop.example"]) })],
    ["beside a rule that sends its own name on", stackWith({ [name]: alias, [listenerRule]: hostRule(["shop.example"], [{ type: "forward", targetGroupArn: "group" }]) })],
    ["beside a rule for some methods", stackWith({ [listenerRule]: { listenerArn: "listener", priority: 1, conditions: [{ httpRequestMethod: { values: ["TRACE", "OPTIONS"] } }], actions: teapot } })],
    ["beside an empty group of weight 0", stackWith({ [empty]: oneGroup, listener: { defaultActions: weighed(100, 0) } })],
    ["by a certificate of its region", stackWith({ listener: { region: "us-east-1", certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/c" } })],
    ["by a certificate for one of its names", stackWith({ [name]: alias, "aws:acm/certificate:Certificate certificate": { domainName: "www.example", subjectAlternativeNames: ["Shop.example"], status: "ISSUED" }, listener: { certificateArn: "certificate" } })],
    ["by a certificate with others beside it", stackWith({ [name]: alias, "aws:acm/certificate:Certificate certificate": { domainName: "www.example" }, listener: { certificateArn: "certificate" }, "aws:lb/listenerCertificate:ListenerCertificate more": { listenerArn: "listener", certificateArn: "other" } })],
    ["behind a web ACL that blocks whom a rule picks", stackWith({ [firewall]: { defaultAction: { allow: {} }, rules: blocking({ rateBasedStatement: { limit: 2000 } }) }, ...association })],
    ["behind a web ACL that stands before nothing", stackWith({ [firewall]: { defaultAction: { block: {} } } })],
    ["with a check of its own port", stackWith({ group: { healthCheck: { protocol: "HTTPS", port: "8443" } }, units: { ingress: [tcp(8080, { securityGroups: ["front"] }), tcp(8443, { securityGroups: ["front"] })] } })],
    ["in a network of which the stack holds no routes", stackWith({}, ["table", "of-one", "of-two", "gateway"])],
  ])("%s", (_, given) => {
    expect(reached(given)).toEqual(["yes"]);
  });
}); // prettier-ignore

describe("a way that is closed", () => {
  it.each<[string, string, Given]>([
    ["by a rule that answers the only name", "rule", stackWith({ [name]: alias, [listenerRule]: hostRule(["SHOP.example", "www.example"]) })],
    ["by a rule for every method", "rule", stackWith({ [listenerRule]: { listenerArn: "listener", priority: 1, conditions: [{ httpRequestMethod: { values: ["GET", "POST", "PUT", "DELETE", "PATCH"] } }], actions: teapot } })],
    ["by a certificate of another region", "listener", stackWith({ listener: { region: "us-east-1", certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/c" } })],
    ["by a certificate for another name", "certificate", stackWith({ [name]: alias, "aws:acm/certificate:Certificate certificate": { domainName: "*.other.example", subjectAlternativeNames: ["*.other.example"] }, listener: { certificateArn: "certificate" } })],
    ["by a wildcard that stands for no label", "certificate", stackWith({ [name]: alias, "aws:acm/certificate:Certificate certificate": { domainName: "*.shop.example" }, listener: { certificateArn: "certificate" } })],
    ["by a certificate that has expired", "certificate", stackWith({ "aws:acm/certificate:Certificate certificate": { domainName: "shop.example", status: "EXPIRED" }, listener: { certificateArn: "certificate" } })],
    ["by a gateway of another network", "gateway", stackWith({ gateway: { vpcId: "vpc-other" } })],
    ["by a group of functions", "group", stackWith({ group: { targetType: "lambda" } })],
    ["by a web ACL that blocks all", "acl", stackWith({ [firewall]: { defaultAction: { block: {} } }, ...association })],
    ["by a web ACL's rule for every path", "acl", stackWith({ [firewall]: { defaultAction: { allow: {} }, rules: blocking({ byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint: "STARTS_WITH", searchString: "/" } }) }, ...association })],
    ["by a web ACL's rule for every address", "acl", stackWith({ [firewall]: { defaultAction: { allow: {} }, rules: blocking({ ipSetReferenceStatement: { arn: "set" } }) }, "aws:wafv2/ipSet:IpSet set": { addresses: ["0.0.0.0/1", "128.0.0.0/1"] }, ...association })],
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

describe("a load balancer behind another one", () => {
  const arn = { loadBalancerArn: "outer" };
  const outer = (changes: Readonly<Record<string, Properties>> = {}): Given =>
    stackWith({
      front: { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 443, cidrBlocks: [everywhere] }] },
      "aws:lb/loadBalancer:LoadBalancer outer": { loadBalancerType: "network", internal: false, subnets: ["one", "two"], securityGroups: ["front"], tags: words, dnsName: "outer.us-east-1.elb.amazonaws.com" },
      "aws:lb/listener:Listener outer-443": { ...arn, port: 443, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: "inner" }] },
      "aws:lb/listener:Listener outer-80": { ...arn, port: 80, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: "inner-80" }] },
      "aws:lb/targetGroup:TargetGroup inner": { port: 443, protocol: "TCP", vpcId: "vpc", targetType: "alb" },
      "aws:lb/targetGroup:TargetGroup inner-80": { port: 80, protocol: "TCP", vpcId: "vpc", targetType: "alb" },
      "aws:lb/targetGroupAttachment:TargetGroupAttachment by-443": { targetGroupArn: "inner", targetId: "balancer", port: 443 },
      "aws:lb/targetGroupAttachment:TargetGroupAttachment by-80": { targetGroupArn: "inner-80", targetId: "balancer", port: 80 },
      "aws:lb/listener:Listener plain": { loadBalancerArn: "balancer", port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS" } }] },
      balancer: { internal: true },
      [name]: { ...alias, aliases: [{ name: "outer.us-east-1.elb.amazonaws.com" }] },
      ...changes,
    }); // prettier-ignore

  it("is asked on one port", () => {
    expect(reached(outer())[0]).toBe("yes");
  });

  it("is not reached by a port that answers with a redirect, where nobody listens on the other", () => {
    const deaf = (outer({ "aws:lb/targetGroupAttachment:TargetGroupAttachment by-443": { targetGroupArn: "inner", targetId: "balancer", port: 8443 } })); // prettier-ignore
    expect(reached(deaf)).toEqual(["no", "by-443"]);
  });

  it("does not count where a private name alone leads to it", () => {
    const zone = { "aws:route53/zone:Zone inside": { name: "internal.example", vpcs: [{ vpcId: "vpc" }] } };
    const own = { "aws:route53/record:Record own": { zoneId: "inside", name: "shop.internal.example", type: "A", aliases: [{ name: "balancer.us-east-1.elb.amazonaws.com" }] } }; // prettier-ignore
    const deaf = (outer({ ...zone, ...own, "aws:lb/targetGroupAttachment:TargetGroupAttachment by-443": { targetGroupArn: "inner", targetId: "balancer", port: 8443 } })); // prettier-ignore
    expect(reached(deaf)[0]).toBe("no");
  });
});

it("holds machines to the one zone that their template names", () => {
  const region = "us-east-1";
  const zoned = {
    one: { region, availabilityZone: "us-east-1a" },
    two: { region, availabilityZone: "us-east-1b" },
    machines: { region },
  };
  const placesOf = (placement: Properties) => {
    const { services } = readEstate(resources(stackWith({ ...zoned, template: { region, placement } })));
    const replicas = services.find(({ id }) => id === "shop")?.replicas ?? [];
    return replicas.map((replica) => (replica.placement.known ? replica.placement.value.join() : "unknown"));
  };
  expect(placesOf({})).toEqual(["zone:use1-az1", "zone:use1-az2"]);
  expect(placesOf({ availabilityZone: "us-east-1b" })).toEqual(["zone:use1-az2"]);
});

it("takes a group of targets without a check for one whose dead targets nobody notices", () => {
  const service = (given: Given) => serviceIn(readEstate(resources(given)), "shop");
  const checksOf = (given: Given) => service(given).routes.flatMap(({ targets }) => targets.map(({ healthCheck }) => healthCheck?.urn)); // prettier-ignore
  const unchecked = stackWith({ [name]: alias, group: { healthCheck: { enabled: false } } });
  expect(checksOf(unchecked)).not.toContain("urn:pulumi:dev::p::aws:lb/targetGroup:TargetGroup::group");
});

it("tells the part of the requests that goes to a group without a target", () => {
  const half = stackWith({ [empty]: oneGroup, listener: { defaultActions: weighed(50, 50) } });
  expect(reached(half)).toEqual(["yes", "empty"]);
});

describe("a way that is not known", () => {
  it.each<[string, Given]>([
    ["for groups of another stack", stackWith({ balancer: { securityGroups: ["sg-0a"] } })],
    ["for rules that a preview does not know", stackWith({ front: { ingress: UNKNOWN } })],
    ["for a port that a preview does not know", stackWith({ front: { ingress: [tcp(UNKNOWN, { cidrBlocks: [everywhere] })] } })],
    ["for weights that give nobody anything", stackWith({ listener: { defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: "group", weight: 0 }] } }] } })],
    ["for a check that speaks HTTPS to a port of HTTP", stackWith({ group: { healthCheck: { protocol: "HTTPS" } } })],
    ["for a web ACL that blocks whom it does not allow", stackWith({ [firewall]: { defaultAction: { block: {} }, rules: [{ name: "office", priority: 0, action: { allow: {} }, statement: { geoMatchStatement: { countryCodes: ["KR"] } } }] }, ...association })],
    ["for some addresses of the internet", stackWith({ front: { ingress: [tcp(443, { cidrBlocks: ["203.0.113.0/24"] })] } })],
  ])("%s", (_, given) => {
    expect(reached(given)[0]).toBe("unknown");
  });

  it("keeps a zone in which clients do not get in apart from those in which they do", () => {
    expect(reached(stackWith({ [acl]: { subnetIds: ["one"], ingress: [], egress: [] } }))).toEqual(["yes", "acl"]);
  });
}); // prettier-ignore
