import Ajv from "ajv";
import addFormats from "ajv-formats";
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../../report/check/report";
import { formatNames } from "../../../report/writers";
import schema from "../../../schema/check.schema.json";
import { CommandLine } from "../../support/cli";
import { deploymentUrn, oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const sites = { sites: [pangyoSite] };

async function checkJson(state: unknown, ...argv: string[]): Promise<CheckReport> {
  await commandLine.write("state.json", state);
  await commandLine.write("sites.json", sites);
  const answer = await commandLine.duplex([
    "check",
    "state.json",
    "--sites",
    "sites.json",
    "--format",
    "json",
    ...argv,
  ]);
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}

describe("the verdict is the exit code", () => {
  test.each([
    ["refused", 3, {}],
    ["advice", 2, { all: "advisory" }],
    // Nothing speaks of it, and it goes down with its building all the same.
    ["advice", 2, { all: "disabled" }],
  ] as const)("%s: %d", async (verdict, code, config) => {
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("config.json", { ...config, estate: sites });
    const { out } = await commandLine.duplex(["check", "state.json", "--config", "config.json", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ verdict });
    for (const format of formatNames) {
      const answer = await commandLine.duplex(["check", "state.json", "--config", "config.json", "--format", format]);
      expect(answer).toMatchObject({ code, err: "" });
    }
  });
});

describe("--allow-advice", () => {
  test.each([
    ["advice", { all: "advisory" }, 0],
    ["a refusal", {}, 3],
    ["nothing", { all: "disabled" }, 0],
  ] as const)("with %s ends with the code of what is not advice", async (_, config, code) => {
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("config.json", { ...config, estate: sites });
    const answer = await commandLine.duplex(["check", "state.json", "--config", "config.json", "--allow-advice"]);
    expect(answer).toMatchObject({ code, err: "" });
  });

  test("does not hide that nothing was judged", async () => {
    expect(await commandLine.duplex(["check", "absent.json", "--allow-advice"])).toMatchObject({ code: 1 });
  });
});

describe("--report", () => {
  test("writes further answers of the same judgement", async () => {
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("sites.json", sites);
    const base = ["check", "state.json", "--sites", "sites.json"];
    const files = ["--report", "json=a=b.json", "--report", "markdown=comment.md"];
    const { out, code } = await commandLine.duplex([...base, "--format", "github", ...files]);
    expect(code).toBe(3);
    expect(out).toBe((await commandLine.duplex([...base, "--format", "github"])).out);
    for (const [format, file] of [
      ["json", "a=b.json"],
      ["markdown", "comment.md"],
    ] as const) {
      const alone = await commandLine.duplex([...base, "--format", format]);
      expect(readFileSync(join(commandLine.folder, file), "utf8")).toBe(alone.out);
    }
  });

  test.each(["sarif", "sarif=", "=x", "pdf=x.pdf"])("refuses %s, and names the formats", async (report) => {
    const answer = await commandLine.duplex(["check", "state.json", "--report", report]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/FORMAT=FILE.*sarif.*\[DPX001\]/s);
  });

  test("prints nothing where a file cannot be written", async () => {
    await commandLine.write("state.json", oneBuildingState());
    const answer = await commandLine.duplex(["check", "state.json", "--report", "json=absent/x.json"]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("[DPX011]");
  });
});

test("names the service, the building, the resource, the row and the fix", async () => {
  const report = await checkJson(oneBuildingState());
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      policy: "single-facility",
      service: "messenger",
      lost: ["facility:pangyo"],
      urns: expect.arrayContaining([deploymentUrn]) as string[],
      rows: expect.arrayContaining(["1"]) as string[],
      outcome: expect.objectContaining({ status: "down", share: 0, rtoSeconds: null }) as object,
    }),
  );
  const pangyo = report.survival.columns.indexOf("pangyo");
  expect(report.survival.rows[0]?.cells[pangyo]).toMatchObject({ status: "down", lost: ["facility:pangyo"] });
});

