/** Whatever somebody calls a thing, no format of any command says more or else than that name. */
import { XMLValidator } from "fast-xml-parser";
import { parseAllDocuments, stringify } from "yaml";
import { formatNames, type FormatName } from "../../report/writers";
import { CommandLine } from "../support/cli";
import { exportOf } from "../support/driftStates";
import { hostileNames, outsideOfCode } from "../support/hostileNames";
import { faultsBy } from "../support/publishedSchemas";

let commandLine: CommandLine;
beforeAll(() => {
  commandLine = new CommandLine();
});
afterAll(() => commandLine.remove());

/** A critical queue, function and address whose every word is hostile. */
function entries(name: string, delaySeconds: number) {
  const tags = { "duplex:service": name, "duplex:tier": "critical", "duplex:owner": name, [name]: name };
  const of = (type: string, inputs: object) => ({
    ...{ urn: `urn:pulumi:prod::shop::${type}::${name}`, custom: true, id: name, type },
    ...{ inputs: { region: "ap-northeast-2", tags, ...inputs }, outputs: { tags, name, arn: `arn:aws:x:::${name}` } },
  });
  return [
    of("aws:sqs/queue:Queue", { name, delaySeconds }),
    of("aws:ec2/instance:Instance", { availabilityZone: name, instanceType: name, [name]: { [name]: name } }),
    of("aws:lambda/function:Function", { runtime: name, description: `${name}${delaySeconds}` }),
    of("aws:route53/record:Record", { name, type: "A", ttl: 3600, records: [name], setIdentifier: name }),
    of(`aws:unheard/of:${name}`, { name }),
  ];
}

/** Everything that moves a cursor, hides text or turns it; line breaks are the format's own. */
const steering = /(?![\n\u200b-\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const sarifFaults = faultsBy("sarif");
const checks: Readonly<Record<FormatName, (text: string) => void>> = {
  table: (text) => expect(text).not.toMatch(/^\s*::|##[a-z]*\[/im),
  summary: (text) => expect(text).not.toMatch(/^\s*::|##[a-z]*\[/im),
  json: (text) => expect(JSON.parse(text)).toHaveProperty("verdict"),
  sarif: (text) => expect(sarifFaults(JSON.parse(text))).toEqual([]),
  junit: (text) => expect(XMLValidator.validate(text)).toBe(true),
  markdown: (text) => {
    const ours = /<!-- duplex [a-z]+ -->|<\/?(?:details|summary)>/g;
    const outside = text.replace(ours, "").split("\n").map(outsideOfCode).join("\n");
    expect(outside).not.toMatch(/<|@(?!\u200b)|(?<!\\)\]\(|^\/\w/m);
    // Fences of code are no span: none is opened but that of our graph, whose lines hold no sign that ends one of them.
    const graph = /^```mermaid\nflowchart LR\n(?: {2}[^`<>\n]*(?:-->[^`<>\n]*)?\n)+```$/gm;
    expect(text.replace(graph, "")).not.toMatch(/^```/m);
  },
  github: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^::(?:notice|warning|error) (?:[a-z]+=[^:,\r]*,?)+::[^\r]*$/);
  },
  openmetrics: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^# (?:TYPE|HELP|UNIT|EOF)|^[a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? \S+$/);
    expect(text.match(/^# EOF$/gm)).toHaveLength(1);
  },
  csv: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(
        /^(?:(?![=+\-@])[^",\r]*|"(?:[^"]|"")*")(?:,(?:(?![=+@])[^",\r]*|"(?![=+@])(?:[^"]|"")*"))*$/,
      );
  },
};

test("there are 40 of them", () => expect(new Set(hostileNames).size).toBeGreaterThanOrEqual(40));

describe.each(formatNames)("%s", (format) => {
  test.each(["check", "drift"])("of `%s`", async (command) => {
    for (const name of hostileNames) {
      await commandLine.write("a.json", exportOf(...entries(name, 0)));
      await commandLine.write("b.json", exportOf(...entries(name, 9)));
      const input = command === "check" ? ["a.json", "--verbose"] : ["--state", "a.json", "--actual", "b.json"];
      const { out, err, code } = await commandLine.duplex([command, ...input, "--format", format]);
      expect({ name, code, err }).toEqual({ name, code: expect.any(Number) as number, err: "" });
      expect(code).toBeGreaterThan(1);
      expect(out).not.toMatch(steering);
      checks[format](out);
    }
  });
});

test("what is told on standard error is a line for each mistake, and those of its text below it", async () => {
  for (const name of hostileNames) {
    await commandLine.write("settings.json", { estate: { tiers: { [name]: name } }, [name]: "mandatory" });
    await commandLine.write(
      "Pulumi.dev.yaml",
      stringify({ config: { "duplex:estate": { sites: [{ name }], [name]: 1 } } }),
    );
    await commandLine.write("a.json", exportOf(...entries("pay", 0)));
    for (const argv of [
      ["check", "a.json", "--config", "settings.json"],
      ["estate", "validate", "Pulumi.dev.yaml"],
      ["check", name.replace(/\0/g, "") || "x"],
      ["drift", "--state", "a.json", "--actual", `${name.replace(/\0/g, "")}x`],
    ]) {
      const { out, err, code } = await commandLine.duplex(argv);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).not.toMatch(/defect of duplex/);
      expect(err).not.toMatch(steering);
      expect(err).not.toMatch(/^\s*::|##[a-z]*\[/im);
      // What goes on below is set apart, and each mistake ends with its code.
      const begun = err
        .trimEnd()
        .split("\n")
        .filter((line) => !line.startsWith("  "));
      expect(begun).toHaveLength(err.match(/\[DPX\d{3}\]$/gm)?.length ?? 0);
    }
  }
});

test.each(["iam-policy", "cluster-role"])("`%s` writes one document", async (command) => {
  for (const name of hostileNames) {
    await commandLine.write("a.json", exportOf(...entries(name, 0)));
    const { out, err } = await commandLine.duplex([command, "a.json", "--allow-missing"]);
    expect(`${out}${err}`).not.toMatch(steering);
    expect(err).not.toMatch(/defect of duplex/);
    const documents = out === "" ? [] : parseAllDocuments(out).map((one) => one.toJS() as object);
    const key = command === "iam-policy" ? "Statement" : "rules";
    expect(documents.filter((one) => !(key in one))).toEqual([]);
  }
});
