import * as k8s from "@pulumi/kubernetes";
import type { KubernetesServiceArgs } from "../../../components/kubernetes/args";
import { KubernetesService } from "../../../components/kubernetes/kubernetesService";
import { evictionSecondsOf } from "../../../components/kubernetes/podDefaults";
import { ansan, codesIn, identity } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const deployment = "kubernetes:apps/v1:Deployment";
const networkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

const make = (more: Partial<KubernetesServiceArgs> = {}) =>
  record(() => {
    const provider = new k8s.Provider("ansan", { context: ansan.clusterContext });
    new KubernetesService(
      "login-ansan",
      {
        identity,
        site: ansan,
        units: 15,
        image: "registry.{site}.example/login:1",
        priorityClass: "duplex-critical",
        hosts: ["login.duplex.example"],
        ...more,
      },
      { provider },
    );
  });

describe("KubernetesService", () => {
  it("makes everything in the facility's cluster, in a namespace of this stack's own", async () => {
    const made = await make();
    const objects = made.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect([...new Set(objects.map(({ type }) => type))].sort()).toEqual([
      deployment,
      "kubernetes:core/v1:Namespace",
      "kubernetes:core/v1:Service",
      "kubernetes:core/v1:ServiceAccount",
      gateway,
      route,
      networkPolicy,
      "kubernetes:policy/v1:PodDisruptionBudget",
    ]);
    for (const { provider } of objects) expect(provider).toContain("pulumi:providers:kubernetes::ansan::");
    expect(made.one("kubernetes:core/v1:Namespace", "login-ansan").inputs["metadata"]).toMatchObject({
      name: "duplex-test-login",
    });
  });

  it("ends TLS at a gateway with a certificate for its names, and sends HTTP there", async () => {
    const made = await make();
    expect(made.one(gateway, "login-ansan").inputs).toMatchObject({
      metadata: { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } },
      spec: {
        gatewayClassName: "duplex",
        listeners: [
          { name: "http", port: 80, protocol: "HTTP" },
          {
            name: "https",
            port: 443,
            protocol: "HTTPS",
            hostname: "login.duplex.example",
            tls: { certificateRefs: [{ kind: "Secret", name: "login-tls" }] },
          },
        ],
      },
    });
    expect(made.one(route, "login-ansan").inputs["spec"]).toMatchObject({
      parentRefs: [{ name: "login", sectionName: "https" }],
      hostnames: ["login.duplex.example"],
      rules: [{ backendRefs: [{ name: "login", port: 80 }] }],
    });
    expect(made.one(route, "login-ansan-redirect").inputs["spec"]).toMatchObject({
      parentRefs: [{ name: "login", sectionName: "http" }],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] }],
    });
    expect(made.one("kubernetes:core/v1:Service", "login-ansan").inputs["spec"]).toMatchObject({
      type: "ClusterIP",
      ports: [{ port: 80, targetPort: "http" }],
    });
  });

  it("lets in the entrance and its callers, and out to what it calls; nobody else either way", async () => {
    const made = await make({
      port: 9090,
      callers: ["duplex-test-pay"],
      calls: [{ name: "keys", namespace: "duplex-test-keys", port: 7070 }],
      reaches: [{ name: "vendor", cidr: "192.0.2.0/24", port: 443 }],
    });
    const from = (namespace: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    });
    expect(made.one(networkPolicy, "login-ansan-closed").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(made.one(networkPolicy, "login-ansan").inputs["spec"]).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "login" } },
      ingress: [{ from: [from("gateway-system"), from("duplex-test-pay")], ports: [{ protocol: "TCP", port: 9090 }] }],
      egress: [
        {
          to: [from("kube-system")],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [from("duplex-test-keys")], ports: [{ protocol: "TCP", port: 7070 }] },
        { to: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [{ protocol: "TCP", port: 443 }] },
      ],
    });
  });

  it("an internal one has no gateway, a worker nothing that listens", async () => {
    const internal = await make({ kind: "internal", hosts: [] });
    expect(internal.ofType(gateway)).toEqual([]);
    expect(internal.ofType("kubernetes:core/v1:Service")).toHaveLength(1);
    const worker = await make({ kind: "worker", hosts: [] });
    expect(worker.ofType("kubernetes:core/v1:Service")).toEqual([]);
    expect(worker.one(networkPolicy, "login-ansan").inputs["spec"]).toMatchObject({ ingress: [] });
    const { template } = worker.one(deployment, "login-ansan").inputs["spec"] as { template: unknown };
    expect(JSON.stringify(template)).not.toContain("readinessProbe");
  });

  it("shows AWS a token of its cluster, and holds no key", async () => {
    const podIdentity = { roleArn: "arn:role", region: "ap-northeast-2" };
    const { inputs } = (await make({ podIdentity })).one(deployment, "login-ansan");
    expect(inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            serviceAccountName: "login",
            automountServiceAccountToken: false,
            volumes: [{ projected: { sources: [{ serviceAccountToken: { audience: "sts.amazonaws.com" } }] } }],
            containers: [
              {
                env: expect.arrayContaining([
                  { name: "AWS_ROLE_ARN", value: "arn:role" },
                  { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: "/var/run/secrets/aws/token" },
                ]) as unknown,
                volumeMounts: [{ mountPath: "/var/run/secrets/aws", readOnly: true }],
              },
            ],
          },
        },
      },
    });
  });

  it("finds variables and secrets in its environment", async () => {
    const made = await make({
      environment: { LOG_LEVEL: "info" },
      secrets: { API_KEY: { secret: "keys", key: "api" } },
    });
    expect(made.one(deployment, "login-ansan").inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                env: [
                  { name: "DUPLEX_SERVICE", value: "login" },
                  { name: "DUPLEX_SITE", value: "ansan" },
                  { name: "LOG_LEVEL", value: "info" },
                  { name: "PORT", value: "8080" },
                  { name: "API_KEY", valueFrom: { secretKeyRef: { name: "keys", key: "api" } } },
                ],
              },
            ],
          },
        },
      },
    });
  });

  it("runs the planned pods, spread over rooms by a hard rule and over power and hosts by soft ones", async () => {
    const { inputs } = (await make()).one(deployment, "login-ansan");
    expect(inputs).toMatchObject({
      spec: { replicas: 15, template: { spec: { priorityClassName: "duplex-critical" } } },
    });
    expect(inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            topologySpreadConstraints: [
              {
                topologyKey: "topology.kubernetes.io/zone",
                whenUnsatisfiable: "DoNotSchedule",
                nodeTaintsPolicy: "Honor",
                // Proven on the real scheduler: tests/scheduler/upkeep.test.ts.
                matchLabelKeys: ["pod-template-hash"],
              },
              {
                topologyKey: "topology.duplex.dev/power",
                whenUnsatisfiable: "ScheduleAnyway",
                matchLabelKeys: ["pod-template-hash"],
              },
              {
                topologyKey: "kubernetes.io/hostname",
                whenUnsatisfiable: "ScheduleAnyway",
                matchLabelKeys: ["pod-template-hash"],
              },
            ],
          },
        },
      },
    });
  });

  it("leaves a silent node after 30 seconds, not after Kubernetes' 300", async () => {
    const { inputs } = (await make()).one(deployment, "login-ansan");
    expect(inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            tolerations: [
              { key: "node.kubernetes.io/not-ready", effect: "NoExecute", tolerationSeconds: 30 },
              { key: "node.kubernetes.io/unreachable", effect: "NoExecute", tolerationSeconds: 30 },
            ],
          },
        },
      },
    });
  });

  it.each([
    ["critical", 300, 30],
    ["critical", 100, 20],
    ["critical", 60, 5],
    ["important", 900, 60],
    ["standard", 1800, 300],
    ["standard", 300, 220],
  ] as const)("of tier %s with an RTO of %d s leaves a silent node after %d s", (tier, rtoSeconds, seconds) => {
    const objectives = { rtoSeconds, rpoSeconds: 60, leastShare: 1 };
    expect(evictionSecondsOf({ tier, objectives })).toBe(seconds);
  });

  it("waits as long as its tier allows where nothing is promised", () => {
    expect(evictionSecondsOf({ tier: "standard" })).toBe(300);
  });

  it("limits what it requests, and pulls from the site's own registry", async () => {
    const { inputs } = (await make()).one(deployment, "login-ansan");
    const resources = { cpu: "2", memory: "4Gi" };
    expect(inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              { image: "registry.ansan.example/login:1", resources: { requests: resources, limits: resources } },
            ],
          },
        },
      },
    });
  });

  it("says in labels and annotations what it belongs to and can serve", async () => {
    const { inputs } = (await make()).one(deployment, "login-ansan");
    expect(inputs["metadata"]).toMatchObject({
      labels: { "duplex.dev/service": "login", "duplex.dev/tier": "critical", "duplex.dev/site": "ansan" },
      annotations: {
        "duplex.dev/unit-rps": "100",
        "duplex.dev/peak-rps": "1000",
        "duplex.dev/depends-on": "keys,?ads",
      },
    });
    const labels = (inputs["metadata"] as { labels: Record<string, string> }).labels;
    for (const value of Object.values(labels)) expect(value).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
  });

  it("lets a drain go on", async () => {
    const { inputs } = (await make()).one("kubernetes:policy/v1:PodDisruptionBudget", "login-ansan");
    expect(inputs["spec"]).toMatchObject({ maxUnavailable: "10%" });
  });

  it.each([
    [{ units: 0 }, ["DPX206"]],
    [{ units: 1 }, []],
    [{ units: 5000 }, []],
    [{ units: 5001, port: 0 }, ["DPX206", "DPX204"]],
    [{ hosts: [] }, ["DPX230"]],
    [{ reaches: [{ name: "x", cidr: "192.0.2.0/24", port: 70_000 }] }, ["DPX204"]],
  ])("takes or refuses %j", async (more, codes) => {
    let refused: readonly string[] = [];
    const made = await make(more).catch((error: unknown) => {
      refused = codesIn(error);
      return undefined;
    });
    expect(refused).toEqual(codes);
    expect(made?.ofType(deployment).length ?? 0).toBe(codes.length === 0 ? 1 : 0);
  });
});
