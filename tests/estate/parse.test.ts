import { stringify } from "yaml";
import { defaultRange } from "../../estate/addresses";
import { type EstateSource, type Path, parseEstate } from "../../estate";
import { UserError, defaultRequirements } from "../../model";
import { cloud, estateConfig, facility, service, withValue } from "../support/estateConfig";

/** The mistakes that are found, as code and path. */
function mistakesOf(value: unknown, source?: EstateSource) {
  try {
    parseEstate(value, source);
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
  return [];
}

/** What follows when the first site has lost its name. */
const withoutEast = [
  "DPX125 services[0].data.followers[0]",
  "DPX125 services[0].sites[0]",
  "DPX125 services[1].sites[0]",
];

function changed(path: Path, value: unknown) {
  return mistakesOf(withValue(estateConfig(), path, value)).map(({ code, path }) => `${code} ${path}`);
}

describe("an estate that is right", () => {
  it("is resolved: defaults filled in, durations in seconds", () => {
    const estate = parseEstate(estateConfig());
    expect(estate.sites[0]).toMatchObject({ facility: "east", clusterContext: "east", hazards: [] });
    expect(estate.services[0]).toMatchObject({
      layer: "compute",
      objectives: { rtoSeconds: 300, rpoSeconds: 60, leastShare: 1 },
      image: "login:stable",
      healthPath: "/healthz/deep",
    });
    expect(estate.dns).toMatchObject({ ttlSeconds: 30, healthCheckIntervalSeconds: 10, healthCheckThreshold: 3 });
    expect(estate.deletionProtection).toBe(true);
    expect(estate.requirements).toEqual(defaultRequirements);
  });

  it("overrides only what a tier says", () => {
    const estate = parseEstate(withValue(estateConfig(), ["tiers"], { standard: { leastCopies: 3 } }));
    expect(estate.requirements.standard).toEqual({ ...defaultRequirements.standard, leastCopies: 3 });
  });

  it.each([
    ["1.5m", 90],
    ["45s", 45],
    ["2h", 7200],
    ["1d", 86_400],
  ])("reads the duration %s as %d seconds", (text, seconds) => {
    const estate = parseEstate(withValue(estateConfig(), ["services", 0, "objectives", "rto"], text));
    expect(estate.services[0]?.objectives.rtoSeconds).toBe(seconds);
  });
});

describe("what can be built", () => {
  const service = ["services", 0] as const;
  const arn = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:key-AbCdEf";
  it.each<[string, Path, unknown, string[]]>([
    ["addresses of its own", ["sites", 2, "cidr"], "10.20.0.0/16", []],
    ["addresses of another site", ["sites", 2, "cidr"], defaultRange("tokyo"), ["DPX138 sites[3]"]],
    [
      "a part of another's addresses",
      ["sites", 3, "cidr"],
      defaultRange("seoul").replace("/16", "/20"),
      ["DPX138 sites[3].cidr"],
    ],
    ["no range", ["sites", 2, "cidr"], "10.20.0.0", ["DPX115 sites[2].cidr"]],
    [
      "a network without one of the zones",
      ["sites", 2, "network"],
      {
        vpcId: "vpc-1",
        cidr: "10.20.0.0/16",
        zones: ["apne2-az1", "apne2-az2"].map((zoneId) => ({ zoneId, publicSubnetId: "a", privateSubnetId: "b" })),
      },
      ["DPX139 sites[2].network.zones"],
    ],
    [
      "a variable of Duplex's own",
      [...service, "environment"],
      { DUPLEX_SITE: "x" },
      ["DPX142 services[0].environment.DUPLEX_SITE"],
    ],
    ["a variable in lower case", [...service, "environment"], { level: "x" }, ["DPX116 services[0].environment.level"]],
    ["a secret for clouds alone", [...service, "secrets"], { KEY: { arn } }, ["DPX143 services[0].secrets.KEY"]],
    [
      "a secret for clusters alone",
      [...service, "secrets"],
      { KEY: { secret: "keys" } },
      ["DPX143 services[0].secrets.KEY"],
    ],
    ["a secret for both", [...service, "secrets"], { KEY: { arn, secret: "keys" } }, []],
    ["no registry for clouds", ["images"], undefined, []],
    ["a registry's home that is a facility", ["images", "home"], "east", ["DPX128 images.home"]],
    [
      "a task that Fargate has not",
      [...service, "compute"],
      { on: "fargate", cpu: 1024, memoryMiB: 1024 },
      ["DPX145 services[0].compute.memoryMiB"],
    ],
    ["a task at the least of its size", [...service, "compute"], { on: "fargate", cpu: 1024, memoryMiB: 2048 }, []],
    [
      "a number of processors that Fargate has not",
      [...service, "compute"],
      { on: "fargate", cpu: 1000 },
      ["DPX114 services[0].compute.cpu"],
    ],
    ["clusters whose pods AWS does not know", ["sites", 0, "oidcIssuer"], undefined, ["DPX148 services[0].sites[0]"]],
    ["days that logs are not kept", [...service, "logDays"], 31, ["DPX114 services[0].logDays"]],
    [
      "a witness that is a facility",
      [...service, "data", "table"],
      { consistency: "strong", witness: "east" },
      ["DPX128 services[0].data.table.witness"],
    ],
  ])("%s", (_, path, value, expected) => {
    expect(changed(path, value)).toEqual(expected);
  });

  it("a function needs a registry of AWS, and a whole reference names one", () => {
    const lambda = withValue(estateConfig(), ["services", 0, "compute"], { on: "lambda" });
    const config = withValue(lambda, ["images"], undefined);
    expect(mistakesOf(lambda)).toEqual([]);
    expect(mistakesOf(config).map(({ code, path }) => `${code} ${path}`)).toEqual(["DPX144 services[0].image"]);
    expect(mistakesOf(withValue(config, ["services", 0, "image"], "registry.{site}.example/login:1"))).toEqual([]);
  });

  it("a worker takes no calls, and is no function", () => {
    const config = withValue(estateConfig(), ["services", 0, "kind"], "worker");
    expect(mistakesOf(config).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "DPX140 services[1].dependencies[0].anyOf[0]",
    ]);
    expect(mistakesOf(withValue(config, ["services", 1, "dependencies"], []))).toEqual([]);
    const called = withValue(config, ["services", 0, "compute"], { on: "lambda" });
    expect(mistakesOf(called).map(({ code }) => code)).toContain("DPX146");
  });

  it("an internal service is called where it runs, or from another region", () => {
    const internal = (sites: readonly string[]) => {
      const config = withValue(
        withValue(estateConfig(), ["services", 0, "kind"], "internal"),
        ["services", 1, "dependencies"],
        [{ anyOf: ["login"], strength: "hard" }],
      );
      return mistakesOf(withValue(config, ["services", 1, "sites"], sites)).map(({ code, path }) => `${code} ${path}`);
    };
    expect(internal(["east", "seoul"])).toEqual([]);
    const elsewhere = withValue(estateConfig(), ["services", 0, "sites"], ["east", "seoul"]);
    const config = withValue(
      withValue(elsewhere, ["services", 0, "kind"], "internal"),
      ["services", 1, "dependencies"],
      [{ anyOf: ["login"], strength: "hard" }],
    );
    const from = (sites: readonly string[]) =>
      mistakesOf(withValue(config, ["services", 1, "sites"], sites)).map(({ code, path }) => `${code} ${path}`);
    expect(from(["east", "tokyo"])).toEqual([]);
    expect(from(["east", "west"])).toEqual(["DPX141 services[1].dependencies[0]"]);
  });

  it("a database is used where its copies are", () => {
    const data = { store: "aurora", sites: ["seoul", "tokyo"] };
    expect(changed(["services", 0, "data"], data)).toEqual([
      "DPX147 services[0].sites[0]",
      "DPX147 services[0].sites[1]",
    ]);
  });
});

