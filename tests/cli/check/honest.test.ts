/** `duplex check` where nothing is judged, where names match nothing, and where the input says what it is. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CommandLine } from "../../support/cli";
import { oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const bucketState = (resources: readonly object[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const network = {
  urn: urn("aws:ec2/vpc:Vpc", "net"),
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  id: "vpc-1",
  inputs: { cidrBlock: "10.0.0.0/16" },
};
const stamped = { ...network, inputs: { ...network.inputs, tags: { "duplex:cloud": "SIMULATED" } } };

async function check(state: unknown, settings: unknown, ...more: readonly string[]) {
  await commandLine.write("state.json", state);
  await commandLine.write("settings.json", settings);
  return commandLine.duplex(["check", "state.json", "--config", "settings.json", ...more]);
}

describe("a stack without a service", () => {
  it("is not judged, unless it is meant to have none", async () => {
    const answer = await check(bucketState([network]), {}, "--format", "summary");
    expect(answer.code).toBe(1);
    expect(answer.out).toMatch(/^NOTHING JUDGED: 0 services judged/);
    expect((await check(bucketState([network]), {}, "--allow-empty")).code).toBe(0);
  });
});

describe("the headline", () => {
  it("never says that something survives which goes down with its building", async () => {
    const { out, code } = await check(oneBuildingState(), { all: "disabled", estate: { sites: [pangyoSite] } });
    expect(code).toBe(2);
    expect(out).toMatch(/^GOES DOWN, NOT REFUSED: .*messenger \(\w+\) is down without facility:pangyo/);
  });

  it.each(["table", "summary", "markdown", "github", "json", "sarif", "junit", "openmetrics"])(
    "says of the simulated cloud that it is one, and of no other, in %s",
    async (format) => {
      const simulated = await check(bucketState([stamped]), {}, "--format", format);
      expect(simulated.out).toMatch(/simulated/i);
      const real = await check(bucketState([network]), {}, "--format", format);
      expect(real.out).not.toMatch(/simulated/i);
    },
  );
});

describe("names in settings", () => {
  const exemption = { policy: "single-facility", owner: "o", reason: "r", ticket: "T-1", expires: "2099-01-01" };

  it("that are no service's are refused together, with the one that was meant", async () => {
    const estate = {
      sites: [pangyoSite],
      tiers: { mesenger: "critical" },
      exemptions: [{ ...exemption, service: "messanger" }],
    };
    const { code, err } = await check(oneBuildingState(), { estate });
    expect(code).toBe(1);
    expect(err.match(/DPX317/g)).toHaveLength(2);
    expect(err).toMatch(/settings\.json estate\.tiers\.mesenger: There is no service "mesenger".*"messenger"/);
  });

  it("that are a service's hold", async () => {
    const estate = { sites: [pangyoSite], exemptions: [{ ...exemption, service: "messenger" }] };
    const { out } = await check(oneBuildingState(), { estate }, "--format", "json");
    expect(JSON.parse(out)).toMatchObject({ exemptions: [{ service: "messenger", expired: false }] });
  });
});

describe("the stack's own settings", () => {
  const policies = JSON.stringify({ all: "disabled", estate: { sites: [pangyoSite] } });
  const preview = (config: object) => {
    const { resources } = oneBuildingState().deployment;
    const steps = resources.map((newState) => ({ op: "same", newState, oldState: newState }));
    return { config, steps, changeSummary: { same: steps.length } };
  };

  it("are taken from a preview, and from the file that is given with an export", async () => {
    await commandLine.write("preview.json", preview({ "duplex:policies": policies }));
    expect((await commandLine.duplex(["check", "preview.json"])).code).toBe(2);
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("Pulumi.dev.yaml", `config:\n  duplex:policies: '${policies}'\n`);
    const exported = ["check", "state.json"];
    expect((await commandLine.duplex(exported)).code).toBe(3);
    expect((await commandLine.duplex([...exported, "--stack-config", "Pulumi.dev.yaml"])).code).toBe(2);
  });

  it("are asked for in clear where they are a secret", async () => {
    await commandLine.write("preview.json", preview({ "duplex:policies": "[secret]" }));
    const { code, err } = await commandLine.duplex(["check", "preview.json"]);
    expect([code, /DPX316/.test(err)]).toEqual([1, true]);
  });
});

describe("mistakes in files of YAML", () => {
  const aliases = `a: &a [1]\n${Array.from({ length: 150 }, (_, index) => `b${index}: *a`).join("\n")}\n`;

  it.each([
    [
      "aliases beyond count",
      `x: &x [1,1,1,1,1,1,1,1,1,1]\ny: &y [*x,*x,*x,*x,*x,*x,*x,*x,*x,*x]\nz: [*y,*y,*y]\n${aliases}`,
    ],
    ["an anchor that holds itself", "config: &c\n  duplex:estate: *c\n"],
    [
      "a word that is an object",
      "config:\n  duplex:estate:\n    services:\n      - { name: a, tier: { toString: 1 } }\n",
    ],
  ])("are told as such: %s", async (_, text) => {
    await commandLine.write("Pulumi.dev.yaml", text);
    const { code, err } = await commandLine.duplex(["estate", "validate", "Pulumi.dev.yaml"]);
    expect(code).toBe(1);
    expect(err).toMatch(/DPX1\d\d/);
    expect(err).not.toMatch(/defect/);
  });
});

describe("a program with components of a provider plugin", () => {
  const program = join(__dirname, "../../fixtures/programs/has-a-remote-component");

  it("is judged but for them, which are listed with what they are known to make", async () => {
    const { code, out } = await commandLine.duplex(["check", program, "--format", "json"]);
    expect(code).toBe(2);
    const report = JSON.parse(out) as { notJudged: { type: string; reason: string }[]; notes: string[] };
    expect(report.notJudged.map(({ type }) => type)).toEqual(["awsx:ec2:Vpc", "kubernetes:helm.sh/v4:Chart"]);
    expect(report.notJudged[0]?.reason).toMatch(/it makes a VPC with subnets/);
    expect(report.notes.join()).toMatch(/pulumi preview --json/);
  }, 60_000);

  it.each([["manifests"], ["iam-policy"], ["cluster-role"]])(
    "is refused by %s, whose answer would lack them",
    async (command) => {
      const { code, out, err } = await commandLine.duplex([command, program]);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(/Chart "chart" is built inside a provider plugin.*\[DPX028\]/);
    },
    60_000,
  );
});

describe("a folder of several projects", () => {
  it("is refused with their names", async () => {
    for (const name of ["stacks/pay", "stacks/shop"]) {
      mkdirSync(join(commandLine.folder, name), { recursive: true });
      await commandLine.write(`${name}/Pulumi.yaml`, "name: one\nruntime: nodejs\n");
    }
    const { code, err } = await commandLine.duplex(["check", "."]);
    expect(code).toBe(1);
    expect(err).toMatch(/DPX003/);
    expect(err).toMatch(/stacks\/pay, stacks\/shop/);
  });
});
