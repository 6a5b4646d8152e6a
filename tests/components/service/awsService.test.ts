import { AwsService, type AwsServiceArgs } from "../../../components/service/awsService";
import { SiteNetwork } from "../../../components/network/siteNetwork";
import { codesIn, identity, seoul } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const network = () => new SiteNetwork("seoul", { site: seoul });
const args = (more: Partial<AwsServiceArgs> = {}) => ({
  identity,
  site: seoul,
  network: network(),
  units: 15,
  instanceProfileArn: "arn:profile",
  image: "registry.seoul.example/login:1",
  ...more,
});
const make = (more: Partial<AwsServiceArgs> = {}) => record(() => new AwsService("login-seoul", args(more)));

describe("AwsService", () => {
  it("makes everything in the site's region and says whose it is", async () => {
    const { resources } = await make();
    const own = resources.filter(({ custom, name }) => custom && name.startsWith("login-seoul"));
    expect(own.filter(({ inputs }) => inputs["region"] !== "ap-northeast-2")).toEqual([]);
    for (const { type, inputs } of own.filter((resource) => resource.type !== "aws:autoscaling/group:Group")) {
      expect([type, inputs["tags"]]).toEqual([
        type,
        expect.objectContaining({ "duplex:service": "login", "duplex:tier": "critical", "duplex:site": "seoul" }),
      ]);
    }
  });

  it("runs the planned units over all zones and never fewer", async () => {
    const { inputs } = (await make()).one("aws:autoscaling/group:Group", "login-seoul");
    expect(inputs).toMatchObject({ desiredCapacity: 15, minSize: 15, maxSize: 23, healthCheckType: "ELB" });
    expect(inputs["vpcZoneIdentifiers"]).toEqual(seoul.zoneIds.map((zone) => `seoul-private-${zone}-id`));
    expect(inputs["tags"]).toEqual(
      expect.arrayContaining([
        { key: "duplex:unit-rps", value: "100", propagateAtLaunch: true },
        { key: "duplex:depends-on", value: "keys,?ads", propagateAtLaunch: true },
      ]),
    );
  });

  it("keeps characters that other services of AWS refuse out of their tags", async () => {
    const { resources } = await make();
    for (const { type, inputs } of resources.filter((resource) => resource.type !== "aws:autoscaling/group:Group")) {
      for (const value of Object.values(inputs["tags"] ?? {})) {
        expect([type, value]).toEqual([type, expect.stringMatching(/^[\p{L}\p{N} +\-=._:/@]*$/u)]);
      }
    }
  });

  it("balances over all public subnets, protected, with a deep check", async () => {
    const made = await make();
    expect(made.one("aws:lb/loadBalancer:LoadBalancer", "login-seoul").inputs).toMatchObject({
      subnets: seoul.zoneIds.map((zone) => `seoul-public-${zone}-id`),
      enableDeletionProtection: true,
    });
    expect(made.one("aws:lb/targetGroup:TargetGroup", "login-seoul").inputs["healthCheck"]).toMatchObject({
      path: "/healthz/deep",
      interval: 10,
      unhealthyThreshold: 2,
    });
  });

  it("lets the world reach the load balancer only, and only on its public ports", async () => {
    const made = await make();
    const open = made
      .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ inputs }) => inputs["cidrIpv4"] === "0.0.0.0/0")
      .map(({ inputs }) => [inputs["securityGroupId"], inputs["fromPort"], inputs["toPort"]]);
    expect(open).toEqual([["login-seoul-front-id", 80, 80]]);
  });

  it("speaks HTTPS with a certificate, and only redirects HTTP", async () => {
    const made = await make({ certificateArn: "arn:certificate" });
    expect(made.one("aws:lb/listener:Listener", "login-seoul-443").inputs).toMatchObject({ protocol: "HTTPS" });
    expect(made.one("aws:lb/listener:Listener", "login-seoul-80").inputs["defaultActions"]).toMatchObject([
      { type: "redirect" },
    ]);
  });

  it("publishes what a policy sees of a component", async () => {
    const made = await make();
    expect(made.published("duplex:service:AwsService", "login-seoul")).toMatchObject({
      service: "login",
      tier: "critical",
      sites: ["seoul"],
      dependsOn: ["keys", "?ads"],
    });
  });

  it.each<[string, Partial<AwsServiceArgs>, string, readonly string[]]>([
    ["no unit", { units: 0 }, "login-seoul", ["DPX203"]],
    ["one unit", { units: 1 }, "login-seoul", []],
    ["the most units", { units: 5000 }, "login-seoul", []],
    ["more than the most", { units: 5001 }, "login-seoul", ["DPX203"]],
    ["half a unit", { units: 1.5 }, "login-seoul", ["DPX203"]],
    ["a ceiling below the floor", { units: 5, mostUnits: 4 }, "login-seoul", ["DPX203"]],
    ["port 0", { port: 0 }, "login-seoul", ["DPX204"]],
    ["a name of 24 characters", {}, "login-of-every-user-seoul".slice(1), []],
    ["a name of 25 characters", {}, "login-of-every-user-seoul", ["DPX205"]],
    ["three mistakes", { units: -1, port: 70_000 }, "login-of-every-user-seoul", ["DPX203", "DPX204", "DPX205"]],
  ])("%s", async (_, more, name, codes) => {
    let refused: readonly string[] = [];
    const made = await record(() => {
      const complete = args(more);
      try {
        new AwsService(name, complete);
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect([...new Set(refused)]).toEqual(codes);
    expect(made.ofType("aws:lb/loadBalancer:LoadBalancer")).toHaveLength(codes.length === 0 ? 1 : 0);
  });
});
