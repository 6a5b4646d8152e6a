import { SiteNetwork, defaultCidr } from "../../../components/network/siteNetwork";
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
    for (const [key, inputs] of before) expect(after.get(key)).toEqual(inputs);
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

  it("gives a site the same addresses whatever other sites there are", () => {
    expect(defaultCidr("seoul")).toBe(defaultCidr("seoul"));
    expect(defaultCidr("seoul")).not.toBe(defaultCidr("tokyo"));
  });
});
