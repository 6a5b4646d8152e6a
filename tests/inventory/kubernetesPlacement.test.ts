/** Where pods stand by what their hard rules and their cluster's nodes allow: each form, and the near miss beside it. */
import { readEstate } from "../../inventory";
import type { Value } from "../../inventory/resource";
import { createSurvival } from "../../survival";
import { placesOf, serviceIn } from "../support/estateOf";
import { StackBuilder } from "../support/stackBuilder";

type Values = Readonly<Record<string, Value>>;

interface TestNode {
  readonly zone: string;
  readonly labels?: Values;
  readonly taints?: readonly Values[];
  readonly unschedulable?: boolean;
  readonly allocatable?: Values;
}

interface Layout {
  readonly nodes?: readonly TestNode[];
  readonly pods?: number;
  readonly spec?: Values;
  readonly labels?: Values;
  /** Other objects beside the Deployment. */
  readonly beside?: (add: (type: string, name: string, properties: Values) => void, stack: StackBuilder) => void;
}

const zoneKey = "topology.kubernetes.io/zone";
const hostKey = "kubernetes.io/hostname";
const own = { labelSelector: { matchLabels: { app: "web" } } };
const twoEach: readonly TestNode[] = ["a", "a", "b", "b", "c", "c"].map((zone) => ({ zone }));

function spreadOver(topologyKey: string, changes: Values = {}): Values {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: "DoNotSchedule", ...own, ...changes };
}

function spread(...rules: readonly Values[]): Values {
  return { topologySpreadConstraints: rules };
}

function affinity(kind: string, term: Value): Values {
  return {
    affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: kind === "nodeAffinity" ? term : [term] } },
  };
}

function estateOf({ nodes = twoEach, pods = 3, spec = {}, beside = () => undefined }: Layout) {
  const stack = new StackBuilder();
  const provider = stack.cluster("main");
  const add = (type: string, name: string, properties: Values) =>
    void stack.add(`kubernetes:${type}`, name, properties, { provider });
  nodes.forEach(({ zone, labels = {}, taints, unschedulable, allocatable }, index) => {
    const name = `${zone}${index}`;
    add("core/v1:Node", name, {
      metadata: { name, labels: { [hostKey]: name, [zoneKey]: zone, "topology.kubernetes.io/region": "r", ...labels } },
      spec: { ...(taints === undefined ? {} : { taints }), ...(unschedulable === true ? { unschedulable } : {}) },
      ...(allocatable === undefined ? {} : { status: { allocatable } }),
    });
  });
  stack.deployment(provider, "web", pods, { peakRps: 100, unitRps: 100 }, spec, "shop");
  beside(add, stack);
  return readEstate(stack.resources);
}

/** Each replica as `<zone> <units>`, with `~` where another zone may have it; `?` and the property where it is not known. */
function standing(layout: Layout): readonly string[] {
  const found = serviceIn(estateOf(layout), "web").replicas;
  return found.map(({ placement, units, remainder }) => {
    const zone = placement.known ? placement.value.find((id) => id.startsWith("zone:"))?.slice(5) : undefined;
    const where = placement.known ? zone : `?${placement.missing.replace(/^.*template\.spec\./, "")}`;
    return `${remainder === undefined ? "" : "~"}${where} ${units.known ? units.value : "?"}`;
  });
}

const even = ["a 1", "b 1", "c 1"];
const unsaid = ["?topologySpreadConstraints 3"];

