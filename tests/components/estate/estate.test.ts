import { join } from "node:path";
import { recordOf } from "../../../components/estate/place";
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
      expect(made.one("aws:ecs/service:Service", `login-${site}`).inputs).toMatchObject({ desiredCount: 5 });
      expect(made.one("aws:appautoscaling/target:Target", `login-${site}`).inputs).toMatchObject({ minCapacity: 5 });
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
    const answers = made
      .ofType("aws:route53/record:Record")
      .filter(({ inputs }) => inputs["healthCheckId"] !== undefined);
    expect(answers.map(({ name }) => name).sort()).toEqual([
      "login-east",
      ...["az1", "az2", "az3"].map((zone) => `login-seoul-apne2-${zone}`),
      ...["az1", "az2", "az3"].map((zone) => `login-tokyo-apne1-${zone}`),
      "login-west",
      "shop-east",
      "shop-west",
    ]);
    // Beside them stand the last resorts, the names inside of the networks, and the proofs of the certificates' names.
    const others = made.ofType("aws:route53/record:Record").filter((record) => !answers.includes(record));
    expect(others.map(({ name }) => name).sort()).toEqual([
      "certificates-duplex.example",
      "certificates-internal.duplex.example",
      "login-last-resort",
      "login-seoul-own-name",
      "login-tokyo-own-name",
      "shop-last-resort",
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
      expect(made.published("duplex:site:Site", site.name)).toEqual({ site: recordOf(site) });
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
    // Fargate takes no reservation: what runs is what is sure.
    expect(made.ofType("aws:ec2/capacityReservation:CapacityReservation")).toEqual([]);
  });

  it("reserves instances where units are instances", async () => {
    const config = withValue(estateConfig(), ["services", 0, "compute"], { on: "ec2" });
    const instances = await deploy(parseEstate(config));
    expect(instances.ofType("aws:ec2/capacityReservation:CapacityReservation")).toHaveLength(6);
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

  it("tells each unit where its data and its dependencies are, and opens the way there", () => {
    const [container] = JSON.parse(
      String(made.one("aws:ecs/taskDefinition:TaskDefinition", "login-tokyo").inputs["containerDefinitions"]),
    ) as [{ environment: readonly { name: string; value: string }[] }];
    const found = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
    expect(found).toMatchObject({ DUPLEX_DATA_TABLE: "duplex-test-login-data", DUPLEX_DATA_REGION: "ap-northeast-1" });
    // What stands in the site uses the copy of the site alone.
    expect(found["DUPLEX_DATA_FALLBACK_REGIONS"]).toBeUndefined();
    const table = "arn:aws:dynamodb:ap-northeast-1:111122223333:table/login-data";
    const policy = JSON.parse(
      String(made.one("aws:iam/rolePolicy:RolePolicy", "login-tokyo-table").inputs["policy"]),
    ) as {
      Statement: [{ Resource: readonly string[] }];
    };
    expect(policy.Statement[0].Resource).toEqual([table, `${table}/index/*`]);
    expect(
      made.one("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "login-tokyo-dynamodb").inputs,
    ).toMatchObject({
      prefixListId: "prefixes of tokyo-dynamodb",
      fromPort: 443,
    });
  });

  it("lets pods of a facility use every copy, by a role that trusts their cluster", () => {
    const { template } = made.one("kubernetes:apps/v1:Deployment", "login-east").inputs["spec"] as {
      template: { spec: { containers: [{ env: readonly { name: string; value: string }[] }] } };
    };
    const found = Object.fromEntries(template.spec.containers[0].env.map(({ name, value }) => [name, value]));
    expect(found).toMatchObject({
      AWS_ROLE_ARN: "arn:login-pods",
      DUPLEX_DATA_REGION: "ap-northeast-2",
      DUPLEX_DATA_FALLBACK_REGIONS: "ap-northeast-1",
    });
    const trust = JSON.parse(String(made.one("aws:iam/role:Role", "login-pods").inputs["assumeRolePolicy"])) as {
      Statement: readonly { Condition: { StringEquals: Record<string, string> } }[];
    };
    expect(trust.Statement.map(({ Condition }) => Condition.StringEquals)).toEqual(
      ["east", "west"].map((site) => ({
        [`oidc.${site}.example.net:sub`]: "system:serviceaccount:duplex-test-login:login",
        [`oidc.${site}.example.net:aud`]: "sts.amazonaws.com",
      })),
    );
  });

  it("calls the instance of its own cluster, which lets it in", () => {
    const { template } = made.one("kubernetes:apps/v1:Deployment", "shop-east").inputs["spec"] as {
      template: { spec: { containers: [{ env: readonly unknown[] }] } };
    };
    expect(template.spec.containers[0].env).toContainEqual({
      name: "DUPLEX_LOGIN_URL",
      value: "http://login.duplex-test-login.svc.cluster.local",
    });
    const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    const from = (namespace: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    });
    expect(made.one(policy, "login-east").inputs["spec"]).toMatchObject({
      ingress: [{ from: [from("gateway-system"), from("duplex-test-shop")] }],
    });
    expect(made.one(policy, "shop-east").inputs["spec"]).toMatchObject({
      egress: expect.arrayContaining([
        { to: [from("duplex-test-login")], ports: [{ protocol: "TCP", port: 8080 }] },
      ]) as unknown,
    });
  });

  it("gives every resource of AWS but global ones its region", () => {
    const isGlobal = (type: string) => /^aws:(iam|route53)\//.test(type);
    const regional = prod.resources.filter(({ type }) => type.startsWith("aws:") && !isGlobal(type));
    expect(regional.length).toBeGreaterThan(100);
    expect(regional.filter(({ inputs }) => inputs["region"] === undefined)).toEqual([]);
  });
});
