import { SiteNetwork } from "../../../components/network/siteNetwork";
import { defaultRange } from "../../../estate/addresses";
import { codesIn, seoul } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

describe("SiteNetwork", () => {
  it("makes everything in the site's region, and a NAT gateway in each zone", async () => {
    const made = await record(() => new SiteNetwork("seoul", { site: seoul }));
    const resources = made.resources.filter((resource) => resource.custom);
    expect(resources.filter((resource) => resource.inputs["region"] !== "ap-northeast-2")).toEqual([]);
    expect(
      made
        .ofType("aws:ec2/natGateway:NatGateway")
        .map((nat) => nat.inputs["subnetId"])
        .sort(),
    ).toEqual(["seoul-public-apne2-az1-id", "seoul-public-apne2-az2-id", "seoul-public-apne2-az3-id"]);
  });

  it("sends a zone's private subnet through the gateway of the same zone", async () => {
    const made = await record(() => new SiteNetwork("seoul", { site: seoul }));
    for (const zone of seoul.zoneIds) {
      const link = made.one("aws:ec2/routeTableAssociation:RouteTableAssociation", `seoul-private-${zone}`);
      expect(link.inputs).toMatchObject({
        routeTableId: `seoul-private-${zone}-id`,
        subnetId: `seoul-private-${zone}-id`,
      });
      const route = made.one("aws:ec2/route:Route", `seoul-private-${zone}-default`);
      expect(route.inputs).toMatchObject({
        natGatewayId: `seoul-${zone}-id`,
        routeTableId: `seoul-private-${zone}-id`,
      });
    }
  });

  it("places subnets by zone id", async () => {
    const made = await record(() => new SiteNetwork("seoul", { site: seoul }));
    const subnets = made.ofType("aws:ec2/subnet:Subnet");
    expect(subnets).toHaveLength(6);
    for (const { name, inputs } of subnets) expect(name).toContain(String(inputs["availabilityZoneId"]));
  });

  it("keeps names and addresses of the others when a zone is put before them", async () => {
    const of = async (zoneIds: readonly string[]) => {
      const { resources } = await record(() => new SiteNetwork("seoul", { site: { ...seoul, zoneIds } }));
      return new Map(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
    };
    const before = await of(["apne2-az1", "apne2-az3"]);
    const after = await of(["apne2-az1", "apne2-az2", "apne2-az3"]);
    // The gateway endpoints take the new zone's routes in place.
    const isOfAllZones = (key: string) => key.startsWith("aws:ec2/vpcEndpoint:");
    const kept = [...before].filter(([key]) => !isOfAllZones(key));
    expect(kept.length).toBeGreaterThan(15);
    for (const [key, inputs] of kept) expect(after.get(key)).toEqual(inputs);
  });

  it.each([
    ["10.0.0.0/15", ["DPX201"]],
    ["10.0.0.0/16", []],
    ["10.0.16.0/20", []],
    ["10.0.16.0/21", ["DPX201"]],
    ["10.0.1.0/16", ["DPX201"]],
    ["10.0.0.256/20", ["DPX201"]],
    ["everything", ["DPX201"]],
  ])("takes or refuses the network %s", async (cidr, codes) => {
    let refused: readonly string[] = [];
    const made = await record(() => {
      try {
        new SiteNetwork("seoul", { site: seoul, cidr });
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect(refused).toEqual(codes);
    expect(made.resources.length > 0).toBe(codes.length === 0);
  });

  it("leads to S3 and DynamoDB by routes of every private subnet, and to what is asked for by endpoints in every zone", async () => {
    const made = await record(() => new SiteNetwork("seoul", { site: seoul, endpoints: ["ecr.api", "logs"] }));
    const endpoint = (name: string) => made.one("aws:ec2/vpcEndpoint:VpcEndpoint", `seoul-${name}`).inputs;
    const routeTableIds = seoul.zoneIds.map((zone) => `seoul-private-${zone}-id`);
    for (const service of ["s3", "dynamodb"]) {
      expect(endpoint(service)).toMatchObject({ vpcEndpointType: "Gateway", routeTableIds });
    }
    expect(endpoint("ecr-api")).toMatchObject({
      serviceName: "com.amazonaws.ap-northeast-2.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: seoul.zoneIds.map((zone) => `seoul-private-${zone}-id`),
      securityGroupIds: ["seoul-endpoints-id"],
    });
    // Nobody is let in before a service says that it calls them.
    expect(made.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).toEqual([]);
  });

  it("has no way to the internet where none is needed", async () => {
    const made = await record(() => new SiteNetwork("seoul", { site: seoul, internet: false }));
    expect(made.ofType("aws:ec2/natGateway:NatGateway")).toEqual([]);
    const routes = made.ofType("aws:ec2/route:Route").map(({ name }) => name);
    expect(routes).toEqual(["seoul-public-default"]);
  });

  it("gives a site the same addresses whatever other sites there are", () => {
    expect(defaultRange("seoul")).toBe(defaultRange("seoul"));
    expect(defaultRange("seoul")).not.toBe(defaultRange("tokyo"));
  });
});
