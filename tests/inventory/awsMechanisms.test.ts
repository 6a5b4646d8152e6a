/** What readers state of one mechanism: ways out, purchase options, accounts, quotas, aliases; and what is judged of it. */
import { readEstate } from "../../inventory";
import type { Resource } from "../../inventory/resource";
import type { Fact } from "../../model";
import { judge } from "../../policies/judge";
import { output, StackBuilder } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const web = { service: "web", tier: "critical" } as const;

function factsOf<K extends Fact["kind"]>(stack: StackBuilder, kind: K): readonly Extract<Fact, { kind: K }>[] {
  return readEstate(stack.resources).facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

function messages(stack: StackBuilder, policy: string): readonly string[] {
  const { findings } = judge(readEstate(stack.resources));
  return findings.filter((one) => one.policy === policy).map(({ level, message }) => `${level}: ${message}`);
}

describe.each([{ preview: true }, { preview: false }])("ways out (preview: $preview)", (mode) => {
  /** Three private subnets, each with a table whose default route leads to the gateway in the zone of this index. */
  function network(gatewayOfZone: readonly number[], given: Readonly<Record<string, string>> = {}): StackBuilder {
    const stack = new StackBuilder(mode);
    const outside = stack.subnets("public", seoul, zones);
    const inside = stack.subnets("private", seoul, zones);
    const gateways = new Map<number, Resource>();
    inside.forEach((subnet, index) => {
      const at = gatewayOfZone[index] ?? 0;
      const made = gateways.get(at) ?? stack.add("aws:ec2/natGateway:NatGateway", `nat-${at}`, { region: seoul, subnetId: output(outside[at] as Resource), ...given });
      gateways.set(at, made);
      const table = stack.add("aws:ec2/routeTable:RouteTable", `private-${index}`, { region: seoul });
      stack.add("aws:ec2/route:Route", `out-${index}`, { routeTableId: output(table), destinationCidrBlock: "0.0.0.0/0", natGatewayId: output(made) });
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `private-${index}`, { subnetId: output(subnet), routeTableId: output(table) });
    });
    stack.autoscalingGroup("web", seoul, inside, 6, web);
    return stack;
  } // prettier-ignore

  it("names the one gateway, its zone, and the zones that hang on it", () => {
    const stack = network([0, 0, 0]);
    expect(factsOf(stack, "egress")).toEqual([
      expect.objectContaining({
        service: "web",
        placement: { known: true, value: ["zone:apne2-az1"] },
        zones: zones.map((zone) => `zone:${zone}`),
      }),
    ]);
    expect(messages(stack, "single-nat-gateway")).toEqual([
      expect.stringMatching(/^mandatory: .*when zone "apne2-az1" is lost.*through NAT gateway "nat-0" there: 0 %/),
    ]);
  });

  it("finds nothing where each zone leaves by its own, or by a regional one", () => {
    expect(messages(network([0, 1, 2]), "single-nat-gateway")).toEqual([]);
    expect(messages(network([0, 0, 0], { availabilityMode: "regional" }), "single-nat-gateway")).toEqual([]);
  });
});

it("reads routes inside of a table that is the network's main one", () => {
  const stack = new StackBuilder();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main");
  const subnets = zones.map((availabilityZoneId) =>
    stack.add("aws:ec2/subnet:Subnet", availabilityZoneId, { region: seoul, availabilityZoneId, vpcId: output(vpc) }),
  );
  stack.add("aws:ec2/natGateway:NatGateway", "nat", { region: seoul, subnetId: output(subnets[1] as Resource) });
  const table = stack.add("aws:ec2/routeTable:RouteTable", "main", {
    routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-id" }],
  });
  stack.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
    vpcId: output(vpc),
    routeTableId: output(table),
  });
  stack.autoscalingGroup("web", seoul, subnets, 3, web);
  expect(factsOf(stack, "egress").map(({ placement }) => placement)).toEqual([
    { known: true, value: ["zone:apne2-az2"] },
  ]);
});
