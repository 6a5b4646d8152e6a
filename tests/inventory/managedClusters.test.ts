/** Pods of a managed cluster stand on what makes its nodes; and which cluster a provider connects to. */
import { readEstate } from "../../inventory";
import type { Resource, Value } from "../../inventory/resource";
import { judge } from "../../policies/judge";
import { facility } from "../support/estateBuilder";
import { placesOf, serviceIn } from "../support/estateOf";
import { StackBuilder, tags } from "../support/stackBuilder";

type Values = Readonly<Record<string, Value>>;

const region = "ap-northeast-2";
const zoneRule = {
  maxSkew: 1,
  topologyKey: "topology.kubernetes.io/zone",
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: { app: "web" } },
};
const spread = { topologySpreadConstraints: [zoneRule] };

interface Layout {
  readonly groups?: readonly Values[];
  readonly provider?: (cluster: Resource) => Values;
  readonly spec?: Values;
  readonly isRun?: boolean;
}

const zones = ["1", "2", "3"];
const inZones = (...list: readonly string[]) => list.map((zone) => `s${zone}-id`);
const everywhere = { subnetIds: inZones(...zones), scalingConfig: { desiredSize: 3, minSize: 3, maxSize: 6 } };

function estateOf({ groups = [everywhere], provider, spec = spread, isRun = true }: Layout) {
  const stack = new StackBuilder();
  for (const zone of zones) {
    const properties = { region, availabilityZoneId: `apne2-az${zone}`, vpcId: "vpc-1" };
    stack.add("aws:ec2/subnet:Subnet", `s${zone}`, properties);
  }
  const cluster = stack.add(
    "aws:eks/cluster:Cluster",
    "shop",
    { region, name: "shop", vpcConfig: { subnetIds: inZones(...zones) } },
    { computed: { endpoint: "https://shop.example" } },
  );
  groups.forEach((group, index) =>
    stack.add("aws:eks/nodeGroup:NodeGroup", `g${index}`, {
      ...{ region, clusterName: "shop", tags: tags({ service: "nodes", tier: "critical" }) },
      ...group,
    }),
  );
  const kubernetes = stack.add("pulumi:providers:kubernetes", "k8s", provider?.(cluster) ?? { context: "shop" });
  if (isRun) stack.deployment(kubernetes, "web", 3, { service: "web" }, spec);
  return readEstate(stack.resources);
}

const standing = (layout: Layout) => placesOf(serviceIn(estateOf(layout), "web"));
const even = ["1", "2", "3"].map((zone) => `zone:apne2-az${zone} active 1`);
const taint = { key: "gpu", value: "1", effect: "NO_SCHEDULE" };
const first = { ...everywhere, subnetIds: inZones("1") };

