import { type DnsTarget, FailoverDns, type FailoverDnsArgs, observersOf } from "../../../components/dns/failoverDns";
import { codesIn, identity } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const balancer = (site: string, region: string): DnsTarget => ({
  kind: "balancer",
  site,
  region,
  weight: 100,
  dnsName: `${site}.elb.example`,
  balancerZoneId: "ZELB",
});
const address = (site: string, ip: string): DnsTarget => ({
  kind: "addresses",
  site,
  weight: 100,
  addresses: [{ address: ip }],
});
/** A region with an address in each of its zones. */
const zones = (site: string, region: string, weight = 100): DnsTarget => ({
  kind: "addresses",
  site,
  region,
  weight,
  addresses: ["az1", "az2", "az3"].map((zone, index) => ({ zone, address: `198.51.100.${10 + index}` })),
});
const targets = [balancer("tokyo", "ap-northeast-1"), address("ansan", "198.51.100.1")];
const args: FailoverDnsArgs = {
  identity,
  zoneId: "Z1",
  domainName: "login.duplex.example",
  targets,
  lastResort: ["203.0.113.10"],
};
const recordType = "aws:route53/record:Record";
const check = "aws:route53/healthCheck:HealthCheck";
const make = (more: Partial<FailoverDnsArgs> = {}) => record(() => new FailoverDns("login", { ...args, ...more }));

