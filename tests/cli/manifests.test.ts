/** `duplex manifests`: what a program makes in each cluster, fit to be applied and to be judged again. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { manifestsOf, type ClusterManifests } from "../../cli/manifests/manifestsOf";
import { fileOfCluster, manifestText } from "../../cli/manifests/write";
import { clusterOfFile } from "../../cli/input/clusterOfFile";
import { Recorder, type RegisterRequest } from "../../cli/programRunner/recorder";
import { unknownText } from "../../cli/programRunner/wire";
import { componentTypes } from "../../model";
import type { CheckReport } from "../../report/checkReport";
import { EstateJudge, type Answer } from "../support/cli";

const root = join(__dirname, "..", "..");
const slow = 120_000;
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A program's registrations, made by hand. */
class Program {
  readonly recorder = new Recorder({ project: "p", stack: "dev", config: {} });

  /** @returns the reference by which objects name the provider */
  cluster(name: string, inputs: RegisterRequest["inputs"] = { context: name }, parent = ""): string {
    const { urn } = this.register({ type: "pulumi:providers:kubernetes", name, inputs, parent });
    return `${urn}::${unknownText}`;
  }

  site(name: string): string {
    const { urn } = this.register({ type: componentTypes.site, name: `site-${name}`, custom: false });
    this.recorder.publish(urn, { site: { kind: "facility", name } });
    return urn;
  }

  object(provider: string, apiVersion: string, kind: string, rest: RegisterRequest["inputs"]) {
    const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
    return this.register({ type, provider, inputs: { apiVersion, kind, ...rest } });
  }

  register(changes: Partial<RegisterRequest>) {
    const name = `one-${this.recorder.registrations().length}`;
    return this.recorder.register({
      ...{ type: "", name, custom: true, parent: "", provider: "", id: "", version: "4.34.2", downloadUrl: "" },
      ...{ inputs: {}, dependencies: [], propertyDependencies: {}, ...changes },
    });
  }

  manifests(): readonly ClusterManifests[] {
    return manifestsOf(this.recorder.registrations());
  }
}

describe("the objects of a program", () => {
  test("go to the cluster of their provider's context, and say the site around it", () => {
    const program = new Program();
    const east = program.cluster("east", { context: "east-admin" }, program.site("chuncheon"));
    const west = program.cluster("west", { cluster: "west-cluster" });
    program.object(east, "v1", "Namespace", { metadata: { name: "shop" } });
    program.object(west, "v1", "Namespace", { metadata: { name: "shop" } });
    const found = program.manifests().map(({ cluster, site, objects }) => [cluster, site, objects.length]);
    expect(found).toEqual([
      ["east-admin", "chuncheon", 1],
      ["west-cluster", undefined, 1],
    ]);
  });

  test("come in an order in which they can be applied, whatever the order of the program", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const metadata = { name: "x", namespace: "shop" };
    program.object(cluster, "apps/v1", "Deployment", { metadata });
    program.object(cluster, "scheduling.k8s.io/v1", "PriorityClass", { metadata: { name: "high" }, value: 10 });
    program.object(cluster, "v1", "ConfigMap", { metadata });
    program.object(cluster, "v1", "Namespace", { metadata: { name: "shop" } });
    const [only] = program.manifests();
    expect(only?.objects.map((object) => object["kind"])).toEqual(["Namespace", "PriorityClass", "ConfigMap", "Deployment"]); // prettier-ignore
  });

  test("have the same made-up names each time, and the provider's namespace where they are in one", () => {
    const made = () => {
      const program = new Program();
      const cluster = program.cluster("a", { context: "a", namespace: "shop" });
      program.object(cluster, "v1", "ConfigMap", { data: { a: "b" } });
      program.object(cluster, "v1", "ConfigMap", { metadata: { name: "own", namespace: "other" } });
      program.object(cluster, "v1", "Namespace", { metadata: { name: "shop" } });
      return program.manifests();
    };
    expect(made()).toEqual(made());
    expect(made()[0]?.objects.map((object) => object["metadata"])).toEqual([
      { name: "shop" },
      { name: "own", namespace: "other" },
      { name: expect.stringMatching(/^one-1-[0-9a-f]{8}$/) as string, namespace: "shop" },
    ]);
  });

  test("hold nothing that is Pulumi's own", () => {
    const program = new Program();
    program.object(program.cluster("a"), "v1", "ConfigMap", {
      __defaults: [],
      metadata: { __defaults: ["name"], name: "x" },
      data: { key: "value" },
    });
    expect(program.manifests()[0]?.objects).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data: { key: "value" } },
    ]);
  });

  test("never hold a secret, marked or of the kind that holds nothing else; the places are told", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const secret = (value: string | { readonly [key: string]: string }) => ({ ...secretMark, value });
    program.object(cluster, "v1", "Secret", {
      metadata: { name: "s" },
      data: secret({ pin: "aHVudGVyMg==" }),
      stringData: { open: "hunter2" },
    });
    program.object(cluster, "v1", "ConfigMap", { metadata: { name: "c" }, data: { url: secret("hunter2") } });
    const [only] = program.manifests();
    const text = JSON.stringify(only);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("aHVudGVyMg");
    expect(only?.secret).toEqual([
      { object: "ConfigMap c", path: "data.url" },
      { object: "Secret s", path: "data.pin" },
      { object: "Secret s", path: "stringData.open" },
    ]);
    // The server refuses data that is not base64.
    const pin = (only?.objects[1]?.["data"] as { pin: string }).pin;
    expect(Buffer.from(pin, "base64").toString()).toBe("[secret]");
  });

  test("name what is not known before it is deployed, and what is not made here", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const metadata = { name: "x" };
    program.object(cluster, "v1", "ConfigMap", { metadata, data: { uid: unknownText, list: ["a", unknownText] } });
    program.register({ type: "kubernetes:helm.sh/v3:Release", name: "chart", provider: cluster });
    program.register({ type: "kubernetes:apps/v1:DeploymentPatch", name: "p", provider: cluster, inputs: { apiVersion: "apps/v1", kind: "Deployment", metadata } }); // prettier-ignore
    program.register({ type: "kubernetes:core/v1:Namespace", name: "read", provider: cluster, id: "shop", inputs: { apiVersion: "v1", kind: "Namespace", metadata } }); // prettier-ignore
    const [only] = program.manifests();
    expect(only?.objects).toHaveLength(1);
    expect(only?.unknown.map(({ object, path }) => `${object} ${path}`)).toEqual(["ConfigMap x data.list[1]", "ConfigMap x data.uid"]); // prettier-ignore
    expect(only?.leftOut.map((reason) => reason.split(":", 4).slice(0, 3).join(":"))).toEqual([
      'kubernetes:apps/v1:DeploymentPatch "p"',
      'kubernetes:core/v1:Namespace "read"',
      'kubernetes:helm.sh/v3:Release "chart"',
    ]);
  });
});

