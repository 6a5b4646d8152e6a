import { callVariables, callersIn, callsOf, crossings } from "../../../components/wiring/calls";
import { siteNeeds } from "../../../components/wiring/siteNeeds";
import { parseEstate } from "../../../estate";
import { cloud, estateConfig, service, withValue } from "../../support/estateConfig";
import { record } from "../../support/pulumiMocks";

/** Two regions and a facility: web calls api, a vendor and, from Seoul, pay, which runs in Tokyo and Osaka alone. */
function estate(more: Readonly<Record<string, object>> = {}) {
  const [east, west, ...regions] = estateConfig()["sites"] as readonly unknown[];
  const sites = [east, west, ...regions, cloud("osaka", "ap-northeast-3", "apne3")];
  const standard = { tier: "standard", data: undefined };
  const of = (name: string, fields: object) => service(name, { ...standard, ...fields, ...more[name] });
  const services = [
    of("web", {
      sites: ["seoul", "tokyo"],
      dependencies: [
        { anyOf: ["api"], strength: "hard" },
        { anyOf: ["pay", "other-login"], strength: "soft" },
      ],
    }),
    of("api", { sites: ["seoul", "tokyo", "east", "west"], kind: "internal", port: 9090 }),
    of("pay", { sites: ["tokyo", "osaka"], kind: "internal" }),
    of("shop", {
      sites: ["east", "west"],
      dependencies: [
        { anyOf: ["api"], strength: "hard" },
        { anyOf: ["web"], strength: "soft" },
      ],
    }),
    of("mail", { sites: ["seoul", "tokyo"], kind: "worker" }),
  ];
  return parseEstate(withValue(withValue(estateConfig(), ["sites"], sites), ["services"], services));
}

type Calls = ReturnType<typeof callsOf>;

/** Under mocks: a namespace's name holds project and stack. */
async function within<T>(compute: (spec: ReturnType<typeof estate>) => T, spec = estate()): Promise<T> {
  let found: T | undefined;
  await record(() => void (found = compute(spec)));
  if (found === undefined) throw new Error("Nothing was computed.");
  return found;
}

const calls = (name: string, site: string): Promise<Calls> =>
  within((spec) => {
    const caller = spec.services.find((one) => one.name === name);
    if (!caller) throw new Error(`There is no service ${name}.`);
    return callsOf(spec, caller, site);
  });

describe("callsOf", () => {
  it("leads to the instance of the caller's own site wherever there is one", async () => {
    expect(await calls("web", "tokyo")).toEqual([
      { way: "network", name: "api", url: "https://api.internal.duplex.example" },
      { way: "vendor", name: "other-login" },
      { way: "network", name: "pay", url: "https://pay.internal.duplex.example" },
    ]);
    expect(await calls("shop", "east")).toEqual([
      {
        way: "cluster",
        name: "api",
        namespace: "duplex-test-api",
        port: 9090,
        url: "http://api.duplex-test-api.svc.cluster.local",
      },
      { way: "internet", name: "web", url: "https://web.duplex.example" },
    ]);
  });

  it("crosses to other networks only where no instance stands in the own one", async () => {
    expect(await calls("web", "seoul")).toContainEqual({
      way: "peering",
      name: "pay",
      sites: ["tokyo", "osaka"],
      url: "https://pay.internal.duplex.example",
    });
    expect(await within(crossings)).toEqual([
      ["osaka", "seoul"],
      ["seoul", "tokyo"],
    ]);
  });

  it("calls a public service in the same network by the name of that site", async () => {
    const spec = estate({ api: { kind: "public" } });
    const [web] = spec.services;
    const found = await within((one) => (web ? callsOf(one, web, "seoul") : []), spec);
    expect(found).toContainEqual({ way: "network", name: "api", url: "https://api-seoul.internal.duplex.example" });
  });
});

it("names who calls from inside of a cluster", async () => {
  expect(await within((spec) => callersIn(spec, "api", "east"))).toEqual(["duplex-test-shop"]);
  expect(await within((spec) => callersIn(spec, "api", "seoul"))).toEqual([]);
});

it("tells a unit whom it calls, in variables that hold no dash", () => {
  expect(
    callVariables([
      { way: "vendor", name: "other-login", url: "https://other.example" },
      { way: "vendor", name: "mute" },
    ]),
  ).toEqual({
    DUPLEX_OTHER_LOGIN_URL: "https://other.example",
  });
});

describe("siteNeeds", () => {
  it("has a way to the internet only where a unit calls something there", async () => {
    // web calls a vendor.
    expect((await within((spec) => siteNeeds(spec, "seoul"))).internet).toBe(true);
    // pay calls nobody.
    expect(await within((spec) => siteNeeds(spec, "osaka"))).toEqual({
      network: true,
      internet: false,
      endpoints: ["ecr.api", "ecr.dkr", "logs", "ssmmessages"],
    });
  });

  it.each([
    [{ egress: [{ name: "mainframe", cidr: "192.0.2.0/24", port: 5000 }] }, true],
    [{ data: { store: "dynamodb", sites: ["seoul", "tokyo"] } }, true],
    [{ data: { store: "dynamodb", sites: ["osaka", "tokyo"] } }, false],
  ])("with %j in Osaka: %s", async (fields, internet) => {
    const spec = estate({ pay: fields });
    expect((await within((one) => siteNeeds(one, "osaka"), spec)).internet).toBe(internet);
  });

  it.each([
    [{ on: "ec2" }, {}, ["ec2messages", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages"]],
    [{ on: "lambda" }, {}, []],
    [
      { on: "lambda" },
      { KEY: { arn: "arn:aws:secretsmanager:ap-northeast-3:111122223333:secret:key-AbCdEf" } },
      ["secretsmanager"],
    ],
  ])("%j with secrets %j asks for %j", async (compute, secrets, endpoints) => {
    const spec = estate({ pay: { compute, secrets } });
    expect((await within((one) => siteNeeds(one, "osaka"), spec)).endpoints).toEqual(endpoints);
  });
});
