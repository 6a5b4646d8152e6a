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
const address = (site: string, ip: string): DnsTarget => ({ kind: "address", site, weight: 100, address: ip });
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

  it("measures deeply, every 10 seconds, dead after 3", async () => {
    for (const { inputs } of (await make()).ofType(check)) {
      expect(inputs).toMatchObject({ resourcePath: "/healthz/deep", requestInterval: 10, failureThreshold: 3 });
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
    [
      { targets: [{ ...address("ansan", "198.51.100.1"), weight: 0 }, balancer("seoul", "ap-northeast-2")] },
      ["DPX211"],
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