describe("the text of manifests", () => {
  const cluster = (data: Readonly<Record<string, string>>): ClusterManifests => ({
    ...{ cluster: "a", unknown: [], secret: [], leftOut: [] },
    objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data }],
  });

  test("keeps texts that YAML 1.1, as kubectl reads it, would take for something else", () => {
    const data = {
      a: "on",
      b: "yes",
      c: "1_000",
      d: "012",
      e: "1e3",
      f: "0x1F",
      g: "null",
      h: "12:30:45",
      i: "~",
      j: "",
    };
    const [document] = parseAllDocuments(manifestText(cluster(data), "yaml"), { version: "1.1" });
    expect((document?.toJS() as { data: unknown }).data).toEqual(data);
  });

  test("is a List in JSON", () => {
    expect(JSON.parse(manifestText(cluster({ a: "b" }), "json"))).toMatchObject({ kind: "List", items: [{ data: { a: "b" } }] }); // prettier-ignore
  });

  test("has a file whose name leads back to the cluster", () => {
    for (const name of ["pangyo", "gke_project_zone_name", "arn:aws:eks:ap-northeast-2:1:cluster/a", "a.b", "50%"]) {
      const file = fileOfCluster(name, "yaml");
      expect(file).not.toContain("/");
      expect(clusterOfFile(join("some", "folder", file))).toBe(name);
    }
  });
});