describe("a hard rule of spread", () => {
  it.each<[string, Layout, readonly string[]]>([
    ["that picks its own pods", { spec: spread(spreadOver(zoneKey)) }, even],
    [
      "by an expression",
      { spec: spread(spreadOver(zoneKey, { labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] } })) },
      even,
    ],
    ["of which an empty selector picks all", { spec: spread(spreadOver(zoneKey, { labelSelector: {} })) }, even],
    ["without a selector", { spec: spread(spreadOver(zoneKey, { labelSelector: undefined })) }, unsaid],
    ["that picks others", { spec: spread(spreadOver(zoneKey, { labelSelector: { matchLabels: { app: "api" } } })) }, unsaid],
    [
      "that an expression keeps from them",
      { spec: spread(spreadOver(zoneKey, { labelSelector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] } })) },
      unsaid,
    ],
    ["that only should hold", { spec: spread(spreadOver(zoneKey, { whenUnsatisfiable: "ScheduleAnyway" })) }, unsaid],
    ["that lets them differ by all", { spec: spread(spreadOver(zoneKey, { maxSkew: 3 })) }, unsaid],
    ["that lets them differ by two", { pods: 12, spec: spread(spreadOver(zoneKey, { maxSkew: 2 })) }, ["a 3", "~a 2", "b 3", "~b 1", "c 3"]],
    ["over the one region", { spec: spread(spreadOver("topology.kubernetes.io/region")) }, unsaid],
    ["over hosts, of which a zone has two", { pods: 6, spec: spread(spreadOver(hostKey)) }, ["a 2", "b 2", "c 2"]],
    ["over hosts, of which a zone can hold all pods but one", { spec: spread(spreadOver(hostKey)) }, ["~a 2", "~b 1"]],
    ["over a key that no node has", { spec: spread(spreadOver(zoneKey), spreadOver("rack")) }, ["a 0"]],
    ["that asks for more domains than there are", { pods: 6, spec: spread(spreadOver(zoneKey, { minDomains: 5 })) }, even],
    ["that asks for as many as there are", { pods: 6, spec: spread(spreadOver(zoneKey, { minDomains: 3 })) }, ["a 2", "b 2", "c 2"]],
    [
      "over an older key that nodes bear",
      { nodes: twoEach.map((node) => ({ ...node, labels: { "failure-domain.beta.kubernetes.io/zone": node.zone } })), spec: spread(spreadOver("failure-domain.beta.kubernetes.io/zone")) },
      even,
    ],
  ])("%s", (_, layout, expected) => {
    expect(standing(layout)).toEqual(expected);
  });

  it("counts the pods of others that its selector picks, so that its own may stand together", () => {
    const shared = { labelSelector: { matchLabels: { tier: "front" } } };
    const beside: Layout["beside"] = (add) =>
      add("apps/v1:Deployment", "api", {
        metadata: { name: "api", namespace: "shop" },
        spec: { replicas: 3, template: { metadata: { labels: { app: "api", tier: "front" } }, spec: {} } },
      });
    // Of six pods two stand in each zone: two of the three may be one's own.
    const both = { labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] } };
    expect(standing({ spec: spread(spreadOver(zoneKey, both)), beside })).toEqual(["~a 2", "~b 1"]);
    expect(standing({ spec: spread(spreadOver(zoneKey, { ...both, matchLabelKeys: ["pod-template-hash"] })), beside })).toEqual(even);
    expect(standing({ spec: spread(spreadOver(zoneKey, shared)), beside })).toEqual(unsaid);
  });
}); // prettier-ignore

