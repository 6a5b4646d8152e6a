/** `duplex check --kubeconfig`: live clusters, read by lists alone and judged like their manifests. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { listedKinds } from "../../../../cli/engine/cluster/readCluster";
import type { CheckReport } from "../../../../report/check/report";
import { CommandLine, type Answer } from "../../../support/cli";
import { FakeCluster, type FakeClusterOptions, type FakeObject } from "../../../support/fakeCluster";

const placeKey = "topology.duplex.dev/facility";

function node(name: string, facility: string): FakeObject {
  const managedFields = [{ manager: "kubelet", operation: "Update" }];
  return { apiVersion: "v1", kind: "Node", metadata: { name, labels: { [placeKey]: facility }, managedFields } };
}

function deployment(name: string, replicas: number): FakeObject {
  const labels = { "duplex.dev/service": name, "duplex.dev/tier": "critical" };
  const spread = [
    { topologyKey: placeKey, whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: labels } },
  ];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: name, labels },
    spec: { replicas, template: { metadata: { labels }, spec: { topologySpreadConstraints: spread, containers: [] } } },
  };
}

const objects = [
  ...["a", "b", "c"].flatMap((name) => [node(`${name}-1`, name), node(`${name}-2`, name)]),
  deployment("login", 6),
  deployment("pay", 6),
  {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "pay", namespace: "pay" },
    spec: { maxUnavailable: 1, selector: { matchLabels: { "duplex.dev/service": "pay" } } },
  },
] as const;

let commandLine: CommandLine;
let running: FakeCluster[];
beforeEach(() => {
  commandLine = new CommandLine();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((cluster) => cluster.stop()));
  commandLine.remove();
});

async function start(content: readonly FakeObject[], options?: FakeClusterOptions) {
  const cluster = new FakeCluster(content, options);
  running.push(cluster);
  return { cluster, server: await cluster.start() };
}

interface ConfigContext {
  readonly name: string;
  readonly server: string;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly cluster?: Readonly<Record<string, unknown>>;
}

async function kubeconfig(contexts: readonly ConfigContext[], more: Readonly<Record<string, unknown>> = {}) {
  return commandLine.write("kubeconfig", {
    apiVersion: "v1",
    kind: "Config",
    "current-context": contexts[0]?.name,
    contexts: contexts.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
    clusters: contexts.map(({ name, server, cluster = {} }) => ({ name, cluster: { server, ...cluster } })),
    users: contexts.map(({ name, user = {} }) => ({ name, user })),
    ...more,
  });
}

const check = (...options: readonly string[]) =>
  commandLine.duplex(["check", "--kubeconfig", "kubeconfig", "--format", "json", ...options]);

function reportOf(answer: Answer): CheckReport {
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}

const findingsOf = ({ findings }: CheckReport) =>
  findings.map(({ policy, service, verdict, lost, message }) => ({ policy, service, verdict, lost, message }));

describe("a live cluster", () => {
  test("is read by GET of lists alone, and never asked for a secret", async () => {
    const { cluster, server } = await start(objects);
    await kubeconfig([{ name: "wide", server }]);
    const report = reportOf(await check());
    expect(report.source).toMatchObject({ kind: "cluster", path: "kubeconfig", resources: objects.length + 1 });
    expect(cluster.requests.filter((line) => !line.startsWith("GET /api"))).toEqual([]);
    expect(cluster.requests.filter((line) => /secret|watch|token|proxy|log/.test(line))).toEqual([]);
    expect(cluster.requests).toHaveLength(listedKinds.length);
  });

  test("has the verdicts of its manifests", async () => {
    const { server } = await start(objects);
    await kubeconfig([{ name: "wide", server }]);
    await commandLine.write("wide.yaml", objects.map((one) => JSON.stringify(one)).join("\n---\n"));
    const live = findingsOf(reportOf(await check()));
    const manifests = findingsOf(reportOf(await commandLine.duplex(["check", "wide.yaml", "--format", "json"])));
    expect(live).toEqual(manifests);
    expect(live.some(({ policy }) => policy === "requests-absent")).toBe(true);
    // Three buildings by the labels of the nodes: neither workload hangs on one.
    expect(live.filter(({ policy }) => policy === "single-facility" || policy === "placement-proof")).toEqual([]);
  });

  test.each([{ pageSize: 1 }, { pageSize: 4, forgets: true }])("is read whole, page by page: %j", async (options) => {
    const { cluster, server } = await start(objects, options);
    await kubeconfig([{ name: "wide", server }]);
    expect(reportOf(await check()).source.resources).toBe(objects.length + 1);
    const pages = cluster.requests.filter((line) => line.startsWith("GET /api/v1/nodes"));
    expect(pages.filter((line) => line.includes("continue=")).length).toBe(options.forgets === true ? 1 : 5);
    expect(pages.some((line) => !line.includes("limit="))).toBe(options.forgets === true);
  });

  test("is one of several, each named for its context", async () => {
    const [east, west] = [
      await start([node("n", "east"), deployment("login", 3)]),
      await start([node("n", "west"), deployment("login", 3)]),
    ];
    await kubeconfig([
      { name: "east", server: east.server },
      { name: "west", server: west.server },
    ]);
    const single = (report: CheckReport) => report.findings.filter(({ policy }) => policy === "single-facility");
    expect(single(reportOf(await check()))).toMatchObject([{ service: "login", lost: ["facility:east"] }]);
    expect(single(reportOf(await check("--context", "east", "--context", "west")))).toEqual([]);
  });
});

describe("who asks", () => {
  test.each<[string, (folder: string) => Readonly<Record<string, unknown>>]>([
    ["a token", () => ({ token: "s3cret" })],
    ["a token in a file beside the kubeconfig", () => ({ tokenFile: "token.txt", token: "old" })],
    [
      "a command",
      (folder) => ({
        exec: {
          apiVersion: "client.authentication.k8s.io/v1",
          command: join(folder, "login.sh"),
          args: ["x"],
          env: [{ name: "WHO", value: "me" }],
        },
      }),
    ],
  ])("says so by %s", async (_, user) => {
    const { server } = await start(objects, { token: "s3cret" });
    await commandLine.write("token.txt", "s3cret\n");
    const script = join(commandLine.folder, "login.sh");
    const status = '{"kind":"ExecCredential","status":{"token":"s3cret"}}';
    writeFileSync(script, `#!/bin/sh\n[ "$1 $WHO" = "x me" ] && [ -n "$KUBERNETES_EXEC_INFO" ] && echo '${status}'\n`);
    chmodSync(script, 0o755);
    await kubeconfig([{ name: "wide", server, user: user(commandLine.folder) }]);
    expect(reportOf(await check()).source.kind).toBe("cluster");
  });

  test("is refused by name where the cluster does not know them, or does not let them list", async () => {
    const unknown = await start(objects, { token: "s3cret" });
    await kubeconfig([{ name: "wide", server: unknown.server, user: { token: "wrong" } }]);
    const first = await check();
    expect([first.code, first.out]).toEqual([1, ""]);
    expect(first.err).toMatch(/does not know who asks.*DPX032/);
    expect(first.err).not.toContain("wrong");
    const forbidden = await start(objects, { answers: { "/deployments": { status: 403 } } });
    await kubeconfig([{ name: "wide", server: forbidden.server }]);
    expect((await check()).err).toMatch(/list \/apis\/apps\/v1\/deployments\..*duplex-reader\.yaml.*DPX032/);
  });
});

describe("what cannot be read", () => {
  test.each<[string, FakeClusterOptions, RegExp]>([
    [
      "an answer that is no list",
      { answers: { "/nodes": { status: 200, body: "<html>" } } },
      /answers \/api\/v1\/nodes with 200 and no list.*DPX034/,
    ],
    ["an error of the server", { answers: { "/services": { status: 500 } } }, /services with 500 and no list.*DPX034/],
    [
      "a server that is no cluster",
      { answers: { "/nodes": { status: 404 } } },
      /does not know \/api\/v1\/nodes.*DPX034/,
    ],
  ])("is told: %s", async (_, options, message) => {
    const { server } = await start(objects, options);
    await kubeconfig([{ name: "wide", server }]);
    const answer = await check();
    expect([answer.code, answer.out]).toEqual([1, ""]);
    expect(answer.err).toMatch(message);
  });

  test("is told where nobody answers", async () => {
    const { cluster, server } = await start(objects);
    await cluster.stop();
    running = [];
    await kubeconfig([{ name: "wide", server }]);
    expect((await check()).err).toMatch(
      /context "wide" at http:\/\/127\.0\.0\.1:\d+ cannot be read \(ECONNREFUSED\).*DPX031/,
    );
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["no current context", { "current-context": "" }, /no current context.*one of: wide.*DPX030/],
    ["a context that is not there", { "current-context": "mars" }, /no context "mars".*one of: wide.*DPX030/],
    ["a cluster without a server", { clusters: [{ name: "wide", cluster: {} }] }, /leads to no server.*DPX030/],
    [
      "a proxy",
      { clusters: [{ name: "wide", cluster: { server: "http://x", "proxy-url": "http://p" } }] },
      /asks for a proxy.*kubectl get.*DPX033/,
    ],
    [
      "a legacy way of logging in",
      { users: [{ name: "wide", user: { "auth-provider": { name: "gcp" } } }] },
      /auth-provider.*DPX033/,
    ],
    [
      "a command without a version",
      { users: [{ name: "wide", user: { exec: { command: "aws" } } }] },
      /must name a command and an apiVersion.*DPX030/,
    ],
    [
      "a command that fails",
      {
        users: [{ name: "wide", user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "false" } } }],
      },
      /gives no credential.*ended with 1.*DPX033/,
    ],
    [
      "a command that is not there",
      {
        users: [
          {
            name: "wide",
            user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-command-here" } },
          },
        ],
      },
      /ENOENT.*DPX033/,
    ],
    [
      "a certificate that is not there",
      { users: [{ name: "wide", user: { "client-certificate": "gone.pem" } }] },
      /gone\.pem, cannot be read \(ENOENT\).*DPX030/,
    ],
  ])("is told of a kubeconfig with %s", async (_, more, message) => {
    await kubeconfig([{ name: "wide", server: "http://127.0.0.1:9" }], more);
    const answer = await check();
    expect([answer.code, answer.out]).toEqual([1, ""]);
    expect(answer.err).toMatch(message);
  });

  test("is one thing at a time", async () => {
    for (const argv of [
      ["check"],
      ["check", "a.json", "--kubeconfig", "k"],
      ["check", "a.json", "--context", "c"],
      ["check", "--kubeconfig", "k", "--stack", "s"],
    ]) {
      const answer = await commandLine.duplex(argv);
      expect([answer.code, answer.out]).toEqual([1, ""]);
      expect(answer.err).toContain("DPX001");
    }
  });
});

test("the role of ci/kubernetes allows what is listed, and nothing else", () => {
  interface Role {
    readonly kind: string;
    readonly rules?: readonly {
      apiGroups: readonly string[];
      resources: readonly string[];
      verbs: readonly string[];
    }[];
  }
  const file = join(__dirname, "..", "..", "..", "..", "ci", "kubernetes", "duplex-reader.yaml");
  const documents = parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as Role);
  const rules = documents.find(({ kind }) => kind === "ClusterRole")?.rules ?? [];
  expect([...new Set(rules.flatMap(({ verbs }) => verbs))].sort()).toEqual(["get", "list"]);
  const allowed = rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((one) => `${group}/${one}`)),
  );
  expect([...allowed].sort()).toEqual(listedKinds.map(({ group, plural }) => `${group}/${plural}`).sort());
});