test("keeps to the published schema", async () => {
  const validate = addFormats(new Ajv({ strict: true, allowUnionTypes: true })).compile(schema);
  validate(await checkJson(oneBuildingState()));
  expect(validate.errors).toBeNull();
});

test("says the same for a state from a file and from standard input, but for the name", async () => {
  const text = JSON.stringify(oneBuildingState({ annotations: { note: "판교" } }));
  await commandLine.write("state.json", text);
  const file = await commandLine.duplex(["check", "state.json"]);
  const piped = await commandLine.duplex(["check", "-"], { input: text });
  // What was read from a pipe cannot be read again by the command that is told.
  const named = file.out.replace("state.json", "<stdin>").replace(" state.json`", "`");
  expect(piped).toEqual({ ...file, out: named });
  expect(file.code).toBe(3);
});

test("judges a preview's plan like the state that it leads to", async () => {
  const state = oneBuildingState();
  const steps = state.deployment.resources.map((newState) => ({ op: "create", urn: newState.urn, newState }));
  const fromState = await checkJson(state);
  const fromPreview = await checkJson({ steps, changeSummary: { create: steps.length } });
  expect(fromPreview).toEqual({ ...fromState, source: { ...fromState.source, kind: "preview" } });
});

test("takes sites from the estate of a stack's configuration", async () => {
  const prod = join(__dirname, "../../../Pulumi.prod.yaml");
  await commandLine.write("state.json", oneBuildingState());
  const answer = await commandLine.duplex(["check", "state.json", "--sites", prod, "--format", "json"]);
  expect((JSON.parse(answer.out) as CheckReport).survival.columns).toContain("pangyo");
});

test("keeps an exempted finding out of the verdict, and lists the exemption", async () => {
  const facts = { owner: "core", reason: "The second building opens in November.", ticket: "OPS-1" };
  const exemption = { policy: "single-facility", service: "messenger", expires: "2022-10-15", ...facts };
  await commandLine.write("config.json", { estate: { exemptions: [exemption] } });
  const report = await checkJson(oneBuildingState(), "--config", "config.json");
  expect(report.findings.map((finding) => finding.policy)).not.toContain("single-facility");
  expect(report.exemptions).toMatchObject([
    { ...exemption, expired: false, covers: [expect.stringContaining("pangyo")] },
  ]);
});