describe("each mistake has a code and a path", () => {
  const sites = estateConfig()["sites"] as unknown[];
  const services = estateConfig()["services"] as unknown[];
  const critical = ["services", 0] as const;
  it.each<[string, Path, unknown, string[]]>([
    ["a wrong type", [...critical, "peakRps"], "many", ["DPX110 services[0].peakRps"]],
    ["a missing field", [...critical, "owner"], undefined, ["DPX111 services[0].owner"]],
    ["an unknown field", [...critical, "ownr"], "x", ["DPX112 services[0].ownr"]],
    ["negative capacity", [...critical, "unitRps"], -1, ["DPX113 services[0].unitRps"]],
    ["no capacity", [...critical, "unitRps"], 0, ["DPX113 services[0].unitRps"]],
    ["a share above 1", [...critical, "objectives", "leastShare"], 1.01, ["DPX113 services[0].objectives.leastShare"]],
    ["a tier that does not exist", [...critical, "tier"], "crital", ["DPX114 services[0].tier"]],
    [
      "a kind of site that does not exist",
      ["sites", 0],
      { kind: "building" },
      ["DPX114 sites[0].kind", ...withoutEast],
    ],
    [
      "an interval between 10 and 30",
      ["dns", "healthCheckIntervalSeconds"],
      20,
      ["DPX114 dns.healthCheckIntervalSeconds"],
    ],
    ["a duration without a unit", [...critical, "objectives", "rto"], "60", ["DPX115 services[0].objectives.rto"]],
    ["a drill on no day", ["sites", 0, "lastDrill"], "2026-02-30", ["DPX115 sites[0].lastDrill"]],
    ["a name with capitals", ["sites", 0, "name"], "East", ["DPX115 sites[0].name", ...withoutEast]],
    ["a zone name", ["sites", 2, "zoneIds", 0], "ap-northeast-2a", ["DPX115 sites[2].zoneIds[0]"]],
    ["a TTL below 30", ["dns", "ttlSeconds"], 29, ["DPX113 dns.ttlSeconds"]],
    ["a TTL above 60", ["dns", "ttlSeconds"], 61, ["DPX113 dns.ttlSeconds"]],
    ["no last resort", ["dns", "lastResort"], [], ["DPX113 dns.lastResort"]],
    ["two sites of one name", ["sites"], [...sites, facility("east")], ["DPX120 sites[4].name"]],
    ["two sites in one cluster", ["sites", 1, "clusterContext"], "east", ["DPX121 sites[1].clusterContext"]],
    ["a zone of another region", ["sites", 2, "zoneIds", 1], "apne1-az9", ["DPX122 sites[2].zoneIds[1]"]],
    [
      "two sites with one zone",
      ["sites"],
      [...sites, cloud("seoul-2", "ap-northeast-2", "apne2", { zoneIds: ["apne2-az3", "apne2-az4"] })],
      ["DPX123 sites[4].zoneIds[0]"],
    ],
    ["two services of one name", ["services"], [...services, service("shop")], ["DPX124 services[2].name"]],
    [
      "a vendor of a service's name",
      ["vendors", 0, "name"],
      "login",
      ["DPX124 services[0].name", "DPX130 services[1].dependencies[0].anyOf[1]"],
    ],
    ["a site that does not exist", [...critical, "sites", 0], "est", ["DPX125 services[0].sites[0]"]],
    ["a service in one site only", [...critical, "sites"], ["east"], ["DPX126 services[0].sites"]],
    [
      "a service twice in one site",
      [...critical, "sites"],
      ["east", "east"],
      ["DPX126 services[0].sites", "DPX127 services[0].sites[1]"],
    ],
    ["data in a facility", [...critical, "data", "sites"], ["seoul", "east"], ["DPX128 services[0].data.sites[1]"]],
    ["a follower in a cloud", [...critical, "data", "followers"], ["tokyo"], ["DPX128 services[0].data.followers[0]"]],
    ["one copy of the data", [...critical, "data", "sites"], ["seoul"], ["DPX129 services[0].data.sites"]],
    ["copies of no data", [...critical, "data", "store"], "none", ["DPX129 services[0].data.sites"]],
    ["backups in a facility", ["backups"], { site: "east" }, ["DPX128 backups.site"]],
    [
      "an unknown dependency",
      ["services", 1, "dependencies", 0, "anyOf", 0],
      "logn",
      ["DPX130 services[1].dependencies[0].anyOf[0]"],
    ],
    [
      "a service that needs itself",
      ["services", 1, "dependencies", 0, "anyOf", 0],
      "shop",
      ["DPX131 services[1].dependencies[0].anyOf[0]"],
    ],
  ])("%s", (_, path, value, expected) => {
    expect([...changed(path, value)].sort()).toEqual([...expected].sort());
  });

  it.each([undefined, null])("a configuration that is %s", (value) => {
    expect(mistakesOf(value)).toMatchObject([{ code: "DPX105" }]);
  });

  it("an estate that is a text", () => {
    expect(mistakesOf("all of it")).toMatchObject([{ code: "DPX110", path: "" }]);
  });

  it("suggests the closest name", () => {
    const [mistake] = mistakesOf(withValue(estateConfig(), ["services", 0, "sites", 0], "est"));
    expect(mistake?.fix).toContain('Did you mean "east"?');
    const [tier] = mistakesOf(withValue(estateConfig(), ["services", 0, "tier"], "crital"));
    expect(tier?.fix).toContain('Did you mean "critical"?');
  });

  it("takes both ends of every range", () => {
    for (const ttl of [30, 60]) expect(changed(["dns", "ttlSeconds"], ttl)).toEqual([]);
    for (const share of [0, 1]) expect(changed(["services", 0, "objectives", "leastShare"], share)).toEqual([]);
  });
});