describe("duplex manifests", () => {
  let estateJudge: EstateJudge;
  beforeEach(() => {
    estateJudge = new EstateJudge();
  });
  afterEach(() => estateJudge.remove());
  const program = join(root, "tests", "fixtures", "programs", "two-sites");

  test(
    "writes one cluster to standard output, and never two into one stream",
    async () => {
      const both = await estateJudge.duplex(["manifests", program]);
      expect(both).toMatchObject({ code: 1, out: "" });
      expect(both.err).toContain("DPX017");
      const one = await estateJudge.duplex(["manifests", program, "--cluster", "pangyo"]);
      expect(one.code).toBe(0);
      const kinds = parseAllDocuments(one.out).map((document) => (document.toJS() as { kind: string }).kind);
      expect(kinds).toEqual(["ConfigMap", "Deployment"]);
      expect(one.err).toMatch(/Secret, and replaced by a placeholder: ConfigMap pangyo-[0-9a-f]{8} data\.password\./);
      const none = await estateJudge.duplex(["manifests", program, "--cluster", "mars"]);
      expect(none.err).toMatch(/"mars".*Give one of: .*pangyo.*DPX016/);
    },
    slow,
  );

  test(
    "refuses a folder that holds other manifests, and a program without any",
    async () => {
      mkdirSync(join(estateJudge.folder, "out"));
      await estateJudge.write("out/gone.yaml", "kind: x");
      const answer = await estateJudge.duplex(["manifests", program, "-o", "out"]);
      expect(answer.code).toBe(1);
      expect(answer.err).toMatch(/gone\.yaml.*DPX018/);
      expect(readdirSync(join(estateJudge.folder, "out"))).toEqual(["gone.yaml"]);
      const none = await estateJudge.duplex(["manifests", join(root, "tests/fixtures/programs/zone-not-known")]);
      expect(none.err).toContain("DPX015");
    },
    slow,
  );

  test(
    "are judged like the program: the layout of 2022, but for the names in DNS, which are no objects of Kubernetes",
    async () => {
      const example = join(root, "examples", "pangyo-2022");
      expect((await estateJudge.duplex(["manifests", example, "-o", "out", "--write-sites", "sites.json"])).code).toBe(
        0,
      );
      const fromFiles = reportOf(
        await estateJudge.duplex(["check", "out", "--sites", "sites.json", "--format", "json"]),
      );
      const fromProgram = reportOf(await estateJudge.duplex(["check", example, "--format", "json"]));
      expect(fromFiles.source.kind).toBe("manifests");
      expect(fromFiles.verdict).toBe("refused");
      // What speaks of names has nothing to speak of; a peak that only the names shift is judged with them.
      const ofNames = new Set([
        "dns-health-check",
        "dns-ttl",
        "failover-control-plane",
        "single-dns-provider",
        "status-page-absent",
        "unrouted-site",
      ]);
      const lines = ({ findings }: CheckReport) =>
        findings
          .filter(
            ({ policy, service }) =>
              !ofNames.has(policy) && !(policy === "reserve-n-minus-1" && service === "exchange"),
          )
          .map(({ policy, service, verdict, lost }) => [policy, service, verdict, ...(lost ?? [])].join(" "));
      expect(lines(fromFiles)).toEqual(lines(fromProgram));
      expect(lines(fromFiles).length).toBeGreaterThan(60);
    },
    slow,
  );

  test("of several clusters are a file or a folder for each; --cluster says where one stands", async () => {
    const deployment = (name: string) =>
      JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name, labels: { "duplex.dev/service": name, "duplex.dev/tier": "critical" } }, spec: { replicas: 2 } }); // prettier-ignore
    mkdirSync(join(estateJudge.folder, "clusters", "b"), { recursive: true });
    await estateJudge.write("clusters/a.yaml", deployment("web"));
    await estateJudge.write("clusters/b/web.yaml", deployment("web"));
    await estateJudge.write("clusters/b/api.json", deployment("api"));
    await estateJudge.write("clusters/README.md", "no manifest");
    const site = (name: string) => ({ kind: "facility", name, region: "r", operator: name, powerFeeds: [name], carriers: ["kt"], batteryRoomsSeparated: true, batteryChemistry: "none", firePlanKeepsPower: true }); // prettier-ignore
    await estateJudge.write("sites.json", { sites: [site("east"), site("west")] });
    const lost = async (...places: readonly string[]) => {
      const options = places.flatMap((place) => ["--cluster", place]);
      const answer = await estateJudge.duplex([
        "check",
        "clusters",
        "--sites",
        "sites.json",
        "--format",
        "json",
        ...options,
      ]);
      const { findings } = reportOf(answer);
      return findings.filter(({ policy }) => policy === "single-facility").map(({ service, verdict, lost }) => `${service} ${verdict} ${lost?.join("+")}`); // prettier-ignore
    };
    expect(await lost("a.yaml=east", "b=west")).toEqual(["api broken facility:west"]);
    expect(await lost("a=west", "clusters/b=west")).toEqual(["api broken facility:west", "web broken facility:west"]);
    const wrong = await estateJudge.duplex(["check", "clusters", "--sites", "sites.json", "--cluster", "a=mars"]);
    expect(wrong.err).toContain("DPX410");
    const usage = await estateJudge.duplex(["check", "clusters", "--cluster", "east"]);
    expect(usage.err).toContain("DPX001");
  });
});

function reportOf(answer: Answer): CheckReport {
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}
