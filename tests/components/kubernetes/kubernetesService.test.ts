import * as k8s from "@pulumi/kubernetes";
import { KubernetesService, type KubernetesServiceArgs } from "../../../components/kubernetes/kubernetesService";
import { evictionSecondsOf } from "../../../components/kubernetes/podDefaults";
import { ansan, codesIn, identity } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const deployment = "kubernetes:apps/v1:Deployment";

function make(more: Partial<KubernetesServiceArgs> = {}) {
  return record(() => {
    const provider = new k8s.Provider("ansan", { context: ansan.clusterContext });
    const args = { identity, site: ansan, provider, units: 15, image: "registry.{site}.example/login:1", ...more };
    new KubernetesService("login-ansan", { priorityClass: "duplex-critical", ...args });
  });
}

describe("KubernetesService", () => {
  it("makes every object through the facility's provider", async () => {
    const { resources } = await make();
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.map(({ type }) => type).sort()).toEqual([
      "kubernetes:apps/v1:Deployment",
      "kubernetes:core/v1:Namespace",
      "kubernetes:core/v1:Service",
      "kubernetes:policy/v1:PodDisruptionBudget",
    ]);
    for (const { provider } of objects) expect(provider).toContain("pulumi:providers:kubernetes::ansan::");
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