describe("startup dependencies", () => {
  const startup = (...anyOf: string[]) => ({ anyOf, strength: "startup" });
  const withStartup = (first: object, second: object) =>
    withValue(
      withValue(estateConfig(), ["services", 0, "dependencies"], [first]),
      ["services", 1, "dependencies"],
      [second],
    );

  it("refuses a cycle and names it", () => {
    const [mistake, ...others] = mistakesOf(withStartup(startup("shop"), startup("login")));
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ code: "DPX132", path: "services[0].dependencies" });
    expect(mistake?.message).toContain("login -> shop -> login");
  });

  it("refuses one that closes by what a service needs to serve, as the policies do", () => {
    const [mistake, ...others] = mistakesOf(withStartup(startup("shop"), { anyOf: ["login"], strength: "hard" }));
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ code: "DPX132", path: "services[0].dependencies" });
  });

  it("takes a cycle that a vendor breaks", () => {
    expect(mistakesOf(withStartup(startup("shop", "other-login"), startup("login")))).toEqual([]);
  });

  it("takes a cycle of other strengths", () => {
    expect(mistakesOf(withStartup(startup("shop"), { anyOf: ["login"], strength: "soft" }))).toEqual([]);
  });
});

describe("all mistakes in one run", () => {
  const changes: [Path, unknown][] = [
    [["sites", 0, "operator"], 7],
    [["sites", 1, "name"], "east"],
    [["sites", 2, "zoneIds", 0], "usw2-az1"],
    [["dns", "ttlSeconds"], 600],
    [["services", 0, "tier"], "top"],
    [["services", 0, "unitRps"], -5],
    [["services", 0, "owner"], undefined],
    [["services", 1, "sites"], ["east"]],
    [["services", 1, "objectives", "rpo"], "soon"],
    [["services", 1, "dependencies", 0, "anyOf", 0], "signin"],
  ];
  const config = changes.reduce((estate, [path, value]) => withValue(estate, path, value), estateConfig());
  const text = stringify({ config: { "duplex:estate": config } });

  it("reports ten for ten, and the names that follow from one of them", () => {
    const found = mistakesOf(config);
    // The site "west" is gone under its name, so that three mentions of it are mistakes as well.
    const followed = found.filter((mistake) => mistake.message.includes('"west"'));
    expect(followed.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "DPX125 services[0].data.followers[1]",
      "DPX125 services[0].sites[1]",
    ]);
    expect(found.filter((mistake) => !followed.includes(mistake)).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "DPX113 dns.ttlSeconds",
      "DPX111 services[0].owner",
      "DPX114 services[0].tier",
      "DPX113 services[0].unitRps",
      "DPX130 services[1].dependencies[0].anyOf[0]",
      "DPX115 services[1].objectives.rpo",
      "DPX126 services[1].sites",
      "DPX110 sites[0].operator",
      "DPX120 sites[1].name",
      "DPX122 sites[2].zoneIds[0]",
    ]);
  });

  it("says the line of each, where the text is given", () => {
    const lines = text.split("\n");
    const found = mistakesOf(config, { file: "Pulumi.prod.yaml", text });
    const lineOf = (code: string) => lines[(found.find((mistake) => mistake.code === code)?.line ?? 0) - 1]?.trim();
    expect(lineOf("DPX113")).toBe("ttlSeconds: 600");
    expect(lineOf("DPX114")).toBe("tier: top");
    expect(lineOf("DPX122")).toBe("- usw2-az1");
    // What is missing is shown where it should stand.
    expect(lineOf("DPX111")).toBe("- name: login");
    expect(found.every((mistake) => mistake.file === "Pulumi.prod.yaml")).toBe(true);
  });
});