describe("what narrows a placement", () => {
  const narrowed = (spec: Values): Values => ({ ...spread(spreadOver(zoneKey)), ...spec });
  const terms = (...expressions: readonly Values[]): Values =>
    affinity("nodeAffinity", { nodeSelectorTerms: expressions.map((one) => ({ matchExpressions: [one] })) });
  const pool = (zone: string): Values => ({ pool: zone === "a" ? "front" : "back", size: zone === "a" ? "8" : "4" });
  const nodes = twoEach.map((node) => ({ ...node, labels: pool(node.zone) }));

  it.each<[string, Values, readonly string[]]>([
    ["a selector of one zone", { nodeSelector: { [zoneKey]: "b" } }, ["b 3"]],
    ["a selector of a pool of one zone", { nodeSelector: { pool: "front" } }, ["a 3"]],
    ["a selector of a pool of two zones", { nodeSelector: { pool: "back" } }, ["b 1", "~b 1", "c 1"]],
    ["a selector of no node", { nodeSelector: { pool: "gone" } }, ["a 0"]],
    ["a system that every node has", { nodeSelector: { "kubernetes.io/os": "linux" } }, even],
    ["an affinity to one zone", terms({ key: zoneKey, operator: "In", values: ["c"] }), ["c 3"]],
    ["an affinity to what one zone has not", terms({ key: "pool", operator: "NotIn", values: ["back"] }), ["a 3"]],
    ["an affinity to a label that is not there", terms({ key: "gpu", operator: "DoesNotExist" }), even],
    ["an affinity to a larger number", terms({ key: "size", operator: "Gt", values: ["4"] }), ["a 3"]],
    ["an affinity to a smaller number", terms({ key: "size", operator: "Lt", values: ["9"] }), even],
    ["terms of which one leaves each zone", terms({ key: "pool", operator: "In", values: ["front"] }, { key: "pool", operator: "Exists" }), even],
    ["an affinity without a term", affinity("nodeAffinity", { nodeSelectorTerms: [] }), ["a 0"]],
    ["an affinity to a node by its name", affinity("nodeAffinity", { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["b2"] }] }] }), ["b 3"]],
    ["a host by its label", { nodeSelector: { [hostKey]: "c4" } }, ["c 3"]],
    ["a node's name", { nodeName: "b3" }, ["b 3"]],
    ["the name of no node", { nodeName: "z9" }, ["a 0"]],
    ["affinity to its own kind in a zone", affinity("podAffinity", { topologyKey: zoneKey, ...own }), ["~a 3"]],
    ["affinity to its own kind in the region", affinity("podAffinity", { topologyKey: "topology.kubernetes.io/region", ...own }), even],
  ])("%s", (_, spec, expected) => {
    expect(standing({ nodes, spec: narrowed(spec) })).toEqual(expected);
  });

  const tainted = (taint: Values, at: readonly string[] = ["b", "c"]) =>
    twoEach.map((node) => (at.includes(node.zone) ? { ...node, taints: [taint] } : node));
  const gpu = { key: "gpu", value: "1", effect: "NoSchedule" };
  const honest = spread(spreadOver(zoneKey, { nodeTaintsPolicy: "Honor" }));

  it.each<[string, readonly TestNode[], Values, readonly string[]]>([
    ["a taint that is not tolerated; zones that are closed count as empty ones", tainted(gpu), spread(spreadOver(zoneKey)), ["a 1"]],
    ["the same where the rule honors taints", tainted(gpu), honest, ["a 3"]],
    ["a taint that is tolerated by its value", tainted(gpu), { ...honest, tolerations: [{ key: "gpu", value: "1" }] }, even],
    ["a taint of another value", tainted(gpu), { ...honest, tolerations: [{ key: "gpu", value: "2" }] }, ["a 3"]],
    ["a toleration for everything", tainted(gpu), { ...honest, tolerations: [{ operator: "Exists" }] }, even],
    ["a toleration for another effect", tainted(gpu), { ...honest, tolerations: [{ key: "gpu", operator: "Exists", effect: "NoExecute" }] }, ["a 3"]],
    ["a taint that only should keep them away", tainted({ ...gpu, effect: "PreferNoSchedule" }), honest, even],
    ["nodes that are cordoned", twoEach.map((node) => ({ ...node, unschedulable: node.zone === "c" })), honest, ["a 1", "~a 1", "b 1"]],
  ])("%s", (_, nodes, spec, expected) => {
    expect(standing({ nodes, spec })).toEqual(expected);
  });
}); // prettier-ignore

