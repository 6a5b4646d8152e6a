import { SitePeering } from "../../../components/network/sitePeering";
import { codesIn, networkOf, seoul, tokyo } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const from = { site: seoul, network: networkOf(seoul) };
const to = { site: tokyo, network: networkOf(tokyo) };

describe("SitePeering", () => {
  it("is asked for in one region, accepted in the other, and led to from every private subnet of both", async () => {
    const made = await record(() => new SitePeering("seoul-tokyo", { from, to }));
    expect(made.one("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "seoul-tokyo").inputs).toMatchObject({
      region: "ap-northeast-2",
      vpcId: "vpc-seoul",
      peerVpcId: "vpc-tokyo",
      peerRegion: "ap-northeast-1",
    });
    const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
    expect(made.one(accepter, "seoul-tokyo").inputs).toMatchObject({ region: "ap-northeast-1", autoAccept: true });
    const routes = made
      .ofType("aws:ec2/route:Route")
      .map(({ inputs }) => [inputs["routeTableId"], inputs["destinationCidrBlock"]]);
    expect(routes.sort()).toEqual(
      [
        ...seoul.zoneIds.map((zone) => [`routes-${zone}`, "10.2.0.0/16"]),
        ...tokyo.zoneIds.map((zone) => [`routes-${zone}`, "10.1.0.0/16"]),
      ].sort(),
    );
  });

  it.each([
    ["networks that overlap", { ...to, network: networkOf(tokyo, { cidr: "10.1.128.0/20" }) }, ["DPX224"]],
    [
      "a network whose route tables nobody knows",
      { ...to, network: { ...to.network, zones: to.network.zones.map(({ privateRouteTableId: _, ...zone }) => zone) } },
      ["DPX225"],
    ],
  ])("refuses %s", async (_, other, codes) => {
    let refused: readonly string[] = [];
    const made = await record(() => {
      try {
        new SitePeering("seoul-tokyo", { from, to: other });
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect(refused).toEqual(codes);
    expect(made.resources).toEqual([]);
  });
});