test("writes the whole answer into a file, and leaves nothing else behind", async () => {
  await commandLine.write("state.json", oneBuildingState());
  const answer = await commandLine.duplex(["check", "state.json", "-f", "sarif", "-o", "out.sarif"]);
  expect(answer).toEqual({ code: 3, out: "", err: "" });
  expect(JSON.parse(readFileSync(join(commandLine.folder, "out.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  expect(readdirSync(commandLine.folder).sort()).toEqual(["out.sarif", "state.json"]);
});

test("names encrypted values, and takes them as not known", async () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
  const report = await checkJson(oneBuildingState({ annotations: { key: secret } }));
  expect(report.notes).toEqual([expect.stringContaining(`${deploymentUrn}.metadata.annotations.key`)]);
});

test("colours a terminal, unless NO_COLOR is set", async () => {
  await commandLine.write("state.json", oneBuildingState());
  const terminal = { outIsTerminal: true, columns: 100 };
  const colour = await commandLine.duplex(["check", "state.json"], { ...terminal, env: { TERM: "xterm" } });
  const plain = await commandLine.duplex(["check", "state.json"], {
    ...terminal,
    env: { TERM: "xterm", NO_COLOR: "1" },
  });
  expect(colour.out).toContain("\u001b[");
  expect(plain.out).not.toContain("\u001b[");
});

describe("what cannot be judged ends with 1, a code and a place, and nothing on standard output", () => {
  async function refused(argv: readonly string[], input?: string): Promise<string> {
    const answer = await commandLine.duplex(argv, { input });
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).not.toMatch(/^\s+at /m);
    return answer.err;
  }
  const truncated = JSON.stringify(oneBuildingState(), undefined, 2).slice(0, 400);

  test.each<[string, unknown, string, RegExp]>([
    ["an empty file", "", "DPX004", /empty/],
    ["blanks", " \n", "DPX004", /empty/],
    ["a truncated file", truncated, "DPX005", /cut off: it ends at line \d+, column \d+ \(byte 400\)/],
    ["a log", "Previewing update (prod)\n{}", "DPX006", /line 1, column 1 \(byte 0\) stands "Previewing u"/],
    ["YAML", "config:\n  a: b\n", "DPX006", /not JSON/],
    ["compressed data", Buffer.from([0x1f, 0x8b, 8, 0, 0xff]), "DPX014", /UTF-8/],
    ["another document", { name: "package" }, "DPX400", /"name"/],
    ["another version", { version: 1, deployment: {} }, "DPX402", /version 1/],
    ["a list", [], "DPX400", /a list of 0/],
    ["a state without resources", { version: 3, deployment: {} }, "DPX013", /nothing to judge/],
  ])("%s", async (_, content, code, part) => {
    await commandLine.write("input.json", content);
    const text = await refused(["check", "input.json"]);
    expect(text).toMatch(/^input\.json/);
    expect(text).toContain(`[${code}]`);
    expect(text).toMatch(part);
  });

  test("a missing file", async () => {
    expect(await refused(["check", "nowhere.json"])).toMatch(/^nowhere\.json: There is nothing .*\[DPX002\]\n$/);
  });

  test("a folder without a project", async () => {
    mkdirSync(join(commandLine.folder, "empty"));
    expect(await refused(["check", "empty"])).toContain("[DPX003]");
  });

  test("a file larger than the limit, by its size alone", async () => {
    const file = openSync(join(commandLine.folder, "huge.json"), "w");
    ftruncateSync(file, 1_100_000_000);
    closeSync(file);
    expect(await refused(["check", "huge.json"])).toMatch(/has 1\.1 GB or more, the limit is 500\.0 MB.*\[DPX007\]/);
  });

  test("empty standard input", async () => {
    expect(await refused(["check", "-"], "")).toMatch(/^<stdin>.*\[DPX004\]/);
  });

  test("an output that cannot be written", async () => {
    await commandLine.write("state.json", oneBuildingState());
    expect(await refused(["check", "state.json", "-o", "no/such/folder/x"])).toContain("[DPX011]");
  });

  test("--stack for something that is not a folder", async () => {
    await commandLine.write("state.json", oneBuildingState());
    expect(await refused(["check", "state.json", "--stack", "prod"])).toContain("[DPX001]");
  });

  test("every mistake of a configuration, in one run", async () => {
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("config.json", { "single-facilty": "advisory", estate: { clusters: 3, colour: "red" } });
    const text = await refused(["check", "state.json", "--config", "config.json"]);
    for (const part of ["single-facilty", "estate.clusters", "colour"]) expect(text).toContain(part);
    expect(text.trim().split("\n")).toHaveLength(3);
  });

  test("a site without its operator", async () => {
    await commandLine.write("state.json", oneBuildingState());
    await commandLine.write("sites.json", [{ ...pangyoSite, operator: undefined }]);
    expect(await refused(["check", "state.json", "--sites", "sites.json"])).toMatch(
      /^sites\.json sites\[0\]\.operator/,
    );
  });

  test("a path through a file", async () => {
    await commandLine.write("state.json", oneBuildingState());
    expect(await refused(["check", "state.json/deeper"])).toContain("[DPX002]");
  });
});

test("reads the UTF-16 that a Windows shell writes", async () => {
  const text = Buffer.from(`\ufeff${JSON.stringify(oneBuildingState())}`, "utf16le");
  await commandLine.write("state.json", text);
  expect((await commandLine.duplex(["check", "state.json"])).code).toBe(3);
});
