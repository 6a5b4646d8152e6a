/** Kinds of operators that place pods: rollouts, scaled objects, PostgreSQL, Kafka, Knative. */
import { readEstate } from "../../inventory";
import { isNothing } from "../../inventory/nothing";
import { type Site } from "../../model";
import { createSurvival } from "../../survival";
import { facility } from "../support/estateBuilder";
import { placesOf, serviceIn } from "../support/estateOf";
import { StackBuilder } from "../support/stackBuilder";

const zoneKey = "topology.kubernetes.io/zone";
const spread = { topologySpreadConstraints: [{ topologyKey: zoneKey, whenUnsatisfiable: "DoNotSchedule" }] };

/** A stretched cluster over two buildings. */
function stretched() {
  const stack = new StackBuilder();
  const sites: readonly Site[] = ["pangyo", "anyang"].map((name) => facility(name));
  const cluster = stack.cluster("main");
  const read = () => readEstate(stack.resources, { sites, clusters: { main: "pangyo,anyang" } });
  const add = (type: string, name: string, spec: object, metadata: object = {}) =>
    stack.add(`kubernetes:${type}`, name, { metadata: { name, ...metadata }, spec: spec as Record<string, string> }, { provider: cluster });
  return { stack, cluster, read, add };
} // prettier-ignore

/** Lines of places, by the building. */
const buildings = (lines: readonly string[]) => lines.map((line) => line.replace(/^facility:(\w+)\S*/, "$1"));

it("reads a Rollout as the Deployment that it stands for, with its scaler and its Service", () => {
  const { stack, cluster, read, add } = stretched();
  const labels = { app: "shop" };
  add("argoproj.io/v1alpha1:Rollout", "shop", { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: spread } });
  add("autoscaling/v2:HorizontalPodAutoscaler", "shop", { minReplicas: 4, maxReplicas: 9, scaleTargetRef: { kind: "Rollout", name: "shop" } });
  stack.kubernetesService(cluster, "shop", "10.0.0.1", "default");
  add("argoproj.io/v1alpha1:Rollout", "borrowed", { workloadRef: { kind: "Deployment", name: "shop" } });
  const estate = read();
  expect(buildings(placesOf(serviceIn(estate, "shop")))).toEqual(["anyang active 2", "pangyo active 2"]);
  expect(estate.facts.filter(({ kind }) => kind === "autoscaling")).toMatchObject([
    { service: "shop", minimum: { value: 4 }, maximum: { value: 9 } },
  ]);
  expect(estate.facts.filter(({ kind }) => kind === "scheduling")).toMatchObject([{ service: "shop", spreadOver: [zoneKey] }]);
  expect(estate.notJudged).toMatchObject([{ type: "kubernetes:argoproj.io/v1alpha1:Rollout", reason: expect.stringMatching(/workloadRef/) as string }]);
}); // prettier-ignore

it("reads the bounds of a scaled object; a workload that is scaled to zero is a standby", () => {
  const { stack, cluster, read, add } = stretched();
  for (const name of ["kept", "idle", "paused"]) stack.deployment(cluster, name, 7, {}, spread, "default");
  const target = (name: string) => ({ scaleTargetRef: { name } });
  add("keda.sh/v1alpha1:ScaledObject", "kept", { ...target("kept"), minReplicaCount: 2, maxReplicaCount: 6 });
  add("keda.sh/v1alpha1:ScaledObject", "idle", { ...target("idle"), maxReplicaCount: 6 });
  add("keda.sh/v1alpha1:ScaledObject", "paused", target("paused"), { annotations: { "autoscaling.keda.sh/paused-replicas": "2" } });
  const estate = read();
  const places = (name: string) => buildings(placesOf(serviceIn(estate, name)));
  expect(places("kept")).toEqual(["anyang active 1", "pangyo active 1"]);
  expect(places("paused")).toEqual(["anyang active 1", "pangyo active 1"]);
  expect(places("idle")).toEqual(["anyang standby 3", "pangyo standby 3"]);
  expect(serviceIn(estate, "idle").replicas[0]?.startNeeds).toEqual(["controlPlane:kubernetes/main"]);
  expect(estate.facts.filter(({ kind }) => kind === "autoscaling")).toMatchObject([
    { service: "idle", minimum: { value: 0 }, maximum: { value: 6 } },
    { service: "kept", minimum: { value: 2 }, maximum: { value: 6 } },
    { service: "paused", minimum: { value: 2 }, maximum: { value: 2 } },
  ]);
}); // prettier-ignore

