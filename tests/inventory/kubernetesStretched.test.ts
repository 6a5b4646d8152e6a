/** A cluster over several buildings: where its control plane stands, and what room takes in the pods of a lost one. */
import { readEstate } from "../../inventory";
import { losesQuorum } from "../../inventory/kubernetes/cluster/controlPlane";
import { type DomainId, type Estate } from "../../model";
import { createSurvival } from "../../survival";
import { createFailureGraph } from "../../survival/failureGraph";
import { catalogue } from "../../policies/catalogue";
import { judge } from "../../policies/judge";
import { facility } from "../support/estateBuilder";
import { serviceIn } from "../support/estateOf";
import { StackBuilder } from "../support/stackBuilder";

const names = ["a", "b", "c"] as const;
const sites = names.map((name) => facility(name));
const controlPlane = "controlPlane:kubernetes/wide";

interface Layout {
  readonly over?: string;
  readonly pods?: number;
  readonly placeholders?: number;
  readonly toleration?: number;
  readonly placeholderCpu?: string;
  readonly spreadPlaceholders?: boolean;
  readonly rtoSeconds?: number;
}

/** A service of 100 requests per second a pod in one cluster, with placeholder pods beside it. */
function layout(options: Layout = {}, change: (stack: StackBuilder) => void = () => undefined): Estate {
  const { over = "a,b,c", pods = 9, placeholders = 6, toleration = 30, placeholderCpu = "2" } = options;
  const { spreadPlaceholders = true, rtoSeconds = 300 } = options;
  const stack = new StackBuilder();
  const cluster = stack.cluster("wide");
  const spread = (app: string) => ({
    topologySpreadConstraints: [
      {
        topologyKey: "topology.duplex.dev/facility",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { app } },
      },
    ],
  });
  const asking = (cpu: string) => ({ containers: [{ name: "main", resources: { requests: { cpu, memory: "4Gi" } } }] });
  const tolerations = [{ key: "node.kubernetes.io/unreachable", effect: "NoExecute", tolerationSeconds: toleration }];
  stack.add("kubernetes:scheduling.k8s.io/v1:PriorityClass", "low", { metadata: { name: "low" }, value: -10 }, { provider: cluster }); // prettier-ignore
  const words = {
    service: "pay",
    tier: "critical",
    peakRps: 900,
    unitRps: 100,
    rtoSeconds,
    rpoSeconds: 0,
    leastShare: 1,
  };
  stack.deployment(cluster, "pay", pods, words, { ...spread("pay"), ...asking("2"), tolerations }, "pay");
  const room = { ...(spreadPlaceholders ? spread("room") : {}), ...asking(placeholderCpu), priorityClassName: "low" };
  if (placeholders > 0) stack.deployment(cluster, "room", placeholders, { service: "pay", role: "placeholder" }, room, "pay"); // prettier-ignore
  change(stack);
  return readEstate(stack.resources, { sites, clusters: { wide: over } });
}

function after(estate: Estate, ...lost: readonly string[]) {
  const { share, immediateShare, rtoSeconds, needsControlPlane } = createSurvival(estate).outcome(
    "pay",
    lost.map((name): DomainId => `facility:${name}`),
  );
  return { share: Math.round(share * 1e6) / 1e6, immediateShare: Math.round(immediateShare * 1e6) / 1e6, rtoSeconds, needsControlPlane }; // prettier-ignore
}

function isControlPlaneLeft(estate: Estate, ...lost: readonly string[]): boolean {
  return !createFailureGraph(estate.domains)
    .failed(lost.map((name): DomainId => `facility:${name}`))
    .has(controlPlane);
}

describe("the control plane of a stretched cluster", () => {
  it.each([
    ["a", ["a"], []],
    ["a,b", ["a"], []],
    ["a,b", ["b"], []],
    ["a,b,c", ["a", "b"], ["a"]],
  ])("over %s falls with %j and not with %j", (over, fatal, harmless) => {
    const estate = layout({ over });
    expect(isControlPlaneLeft(estate, ...fatal)).toBe(false);
    expect(isControlPlaneLeft(estate, ...harmless)).toBe(true);
  });

  it("stands where the nodes of its role stand, which are no place for pods", () => {
    const withMembers = (...homes: readonly string[]) =>
      layout({ over: "a,b", pods: 10 }, (stack) => {
        const cluster = stack.resources.find(({ name }) => name === "wide");
        homes.forEach((home, index) => {
          const labels = { "topology.duplex.dev/facility": home, "node-role.kubernetes.io/control-plane": "" };
          stack.add("kubernetes:core/v1:Node", `m${index}`, { metadata: { name: `m${index}`, labels } }, { provider: cluster });
        });
      }); // prettier-ignore
    const witness = withMembers("a", "b", "c");
    expect([isControlPlaneLeft(witness, "a"), isControlPlaneLeft(witness, "a", "c")]).toEqual([true, false]);
    expect(serviceIn(witness, "pay").replicas.filter(({ role }) => role === "active")).toHaveLength(2);
    const uneven = withMembers("a", "b", "b");
    expect([isControlPlaneLeft(uneven, "a"), isControlPlaneLeft(uneven, "b")]).toEqual([true, false]);
  });

  it("loses its majority with any smallest group that holds half of the votes", () => {
    const votes = (...homes: readonly string[]) => homes.map((home): DomainId => `facility:${home}`);
    expect(losesQuorum(votes("a"))).toEqual([votes("a")]);
    expect(losesQuorum(votes("a", "b"))).toEqual([votes("a"), votes("b")]);
    expect(losesQuorum(votes("a", "b", "c"))).toEqual([votes("a", "b"), votes("a", "c"), votes("b", "c")]);
    expect(losesQuorum(votes("a", "a", "b"))).toEqual([votes("a")]);
    expect(losesQuorum(votes("a", "b", "c", "d"))).toHaveLength(6);
    expect(losesQuorum(votes("a", "b", "c", "d", "e"))).toHaveLength(10);
  });
});