describe("pods that must stand apart", () => {
  const apart = (changes: Values = {}) => affinity("podAntiAffinity", { topologyKey: zoneKey, ...own, ...changes });

  it.each<[string, Layout, readonly string[]]>([
    ["by zone", { spec: apart() }, even],
    ["by zone, of which there are fewer", { pods: 5, spec: apart() }, even],
    ["by host", { pods: 6, spec: apart({ topologyKey: hostKey }) }, ["a 2", "b 2", "c 2"]],
    ["by host, of which there are fewer", { pods: 9, spec: apart({ topologyKey: hostKey }) }, ["a 2", "b 2", "c 2"]],
    ["by a port of their host", { pods: 9, spec: { containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] } }, ["a 2", "b 2", "c 2"]],
    ["by a key that no node has, which parts nothing", { spec: apart({ topologyKey: "rack" }) }, unsaid],
    ["without a selector", { spec: apart({ labelSelector: undefined }) }, unsaid],
    ["in another namespace", { spec: apart({ namespaces: ["other"] }) }, unsaid],
    ["in their own namespace by its name", { spec: apart({ namespaces: ["shop"] }) }, even],
    ["from whatever has another value than theirs", { spec: apart({ mismatchLabelKeys: ["app"] }) }, unsaid],
  ])("%s", (_, layout, expected) => {
    expect(standing(layout)).toEqual(expected);
  });

  it("from the pods of others, wherever these have come first", () => {
    const other = (topologyKey: string, replicas: number, term: Values = own): Layout["beside"] => (add) =>
      add("apps/v1:Deployment", "api", {
        metadata: { name: "api", namespace: "shop" },
        spec: { replicas, template: { metadata: { labels: { app: "api" } }, spec: affinity("podAntiAffinity", { topologyKey, ...term }) } },
      });
    const spec = spread(spreadOver(zoneKey));
    expect(standing({ spec, beside: other(zoneKey, 1) })[0]).toMatch(/^\?affinity.podAntiAffinity/);
    expect(standing({ spec, beside: other(hostKey, 1) })).toEqual(even);
    expect(standing({ spec, beside: other(hostKey, 2) })[0]).toMatch(/^\?affinity.podAntiAffinity/);
    expect(standing({ spec, beside: other(zoneKey, 1, { labelSelector: { matchLabels: { app: "api" } } }) })).toEqual(even);
  });
}); // prettier-ignore

describe("room", () => {
  const asking = (cpu: string, more: Values = {}): Values => ({
    ...spread(spreadOver(zoneKey)),
    containers: [{ resources: { requests: { cpu } } }],
    ...more,
  });
  const roomy = (allocatable: Values) => twoEach.map((node) => ({ ...node, allocatable }));

  it.each<[string, Layout, readonly string[]]>([
    ["of nodes that take two pods each", { pods: 20, nodes: roomy({ cpu: "1" }), spec: asking("500m") }, ["a 4", "b 4", "c 4"]],
    ["of nodes that are too small", { nodes: roomy({ cpu: "1" }), spec: asking("1500m") }, ["a 0"]],
    ["of nodes that are exactly as large", { pods: 6, nodes: roomy({ cpu: "300m" }), spec: asking("0.3") }, ["a 2", "b 2", "c 2"]],
    ["of nodes that take one pod", { pods: 9, nodes: roomy({ pods: "1" }), spec: spread(spreadOver(zoneKey)) }, ["a 2", "b 2", "c 2"]],
    ["that the pod as a whole asks for", { pods: 9, nodes: roomy({ cpu: "1" }), spec: { ...spread(spreadOver(zoneKey)), resources: { requests: { cpu: "1" } } } }, ["a 2", "b 2", "c 2"]],
    ["that its first container asks for", { pods: 9, nodes: roomy({ cpu: "1" }), spec: asking("100m", { initContainers: [{ resources: { requests: { cpu: "1" } } }] }) }, ["a 2", "b 2", "c 2"]],
    ["of a device that no node has", { nodes: roomy({ cpu: "9" }), spec: { ...spread(spreadOver(zoneKey)), containers: [{ resources: { limits: { "nvidia.com/gpu": 1 } } }] } }, ["a 0"]],
  ])("%s", (_, layout, expected) => {
    expect(standing(layout)).toEqual(expected);
  });
}); // prettier-ignore

