import { join } from "node:path";
import { Estate } from "../../../components/estate/estate";
import { type EstateSpec, parseEstate, readEstateFile } from "../../../estate";
import { codesIn } from "../../support/componentParts";
import { cloud, estateConfig, withValue } from "../../support/estateConfig";
import { type Recording, record } from "../../support/pulumiMocks";

const deploy = (estate: EstateSpec) => record(() => new Estate("estate", estate));
const keysOf = (made: Recording) => made.resources.map(({ type, name }) => `${type} ${name}`).sort();

describe("Estate", () => {
  let made: Recording;
  let prod: Recording;
  beforeAll(async () => {
    made = await deploy(parseEstate(estateConfig()));
    prod = await deploy(readEstateFile(join(__dirname, "..", "..", "..", "Pulumi.prod.yaml")));
  }, 60_000);

  it("runs each service in each of its sites with the units that the plan asks for", () => {
    // 10 units carry the peak, and the loss of the operator of two of four sites leaves two.
    for (const site of ["east", "west"]) {
      expect(made.one("kubernetes:apps/v1:Deployment", `login-${site}`).inputs).toMatchObject({
        spec: { replicas: 5 },
      });
    }
    for (const site of ["seoul", "tokyo"]) {
      expect(made.one("aws:autoscaling/group:Group", `login-${site}`).inputs).toMatchObject({
        desiredCapacity: 5,
        minSize: 5,
      });
    }
    expect(made.published("duplex:service:ActiveActiveService", "login")).toMatchObject({
      service: "login",
      tier: "critical",
      sites: ["east", "west", "seoul", "tokyo"],
      units: { east: 5, west: 5, seoul: 5, tokyo: 5 },
      reserve: { east: 2, west: 2, seoul: 2, tokyo: 2 },
      bindingLoss: ["operator:aws"],
      dependsOn: ["login-data"],
    });
  });

  it("checks every target of every name", () => {
    const answers = made.ofType("aws:route53/record:Record").filter(({ name }) => !name.endsWith("-last-resort"));
    expect(answers.map(({ name }) => name).sort()).toEqual([
      "login-east",
      "login-seoul",
      "login-tokyo",
      "login-west",
      "shop-east",
      "shop-west",
    ]);
    for (const { name, inputs } of answers) expect(inputs["healthCheckId"]).toBe(`${name}-id`);
  });

  it("says its dependencies in the tag's syntax", () => {
    expect(made.published("duplex:service:ActiveActiveService", "shop")).toMatchObject({
      dependsOn: ["login|other-login"],
    });
  });

  it("publishes each site's record", () => {
    for (const site of parseEstate(estateConfig()).sites)
      expect(made.published("duplex:site:Site", site.name)).toMatchObject({ site });
  });

  it("holds room for critical services only", () => {
    const placeholders = made.ofType("kubernetes:apps/v1:Deployment").filter(({ name }) => name.includes("reserve"));
    expect(placeholders.map(({ name }) => name).sort()).toEqual(["login-reserve-east", "login-reserve-west"]);
    for (const { inputs } of placeholders) {
      const { template } = inputs["spec"] as { template: { spec: { topologySpreadConstraints: unknown } } };
      expect(template.spec.topologySpreadConstraints).toMatchObject([
        { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      ]);
    }
    expect(made.ofType("aws:ec2/capacityReservation:CapacityReservation")).toHaveLength(6);
  });

  it("changes nothing of the other sites when a site is put between them", async () => {
    const sites = estateConfig()["sites"] as unknown[];
    const osaka = cloud("osaka", "ap-northeast-3", "apne3");
    const config = withValue(estateConfig(), ["sites"], [...sites.slice(0, 2), osaka, ...sites.slice(2)]);
    const more = withValue(config, ["services", 0, "sites"], ["east", "osaka", "west", "seoul", "tokyo"]);
    const [before, after] = [
      keysOf(await deploy(parseEstate(estateConfig()))),
      keysOf(await deploy(parseEstate(more))),
    ];
    expect(before.filter((key) => !after.includes(key))).toEqual([]);
    const added = after.filter((key) => !before.includes(key));
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((key) => !/osaka|apne3/.test(key))).toEqual([]);
  });

  it("makes no network where only data stands", () => {
    expect(
      prod
        .ofType("aws:ec2/vpc:Vpc")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["seoul", "tokyo"]);
  });

  it("refuses what no number of units saves, for all services at once, before anything exists", async () => {
    const sites = withValue(estateConfig(), ["sites", 1, "facility"], "east");
    let refused: readonly string[] = [];
    const none = await record(() => {
      try {
        // Both services, for the standard one stands in nothing but this building.
        new Estate("estate", parseEstate(withValue(sites, ["services", 0, "sites"], ["east", "west"])));
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect(refused).toEqual(["DPX220", "DPX221", "DPX221"]);
    expect(none.resources).toEqual([]);
  });

  it("gives every resource of AWS but global ones its region", () => {
    const isGlobal = (type: string) => /^aws:(iam|route53)\//.test(type);
    const regional = prod.resources.filter(({ type }) => type.startsWith("aws:") && !isGlobal(type));
    expect(regional.length).toBeGreaterThan(100);
    expect(regional.filter(({ inputs }) => inputs["region"] === undefined)).toEqual([]);
  });
});