describe("FailoverDns", () => {
  it("answers with every target at once, each with a health check of its own", async () => {
    const made = await make();
    for (const { site } of targets) {
      expect(made.one(recordType, `login-${site}`).inputs).toMatchObject({
        name: "login.duplex.example",
        setIdentifier: site,
        weightedRoutingPolicies: [{ weight: 100 }],
        healthCheckId: `login-${site}-id`,
      });
    }
    expect(made.ofType(check)).toHaveLength(targets.length);
  });

  it("measures deeply over HTTPS, every 10 seconds, dead after 2", async () => {
    for (const { inputs } of (await make()).ofType(check)) {
      expect(inputs).toMatchObject({
        type: "HTTPS",
        port: 443,
        enableSni: true,
        resourcePath: "/healthz/deep",
        requestInterval: 10,
        failureThreshold: 2,
      });
    }
  });

  it("leaves a dead site within a minute, a fixed address's time to live included", async () => {
    const made = await make({ targets: [zones("seoul", "ap-northeast-2"), address("ansan", "198.51.100.1")] });
    const { inputs: measured } = made.one(check, "login-ansan");
    const detection = Number(measured["requestInterval"]) * Number(measured["failureThreshold"]);
    expect(detection + Number(made.one(recordType, "login-ansan").inputs["ttl"])).toBeLessThanOrEqual(60);
  });

  it("answers with each zone's address by itself, measured by itself, and the site keeps its share", async () => {
    const made = await make({ targets: [zones("seoul", "ap-northeast-2", 99), address("ansan", "198.51.100.1")] });
    for (const [index, zone] of ["az1", "az2", "az3"].entries()) {
      const ip = `198.51.100.${10 + index}`;
      expect(made.one(recordType, `login-seoul-${zone}`).inputs).toMatchObject({
        records: [ip],
        ttl: 30,
        setIdentifier: `seoul-${zone}`,
        weightedRoutingPolicies: [{ weight: 33 }],
        healthCheckId: `login-seoul-${zone}-id`,
      });
      expect(made.one(check, `login-seoul-${zone}`).inputs).toMatchObject({
        ipAddress: ip,
        fqdn: "login.duplex.example",
      });
    }
  });

  it("sends nobody to a drained site, and goes on measuring it", async () => {
    const made = await make({ targets: [zones("seoul", "ap-northeast-2", 0), address("ansan", "198.51.100.1")] });
    for (const zone of ["az1", "az2", "az3"]) {
      const { inputs } = made.one(recordType, `login-seoul-${zone}`);
      expect(inputs).toMatchObject({
        weightedRoutingPolicies: [{ weight: 0 }],
        healthCheckId: `login-seoul-${zone}-id`,
      });
    }
  });

  it.each([undefined, "ap-northeast-1", "ap-southeast-1", "eu-west-1", "us-west-2", "ap-northeast-2"])(
    "measures a target in %s from three regions outside of it",
    (region) => {
      const observers = observersOf(region);
      expect(new Set(observers).size).toBe(3);
      expect(observers).not.toContain(region);
    },
  );

  it("follows the health of a load balancer's own targets", async () => {
    expect((await make()).one(recordType, "login-tokyo").inputs["aliases"]).toEqual([
      { name: "tokyo.elb.example", zoneId: "ZELB", evaluateTargetHealth: true },
    ]);
  });

  it("gives a last resort that is looked at only when all else is dead", async () => {
    const { inputs } = (await make()).one(recordType, "login-last-resort");
    expect(inputs).toMatchObject({ weightedRoutingPolicies: [{ weight: 0 }], records: ["203.0.113.10"] });
    expect(inputs["healthCheckId"]).toBeUndefined();
  });

  it("keeps the names of the others when a site is put between them", async () => {
    const names = async (list: readonly DnsTarget[]) =>
      (await make({ targets: list })).ofType(recordType).map(({ name }) => name);
    const after = await names([targets[0] as DnsTarget, balancer("osaka", "ap-northeast-3"), targets[1] as DnsTarget]);
    expect(after).toEqual(expect.arrayContaining(await names(targets)));
    expect(after).toHaveLength(4);
  });

  it.each<[Partial<FailoverDnsArgs>, readonly string[]]>([
    [{ ttlSeconds: 29 }, ["DPX209"]],
    [{ ttlSeconds: 30 }, []],
    [{ ttlSeconds: 60 }, []],
    [{ ttlSeconds: 61 }, ["DPX209"]],
    [{ failureThreshold: 0 }, ["DPX210"]],
    [{ failureThreshold: 1 }, []],
    [{ failureThreshold: 10 }, []],
    [{ failureThreshold: 11 }, ["DPX210"]],
    [{ targets: [address("ansan", "198.51.100.1")] }, ["DPX212"]],
    [{ targets: [...targets, address("ansan", "198.51.100.2")] }, ["DPX212"]],
    [{ targets: [{ ...address("ansan", "198.51.100.1"), weight: 0 }, balancer("seoul", "ap-northeast-2")] }, []],
    [
      { targets: [{ ...address("ansan", "198.51.100.1"), weight: -1 }, balancer("seoul", "ap-northeast-2")] },
      ["DPX211"],
    ],
    [
      { targets: [zones("seoul", "ap-northeast-2", 0), { ...address("ansan", "198.51.100.1"), weight: 0 }] },
      ["DPX211"],
    ],
    [
      {
        targets: [balancer("seoul", "ap-northeast-2"), { kind: "addresses", site: "ansan", weight: 1, addresses: [] }],
      },
      ["DPX212"],
    ],
    [{ targets: [{ ...address("ansan", "198.51.100.1"), weight: 255 }, balancer("seoul", "ap-northeast-2")] }, []],
    [
      { targets: [{ ...address("ansan", "198.51.100.1"), weight: 256 }, balancer("seoul", "ap-northeast-2")] },
      ["DPX211"],
    ],
    [{ lastResort: [] }, ["DPX213"]],
  ])("takes or refuses %j", async (more, codes) => {
    let refused: readonly string[] = [];
    const made = await record(() => {
      try {
        new FailoverDns("login", { ...args, ...more });
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect(refused).toEqual(codes);
    expect(made.resources.length > 0).toBe(codes.length === 0);
  });

  it("keeps the TTL that is asked for", async () => {
    const made = await make({ ttlSeconds: 45 });
    expect(made.one(recordType, "login-ansan").inputs["ttl"]).toBe(45);
    expect(made.one(recordType, "login-last-resort").inputs["ttl"]).toBe(45);
  });
});