describe("placeholder pods in a stretched cluster", () => {
  it("take in what a lost building held, after grace, toleration and start, by the control plane", () => {
    expect(after(layout(), "a")).toEqual({ share: 1, immediateShare: 0.666667, rtoSeconds: 50 + 30 + 30, needsControlPlane: true }); // prettier-ignore
    expect(after(layout({ toleration: 10 }), "a").rtoSeconds).toBe(50 + 10 + 30);
  });

  it("take in the last pods when the last of the building's nodes is tainted", () => {
    const withHosts = (hosts: number) =>
      layout({}, (stack) => {
        const cluster = stack.resources.find(({ name }) => name === "wide");
        for (const home of names) {
          for (let host = 0; host < hosts; host++) {
            const metadata = { name: `${home}${host}`, labels: { "topology.duplex.dev/facility": home } };
            stack.add("kubernetes:core/v1:Node", `${home}${host}`, { metadata }, { provider: cluster });
          }
        }
      });
    expect(after(withHosts(1), "a").rtoSeconds).toBe(50 + 30 + 30);
    expect(after(withHosts(20), "a").rtoSeconds).toBe(50 + 30 + 19 * 10 + 30);
  });

  it("take in no more than has fallen, and no more than there is room for", () => {
    expect(after(layout({ pods: 6, placeholders: 60 }), "a").share).toBe(0.666667);
    expect(after(layout({ placeholders: 3 }), "a").share).toBe(Math.round((8 / 9) * 1e6) / 1e6);
    expect(after(layout({ placeholders: 2 }), "a").share).toBe(0.666667);
  });

  it("take in nothing where no control plane is left to make pods anew", () => {
    expect(after(layout({ over: "a,b", pods: 10, placeholders: 10 }), "a")).toMatchObject({ share: 0.555556 });
    expect(after(layout({ placeholders: 30 }), "a", "b")).toMatchObject({ share: 0.333333 });
  });

  it.each<[string, Layout]>([
    ["that ask for less than a pod", { placeholderCpu: "1" }],
    ["that may stand anywhere", { spreadPlaceholders: false }],
    ["in a cluster of one building", { over: "a" }],
  ])("are no room where they are placeholders %s", (_, options) => {
    expect(serviceIn(layout(options), "pay").replicas.filter(({ role }) => role === "standby")).toEqual([]);
  });
});

describe("the policies", () => {
  const found = (estate: Estate) =>
    judge(estate, { today: "2022-10-15" })
      .findings.filter(({ policy }) => policy === "unreachable-toleration" || policy === "stretched-quorum")
      .map(({ policy, message, fix }) => ({ policy, message, fix }));

  it("ask for a toleration that the promise leaves time for, where pods have to be made anew", () => {
    expect(found(layout({ rtoSeconds: 110 }))).toEqual([]);
    expect(found(layout({ rtoSeconds: 109 }))).toEqual([
      {
        policy: "unreachable-toleration",
        message: expect.stringMatching(/within 109 s, and pods of "pay-wide" .* only after 110 s, of which they wait 30 s/) as string,
        fix: "Tolerate an unreachable node for at most 29 s.",
      },
    ]); // prettier-ignore
    expect(found(layout({ rtoSeconds: 60 }))[0]?.fix).toMatch(/^No toleration is short enough/);
    // Enough runs already: nobody waits for a pod to be made anew.
    expect(found(layout({ rtoSeconds: 60, pods: 15 }))).toEqual([]);
  });

  it("refuse two buildings for one control plane, and admit three", () => {
    expect(found(layout({ over: "a,b", pods: 20 })).map(({ policy }) => policy)).toEqual(["stretched-quorum"]);
    expect(found(layout())).toEqual([]);
    expect(catalogue.some(({ name }) => name === "stretched-quorum")).toBe(true);
  });
});