describe("a quota", () => {
  const bounded = (hard: Values, more: Values = {}, range?: Values): Layout => ({
    spec: { ...spread(spreadOver(zoneKey)), containers: [{ resources: { requests: { cpu: "100m" } } }] },
    beside: (add) => {
      add("core/v1:ResourceQuota", "q", { metadata: { name: "q", namespace: "shop" }, spec: { hard, ...more } });
      if (range) add("core/v1:LimitRange", "r", { metadata: { name: "r", namespace: "shop" }, spec: { limits: [range] } });
    },
  });

  it.each<[string, Layout, readonly string[]]>([
    ["of pods", bounded({ pods: "2" }), ["~a 1", "~b 1"]],
    ["of objects", bounded({ "count/pods": 2 }), ["~a 1", "~b 1"]],
    ["of requests", bounded({ "requests.cpu": "150m" }), ["~a 1"]],
    ["that is enough", bounded({ cpu: "300m" }), even],
    ["of something that the pods do not state, which refuses them", bounded({ "limits.memory": "1Gi" }), ["a 0"]],
    ["of the same where a range states it", bounded({ "limits.memory": "1Gi" }, {}, { type: "Container", default: { memory: "512Mi" } }), ["~a 1", "~b 1"]],
    ["of pods that end", bounded({ pods: "1" }, { scopes: ["Terminating"] }), even],
    ["of pods of a class that they have not", bounded({ pods: "1" }, { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] } }), even],
    ["of services", bounded({ services: "0" }), even],
    ["beside a range that they exceed", bounded({ pods: "9" }, {}, { type: "Container", max: { cpu: "50m" } }), ["a 0"]],
  ])("%s", (_, layout, expected) => {
    expect(standing(layout)).toEqual(expected);
  });

  it("is shared with whoever else is in the namespace, and with nobody of another", () => {
    const beside = (namespace: string): Layout => ({
      spec: spread(spreadOver(zoneKey)),
      beside: (add, stack) => {
        add("core/v1:ResourceQuota", "q", { metadata: { name: "q", namespace: "shop" }, spec: { hard: { pods: "4" } } });
        const provider = stack.resources.find(({ name }) => name === "main");
        if (provider) stack.deployment(provider, "api", 3, {}, {}, namespace);
      },
    });
    expect(standing(beside("shop"))).toEqual(["~a 1"]);
    expect(standing(beside("else"))).toEqual(even);
  });
}); // prettier-ignore

it("a daemon set has a pod on each node that its selectors and tolerations leave", () => {
  const set = (spec: Values, nodes: readonly TestNode[]) => {
    const beside: Layout["beside"] = (add) =>
      add("apps/v1:DaemonSet", "agent", {
        metadata: { name: "agent", namespace: "shop" },
        spec: { template: { metadata: { labels: { app: "agent" } }, spec } },
      });
    return placesOf(serviceIn(estateOf({ nodes, beside }), "agent")).map((line) =>
      line.replace(/\+region:r active/, ""),
    );
  };
  expect(set({}, twoEach)).toEqual(["zone:a 2", "zone:b 2", "zone:c 2"]);
  expect(set({ nodeSelector: { [zoneKey]: "b" } }, twoEach)).toEqual(["zone:b 2"]);
  const gpu = { key: "gpu", effect: "NoSchedule" };
  const tainted = twoEach.map((node) => (node.zone === "c" ? { ...node, taints: [gpu] } : node));
  expect(set({}, tainted)).toEqual(["zone:a 2", "zone:b 2"]);
  expect(set({ tolerations: [{ operator: "Exists" }] }, tainted)).toHaveLength(3);
  const cordoned = twoEach.map((node) => ({ ...node, unschedulable: node.zone === "c" }));
  expect(set({}, cordoned)).toHaveLength(3);
});

it("what stands at worst is what a loss leaves", () => {
  const outcome = (layout: Layout, ...lost: readonly ("zone:a" | "zone:b")[]) =>
    createSurvival(estateOf(layout)).outcome("web", lost);
  const loose: Layout = { pods: 12, spec: spread(spreadOver(zoneKey, { maxSkew: 2 })) };
  expect(outcome(loose, "zone:a").share).toBe(1);
  expect(outcome({ spec: spread(spreadOver(zoneKey), spreadOver("rack")) }).status).toBe("down");
  expect(outcome({ pods: 1 }, "zone:a").status).toBe("down");
});
