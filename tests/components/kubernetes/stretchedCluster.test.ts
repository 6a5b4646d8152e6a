/** A stretched cluster in the estate: declared by its sites, one Deployment over its buildings, judged as one control plane. */
import { Estate } from "../../../components/estate/estate";
import { parseEstate } from "../../../estate";
import { UserError } from "../../../model";
import { estateConfig, facility, withValue } from "../../support/estateConfig";
import { record, type Recording } from "../../support/pulumiMocks";

type Config = ReturnType<typeof estateConfig>;

/** Three facilities in one cluster, and the two regions; no follower, whose volume stands in one building. */
function stretched(changes: (config: Config) => Config = (config) => config): Config {
  const cluster = { cluster: "wide", oidcIssuer: "https://oidc.wide.example.net" };
  const regions = (estateConfig()["sites"] as readonly unknown[]).slice(2);
  const sites = [facility("east", cluster), facility("west", cluster), facility("north", cluster), ...regions];
  const names = ["east", "west", "north"];
  return changes(
    [
      [["sites"], sites],
      [["services", 0, "data", "followers"], []],
      [
        ["services", 0, "sites"],
        [...names, "seoul", "tokyo"],
      ],
      [
        ["services", 1, "sites"],
        [...names, "seoul"],
      ],
    ].reduce<Config>(
      (config, [path, value]) => withValue(config, path as Parameters<typeof withValue>[1], value),
      estateConfig(),
    ),
  );
}

