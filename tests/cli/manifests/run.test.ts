/** `duplex manifests`: what a program makes in each cluster, fit to be applied and to be judged again. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { CheckReport } from "../../../report/check/report";
import { CommandLine, type Answer } from "../../support/cli";

const root = join(__dirname, "..", "..", "..");
const slow = 120_000;

describe("duplex manifests", () => {
  let commandLine: CommandLine;
  beforeEach(() => {
    commandLine = new CommandLine();
  });
  afterEach(() => commandLine.remove());
  const program = join(root, "tests", "fixtures", "programs", "two-sites");

  test(
    "writes one cluster to standard output, and never two into one stream",
    async () => {
      const both = await commandLine.duplex(["manifests", program]);
      expect(both).toMatchObject({ code: 1, out: "" });
      expect(both.err).toContain("DPX017");
      const one = await commandLine.duplex(["manifests", program, "--cluster", "pangyo"]);
      expect(one.code).toBe(0);
      const kinds = parseAllDocuments(one.out).map((document) => (document.toJS() as { kind: string }).kind);
      expect(kinds).toEqual(["ConfigMap", "Deployment"]);
      expect(one.err).toMatch(/Secret, and replaced by a placeholder: ConfigMap pangyo-[0-9a-f]{8} data\.password\./);
      const none = await commandLine.duplex(["manifests", program, "--cluster", "mars"]);
      expect(none.err).toMatch(/"mars".*Give one of: .*pangyo.*DPX016/);
    },
    slow,
  );

  test(
    "refuses a folder that holds other manifests, and a program without any",
    async () => {
      mkdirSync(join(commandLine.folder, "out"));
      await commandLine.write("out/gone.yaml", "kind: x");
      const answer = await commandLine.duplex(["manifests", program, "-o", "out"]);
      expect(answer.code).toBe(1);
      expect(answer.err).toMatch(/gone\.yaml.*DPX018/);
      expect(readdirSync(join(commandLine.folder, "out"))).toEqual(["gone.yaml"]);
      const none = await commandLine.duplex(["manifests", join(root, "tests/fixtures/programs/zone-not-known")]);
      expect(none.err).toContain("DPX015");
    },
    slow,
  );

  test(
    "are judged like the program: the layout of 2022, but for the names in DNS, which are no objects of Kubernetes",
    async () => {
      const example = join(root, "examples", "pangyo-2022");
      expect((await commandLine.duplex(["manifests", example, "-o", "out", "--write-sites", "sites.json"])).code).toBe(
        0,
      );
      const fromFiles = reportOf(
        await commandLine.duplex(["check", "out", "--sites", "sites.json", "--format", "json"]),
      );
      const fromProgram = reportOf(await commandLine.duplex(["check", example, "--format", "json"]));
      expect(fromFiles.source.kind).toBe("manifests");
      expect(fromFiles.verdict).toBe("refused");
      // What speaks of names has nothing to speak of; a peak that only the names shift is judged with them.
      const ofNames = new Set([
        "dns-health-check",
        "dns-ttl",
        "failover-control-plane",
        "single-dns-provider",
        "single-vendor",
        "status-page-absent",
        "unrouted-site",
      ]);
      const lines = ({ findings }: CheckReport) =>
        findings
          .filter(
            ({ policy, service }) =>
              !ofNames.has(policy) && !(policy === "reserve-n-minus-1" && service === "exchange"),
          )
          .map(({ policy, service, verdict, lost }) =>
            [policy, service, verdict, ...whoseLoss(policy, lost)].join(" "),
          );
      expect(lines(fromFiles)).toEqual(lines(fromProgram));
      expect(lines(fromFiles).length).toBeGreaterThan(60);
    },
    slow,
  );

  test("of several clusters are a file or a folder for each; --cluster says where one stands", async () => {
    const deployment = (name: string) =>
      JSON.stringify({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name, labels: { "duplex.dev/service": name, "duplex.dev/tier": "critical" } },
        spec: { replicas: 2 },
      });
    mkdirSync(join(commandLine.folder, "clusters", "b"), { recursive: true });
    await commandLine.write("clusters/a.yaml", deployment("web"));
    await commandLine.write("clusters/b/web.yaml", deployment("web"));
    await commandLine.write("clusters/b/api.json", deployment("api"));
    await commandLine.write("clusters/README.md", "no manifest");
    const site = (name: string) => ({
      kind: "facility",
      name,
      region: "r",
      operator: name,
      powerFeeds: [name],
      carriers: ["kt"],
      batteryRoomsSeparated: true,
      batteryChemistry: "none",
      firePlanKeepsPower: true,
    });
    await commandLine.write("sites.json", { sites: [site("east"), site("west")] });
    const lost = async (...places: readonly string[]) => {
      const options = places.flatMap((place) => ["--cluster", place]);
      const answer = await commandLine.duplex([
        "check",
        "clusters",
        "--sites",
        "sites.json",
        "--format",
        "json",
        ...options,
      ]);
      const { findings } = reportOf(answer);
      return findings
        .filter(({ policy }) => policy === "single-facility")
        .map(({ service, verdict, lost }) => `${service} ${verdict} ${lost?.join("+")}`);
    };
    expect(await lost("a.yaml=east", "b=west")).toEqual(["api broken facility:west"]);
    expect(await lost("a=west", "clusters/b=west")).toEqual(["api broken facility:west", "web broken facility:west"]);
    const wrong = await commandLine.duplex(["check", "clusters", "--sites", "sites.json", "--cluster", "a=mars"]);
    expect(wrong.err).toContain("DPX410");
    const usage = await commandLine.duplex(["check", "clusters", "--cluster", "east"]);
    expect(usage.err).toContain("DPX001");
  });
});

/** Where names are answered by an operator, that one is another whose loss is one too many. */
function whoseLoss(policy: string, lost: readonly string[] | null | undefined): readonly string[] {
  return policy === "single-operator" ? [] : (lost ?? []);
}

function reportOf(answer: Answer): CheckReport {
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}