describe("pods of a cluster of EKS", () => {
  it.each<[string, Layout, readonly string[]]>([
    ["stand in the zones of its groups", {}, even],
    ["stand in the one zone of the one group", { groups: [first] }, ["zone:apne2-az1 active 3"]],
    ["do not run where the group has no node", { groups: [{ ...everywhere, scalingConfig: { desiredSize: 0, minSize: 0, maxSize: 6 } }] }, ["zone:apne2-az1 active 0"]],
    ["stand on the group that has nodes", { groups: [{ ...everywhere, scalingConfig: { desiredSize: 0, minSize: 0, maxSize: 6 } }, first] }, ["zone:apne2-az1 active 3"]],
    ["stand on the group that they select", { groups: [everywhere, { ...first, labels: { pool: "web" } }], spec: { ...spread, nodeSelector: { pool: "web" } } }, ["zone:apne2-az1 active 3"]],
    ["stand on a group by its name", { groups: [{ ...everywhere, nodeGroupName: "all" }, { ...first, nodeGroupName: "web" }], spec: { ...spread, nodeSelector: { "eks.amazonaws.com/nodegroup": "web" } } }, ["zone:apne2-az1 active 3"]],
    ["do not run where they select no group", { groups: [everywhere], spec: { nodeSelector: { pool: "web" } } }, ["zone:apne2-az1 active 0"]],
    ["pass over a group whose taint they do not tolerate", { groups: [first, { ...everywhere, taints: [taint] }], spec: { topologySpreadConstraints: [{ ...zoneRule, nodeTaintsPolicy: "Honor" }] } }, ["zone:apne2-az1 active 3"]],
    ["stand on a tainted group where they tolerate it", { groups: [first, { ...everywhere, taints: [taint] }], spec: { ...spread, tolerations: [{ key: "gpu", operator: "Exists" }] } }, even],
    ["stand in the zone that they select by its id", { spec: { ...spread, nodeSelector: { "topology.k8s.aws/zone-id": "apne2-az2" } } }, ["zone:apne2-az2 active 3"]],
    ["stand anywhere by an architecture", { spec: { ...spread, nodeSelector: { "kubernetes.io/arch": "arm64" } } }, even],
  ])("%s", (_, layout, expected) => {
    expect(standing(layout)).toEqual(expected);
  });

  it("are not known where nothing of the stack makes nodes, or a launch template may label them", () => {
    expect(standing({ groups: [] })[0]).toMatch(/^\? any node group, profile or pool of .* active 3$/);
    const labelled = { groups: [{ ...everywhere, launchTemplate: { id: "lt-1" } }], spec: { ...spread, nodeSelector: { pool: "web" } } };
    expect(standing(labelled)[0]).toMatch(/^\? .*nodeSelector active 3$/);
  });

  it.each<[string, (cluster: Resource) => Values]>([
    ["by the name for which its kubeconfig asks a token", () => ({ kubeconfig: JSON.stringify({ users: [{ user: { exec: { args: ["eks", "get-token", "--cluster-name", "shop"] } } }] }) })],
    ["by the server of its kubeconfig", () => ({ kubeconfig: JSON.stringify({ clusters: [{ cluster: { server: "https://shop.example" } }] }) })],
    ["by its context", () => ({ context: "shop" })],
  ])("are found %s", (_, provider) => {
    expect(standing({ provider })).toEqual(even);
  });

  it("leave the node group a unit of its own where none of them is in the stack", () => {
    expect(placesOf(serviceIn(estateOf({ groups: [first], isRun: false }), "nodes"))).toEqual(["zone:apne2-az1 active 3"]);
    expect(estateOf({ groups: [first] }).services.map(({ id }) => id)).toEqual(["web"]);
  });
}); // prettier-ignore

describe("a provider below a site", () => {
  const places = (context: string, ...names: readonly string[]) => {
    const stack = new StackBuilder();
    const site = stack.site(facility("a"));
    for (const name of names) stack.site(facility(name));
    const provider = stack.add("pulumi:providers:kubernetes", "k8s", { context }, { parent: site });
    stack.deployment(provider, "web", 2, { service: "web" });
    return placesOf(serviceIn(readEstate(stack.resources), "web"));
  };

  it("has its objects where it connects to, whatever surrounds it", () => {
    expect(places("a", "b")).toEqual(["facility:a active 2"]);
    expect(places("b", "b")).toEqual(["facility:b active 2"]);
    expect(places("elsewhere")[0]).toMatch(/^\? .*context, which is no context of site "a" active 2$/);
  });
});

describe("copies", () => {
  const findings = (pods: number, tier: "critical" | "important") => {
    const stack = new StackBuilder();
    stack.deployment(stack.cluster("nowhere"), "web", pods, { service: "web", tier });
    return judge(readEstate(stack.resources), { today: "2026-01-01" }).findings.filter(
      ({ policy }) => policy === "least-copies",
    );
  };

  it("are no more than pods, wherever these stand", () => {
    expect(findings(1, "important").map(({ message }) => message)).toEqual([
      expect.stringMatching(/at least 2 independent copies, and has at most 1: 1 unit, wherever it stands/) as string,
    ]);
    expect(findings(2, "critical")).toHaveLength(1);
    expect(findings(2, "important")).toEqual([]);
  });
});

it("two Deployments of one cluster that run the same for one service are that service, and others are not", () => {
  const services = (image: string, args: readonly string[] = []) => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("a");
    const running = (own: string, words: readonly string[]) => ({ containers: [{ name: "main", image: own, args: [...words] }] });
    stack.deployment(cluster, "web-blue", 3, { service: "web" }, running("images.example:5000/web:1", []), "shop");
    stack.deployment(cluster, "web-green", 3, { service: "web" }, running(image, args), "shop");
    return readEstate(stack.resources, { sites: [facility("a")] }).services.map(({ id }) => id);
  };
  expect(services("images.example:5000/web:2")).toEqual(["web"]);
  expect(services("images.example:5000/web@sha256:0a")).toEqual(["web"]);
  expect(services("images.example:5000/worker:1")).toHaveLength(2);
  expect(services("images.example:5000/web:1", ["worker"])).toHaveLength(2);
}); // prettier-ignore
