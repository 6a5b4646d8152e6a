import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { longestFileBytes, readEstateFile } from "../../estate";
import { UserError } from "../../model";
import { estateConfig, withValue } from "../support/estateConfig";

const root = join(__dirname, "..", "..");
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "duplex-estate-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, "Pulumi.test.yaml");
  writeFileSync(path, text);
  return path;
}

function mistakesIn(path: string) {
  try {
    readEstateFile(path);
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
  return [];
}

const right = stringify({ config: { "duplex:estate": estateConfig() } });

describe("readEstateFile", () => {
  it("reads an estate", () => {
    expect(readEstateFile(write(right)).services.map((service) => service.name)).toEqual(["login", "shop"]);
  });

  it("names file and line of a mistake", () => {
    const wrong = withValue(estateConfig(), ["services", 0, "unitRps"], -1);
    const path = write(`# a comment\n${stringify({ config: { "duplex:estate": wrong } })}`);
    const line = readFileSync(path, "utf8").split("\n").indexOf("        unitRps: -1") + 1;
    expect(mistakesIn(path)).toMatchObject([{ code: "DPX113", file: "Pulumi.test.yaml", line }]);
    expect(line).toBeGreaterThan(0);
  });

  it.each([
    ["empty", "", "DPX103"],
    ["blank", " \n\n", "DPX103"],
    ["not YAML", "config: [", "DPX104"],
    ["without a configuration", "# nothing\n", "DPX105"],
    ["a list", "- 1\n", "DPX105"],
    ["without the key", "config:\n  aws:region: ap-northeast-2\n", "DPX105"],
    ["with nothing under the key", "config:\n  duplex:estate:\n", "DPX105"],
  ])("refuses a file that is %s", (_, text, code) => {
    expect(mistakesIn(write(text)).map((mistake) => mistake.code)).toEqual([code]);
  });

  it("suggests the key where it is misspelt", () => {
    expect(mistakesIn(write("config:\n  duplex:estat: {}\n"))).toMatchObject([
      { code: "DPX105", fix: 'Rename "duplex:estat" to "duplex:estate".' },
    ]);
  });

  it("refuses a file that is not there, and a folder", () => {
    expect(mistakesIn(join(folder, "absent.yaml"))).toMatchObject([{ code: "DPX101" }]);
    expect(mistakesIn(folder)).toMatchObject([{ code: "DPX101" }]);
  });

  it("takes a file of 128 KiB and refuses one of a byte more", () => {
    const filled = (bytes: number) => `${right}#${"x".repeat(bytes - Buffer.byteLength(right) - 1)}`;
    expect(mistakesIn(write(filled(longestFileBytes)))).toEqual([]);
    const [mistake] = mistakesIn(write(filled(longestFileBytes + 1)));
    expect(mistake).toMatchObject({ code: "DPX102" });
    expect(mistake?.message).toContain("131073 bytes");
  });

  it("refuses 10 MB without reading them", () => {
    expect(mistakesIn(write("x".repeat(10_000_000)))).toMatchObject([{ code: "DPX102" }]);
  });
});

describe("Pulumi.prod.yaml", () => {
  const estate = readEstateFile(join(root, "Pulumi.prod.yaml"));

  it("holds the sites and services of the incident", () => {
    expect(estate.sites.map((site) => site.name).sort()).toEqual(
      ["anyang", "ansan", "chuncheon", "osaka", "pangyo", "seoul", "tokyo"].sort(),
    );
    expect(estate.services.map((service) => service.name).sort()).toEqual(
      ["ads", "gift", "login", "messenger", "mobility", "music", "pay", "shopping"].sort(),
    );
    expect(estate.services.find((service) => service.name === "messenger")?.users).toBe(43_400_000);
  });

  it("puts nothing critical into the building of 2022", () => {
    const critical = estate.services.filter((service) => service.tier === "critical");
    expect(critical.map((service) => service.name).sort()).toEqual(["login", "messenger", "pay"]);
    for (const service of critical) {
      expect(service.sites).not.toContain("pangyo");
      expect(service.data?.followers).not.toContain("pangyo");
    }
  });
});