function mistakesOf(config: Config): readonly string[] {
  try {
    parseEstate(config);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.mistakes.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
}

describe("an estate with a stretched cluster", () => {
  let made: Recording;
  beforeAll(async () => {
    made = await record(() => new Estate("estate", parseEstate(stretched())));
  }, 60_000);
  const ofService = (type: string, service: string) =>
    made.ofType(type).filter(({ name }) => name.startsWith(`${service}-`));

  it("has one provider and one set of priority classes, which belong to no site", () => {
    const providers = made.ofType("pulumi:providers:kubernetes");
    expect(providers.map(({ name, inputs }) => [name, inputs["context"]])).toEqual([["wide", "wide"]]);
    const classes = made.ofType("kubernetes:scheduling.k8s.io/v1:PriorityClass").map(({ name }) => name);
    expect([...classes].sort()).toEqual(["wide-critical", "wide-placeholder", "wide-standard"]);
  });

  it("runs a service as one Deployment, with what the plan gives all of its buildings", () => {
    const plan = (made.published("duplex:service:ActiveActiveService", "login") as { units: Record<string, number> })
      .units;
    const deployments = ofService("kubernetes:apps/v1:Deployment", "login");
    expect(deployments.map(({ name }) => name).sort()).toEqual(["login-reserve-wide", "login-wide"]);
    expect(plan["east"]).toBe(plan["west"]);
    expect(plan["east"]).toBe(plan["north"]);
    expect(made.one("kubernetes:apps/v1:Deployment", "login-wide").inputs).toMatchObject({
      metadata: { labels: { "duplex.dev/site": "wide" } },
      spec: { replicas: 3 * (plan["east"] ?? NaN) },
    });
    expect(ofService("kubernetes:core/v1:Namespace", "login")).toHaveLength(1);
  });

  it("spreads its pods, and the room held for them, over the buildings by the hard rule", () => {
    for (const { inputs } of ofService("kubernetes:apps/v1:Deployment", "login")) {
      const { template, replicas } = inputs["spec"] as {
        replicas: number;
        template: {
          spec: { topologySpreadConstraints: readonly { topologyKey: string; whenUnsatisfiable: string }[] };
        };
      };
      const [first, ...others] = template.spec.topologySpreadConstraints;
      expect(first).toMatchObject({ topologyKey: "topology.duplex.dev/facility", whenUnsatisfiable: "DoNotSchedule", nodeTaintsPolicy: "Honor" }); // prettier-ignore
      expect(others.map(({ whenUnsatisfiable }) => whenUnsatisfiable)).not.toContain("DoNotSchedule");
      expect(replicas % 3).toBe(0);
    }
  });

  it("answers with one address for the cluster, weighed by all of its pods", () => {
    const answers = made
      .ofType("aws:route53/record:Record")
      .filter(({ name }) => /^login-(wide|seoul-apne2-az1|tokyo-apne1-az1)$/.test(name));
    expect(answers.map(({ name }) => name).sort()).toEqual([
      "login-seoul-apne2-az1",
      "login-tokyo-apne1-az1",
      "login-wide",
    ]);
    const weightOf = (site: string) => {
      const answer = answers.find(({ name }) => name.startsWith(`login-${site}`));
      return (answer?.inputs["weightedRoutingPolicies"] as readonly { weight: number }[])[0]?.weight;
    };
    const { spec } = made.one("kubernetes:apps/v1:Deployment", "login-wide").inputs as { spec: { replicas: number } };
    const { desiredCount } = made.one("aws:ecs/service:Service", "login-seoul").inputs as { desiredCount: number };
    // One of Seoul's three zones beside the whole of the cluster, each by what stands behind it.
    expect((weightOf("wide") ?? NaN) / (3 * (weightOf("seoul") ?? NaN))).toBeCloseTo(spec.replicas / desiredCount, 9);
    expect(spec.replicas).toBeGreaterThan(desiredCount);
  });

  it("publishes each building with the context that it shares", () => {
    for (const name of ["east", "west", "north"]) {
      expect(made.published("duplex:site:Site", name)).toMatchObject({ site: { name, facility: name, clusterContext: "wide" } }); // prettier-ignore
    }
  });

  it("renames nothing when another building joins", async () => {
    const config = stretched();
    const sites = config["sites"] as readonly unknown[];
    const south = facility("south", { cluster: "wide", oidcIssuer: "https://oidc.wide.example.net" });
    const more = [0, 1].reduce<Config>(
      (at, index) => {
        const named = ((at["services"] as readonly { sites: readonly string[] }[])[index]?.sites ?? []) as string[];
        return withValue(at, ["services", index, "sites"], ["south", ...named]);
      },
      withValue(config, ["sites"], [south, ...sites]),
    );
    const after = await record(() => new Estate("estate", parseEstate(more)));
    const keys = (recording: Recording) => recording.resources.map(({ type, name }) => `${type} ${name}`).sort();
    const [before, now] = [keys(made), keys(after)];
    expect(before.filter((key) => !now.includes(key))).toEqual([]);
    expect(now.filter((key) => !before.includes(key))).toEqual(["duplex:site:Site south"]);
  }, 60_000);
});

describe("the configuration of a stretched cluster", () => {
  it("is right where all members agree", () => {
    expect(mistakesOf(stretched())).toEqual([]);
    expect(mistakesOf(withValue(estateConfig(), ["sites", 0, "cluster"], "alone"))).toEqual([]);
  });

  it.each([
    ["members with different contexts", ["sites", 1, "clusterContext"], "other", ["DPX133 sites[1].clusterContext"]],
    [
      "members with different issuers of tokens",
      ["sites", 1, "oidcIssuer"],
      "https://other.example.net",
      ["DPX149 sites[1].oidcIssuer"],
    ],
    ["a service in a part of it", ["services", 1, "sites"], ["east", "west"], ["DPX134 services[1].sites"]],
    ["nothing but it", ["services", 1, "sites"], ["east", "west", "north"], ["DPX137 services[1].sites"]],
    ["a follower in it", ["services", 0, "data", "followers"], ["west"], ["DPX135 services[0].data.followers[0]"]],
    ["the name of a site outside of it", ["sites", 3, "name"], "wide", ["DPX136 sites[0].cluster"]],
  ] as const)("is refused: %s", (_, path, value, expected) => {
    const found = mistakesOf(withValue(stretched(), [...path], value));
    expect(found.filter((line) => /DPX(13[3-7]|149)/.test(line))).toEqual(expected);
  }); // prettier-ignore

  it("keeps two sites from sharing a context unless both name the cluster", () => {
    const config = withValue(withValue(stretched(), ["sites", 1, "cluster"], undefined), ["sites", 1, "clusterContext"], "wide"); // prettier-ignore
    expect(mistakesOf(config)).toContain("DPX121 sites[1].clusterContext");
  });
});