describe("PostgreSQL of CloudNativePG", () => {
  const hard = { podAntiAffinityType: "required", topologyKey: zoneKey };

  it("stands in both buildings only where its instances must", () => {
    const { read, add } = stretched();
    add("postgresql.cnpg.io/v1:Cluster", "orders", { instances: 3, affinity: hard, minSyncReplicas: 1 });
    add("postgresql.cnpg.io/v1:Cluster", "soft", { instances: 3, affinity: { topologyKey: zoneKey } });
    add("postgresql.cnpg.io/v1:Cluster", "even", { instances: 2, ...spread });
    const estate = read();
    const places = (name: string) => buildings(placesOf(serviceIn(estate, name)));
    expect(places("orders")).toEqual(["pangyo active 1", "anyang standby 1", "pangyo standby 1"]);
    expect(places("even")).toEqual(["pangyo active 1", "anyang standby 1"]);
    expect(places("soft")[0]).toMatch(/^\? .*topologySpreadConstraints active 1$/);
    expect(serviceIn(estate, "orders").replication).toMatchObject({ mode: "synchronous", rpoSeconds: { value: 0 } });
    expect(serviceIn(estate, "even").replication).toMatchObject({ mode: "asynchronous", rpoSeconds: { known: false } });
    const replicas = serviceIn(estate, "orders").replicas;
    expect(new Set(replicas.map(({ id }) => id)).size).toBe(3);
  });

  it("keeps an archive where a store is named, in a place that its path does not tell", () => {
    const { read, add } = stretched();
    const barmanObjectStore = { destinationPath: "s3://backups/orders" };
    add("postgresql.cnpg.io/v1:Cluster", "orders", { instances: 1, ...spread, backup: { barmanObjectStore, retentionPolicy: "30d" } });
    add("postgresql.cnpg.io/v1:Cluster", "bare", { instances: 1, ...spread });
    const estate = read();
    expect(serviceIn(estate, "orders").backups).toMatchObject([
      { placement: { known: false }, intervalSeconds: { value: 300 }, retentionSeconds: { value: 30 * 86_400 } },
    ]);
    expect(serviceIn(estate, "bare").backups).toEqual([]);
    expect(serviceIn(estate, "bare").replication?.mode).toBe("none");
  });
}); // prettier-ignore

it("reads the brokers of a Kafka, also by their node pools; racks that are only preferred prove nothing", () => {
  const { read, add } = stretched();
  const pod = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zoneKey }] } } };
  add("kafka.strimzi.io/v1beta2:Kafka", "events", { kafka: { replicas: 4, template: { pod } } });
  add("kafka.strimzi.io/v1beta2:Kafka", "racked", { kafka: { replicas: 4, rack: { topologyKey: zoneKey } } });
  add("kafka.strimzi.io/v1beta2:Kafka", "pooled", { kafka: { template: { pod } } });
  for (const name of ["a", "b"]) {
    add("kafka.strimzi.io/v1beta2:KafkaNodePool", name, { replicas: 3 }, { labels: { "strimzi.io/cluster": "pooled" } });
  }
  const estate = read();
  const places = (name: string) => buildings(placesOf(serviceIn(estate, name)));
  expect(places("events")).toEqual(["anyang active 2", "pangyo active 2"]);
  expect(places("pooled")).toEqual(["anyang active 3", "pangyo active 3"]);
  expect(places("racked")[0]).toMatch(/^\? /);
  expect(estate.notJudged).toEqual([]);
}); // prettier-ignore

it("takes a Knative service for started only where a least scale is set", () => {
  const { read, add } = stretched();
  const service = (name: string, annotations: Record<string, string>) =>
    add("serving.knative.dev/v1:Service", name, { template: { metadata: { annotations }, spec: spread } });
  service("kept", { "autoscaling.knative.dev/min-scale": "2" });
  service("cold", {});
  const estate = read();
  expect(buildings(placesOf(serviceIn(estate, "kept")))).toEqual(["anyang active 1", "pangyo active 1"]);
  expect(serviceIn(estate, "cold").replicas.every(({ role }) => role === "standby")).toBe(true);
  expect(createSurvival(estate).outcome("kept", ["facility:pangyo"]).status).toBe("up");
});

it("knows kinds of extensions that place nothing, and no others of the same group", () => {
  expect(isNothing("kubernetes:cert-manager.io/v1:Certificate")).toBe(true);
  expect(isNothing("kubernetes:monitoring.coreos.com/v1:ServiceMonitor")).toBe(true);
  expect(isNothing("kubernetes:argoproj.io/v1alpha1:Workflow")).toBe(false);
  expect(isNothing("kubernetes:acme.example/v1:Certificate")).toBe(false);
});
