/** Gateways, volumes pinned to a zone, nodes that say where they stand, work that ends, and charts. */
import { readEstate } from "../../inventory";
import { facility } from "../support/estateBuilder";
import { placesOf, serviceIn } from "../support/estateOf";
import { labels, StackBuilder } from "../support/stackBuilder";

const sites = [facility("pangyo"), facility("ansan")];

describe("the Gateway API", () => {
  it("leads from a gateway over a route to the Services that it names, and not to one of weight 0", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo", stack.site(facility("pangyo")));
    const gateway = stack.add(
      "kubernetes:gateway.networking.k8s.io/v1:Gateway",
      "edge",
      { metadata: { name: "edge", namespace: "infra" } },
      { provider: cluster },
    );
    const backends = [{ name: "login" }, { name: "canary", weight: 0 }];
    stack.add(
      "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
      "login",
      {
        metadata: { name: "login", namespace: "login" },
        spec: { parentRefs: [{ name: "edge", namespace: "infra" }], rules: [{ backendRefs: backends }] },
      },
      { provider: cluster },
    );
    for (const name of ["login", "canary"]) {
      stack.deployment(cluster, name, 2, {}, {}, "login");
      stack.kubernetesService(cluster, name, "203.0.113.1", "login");
    }
    stack.add("aws:route53/record:Record", "login", {
      zoneId: "Z1",
      name: "login.example",
      type: "A",
      ttl: 30,
      records: [{ from: gateway, output: "id" }],
    });
    const estate = readEstate(stack.resources);
    expect(serviceIn(estate, "login").routes.map(({ name }) => name)).toEqual(["login.example"]);
    expect(serviceIn(estate, "canary").routes).toEqual([]);
    expect(estate.notJudged).toEqual([]);
  });
});

describe("a volume claim in a cluster over two buildings", () => {
  const claim = (zones: readonly string[]) => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("stretched");
    stack.add(
      "kubernetes:storage.k8s.io/v1:StorageClass",
      "fast",
      {
        metadata: { name: "fast" },
        allowedTopologies: [
          { matchLabelExpressions: [{ key: "topology.duplex.dev/facility", values: [...zones] }] },
        ],
      },
      { provider: cluster },
    ); // prettier-ignore
    stack.add(
      "kubernetes:core/v1:PersistentVolumeClaim",
      "data",
      { metadata: { name: "data" }, spec: { storageClassName: "fast" } },
      { provider: cluster },
    );
    return placesOf(serviceIn(readEstate(stack.resources, { sites, clusters: { stretched: "pangyo,ansan" } }), "data"));
  };

  it("stands where its class makes volumes, if that is one place", () => {
    expect(claim(["ansan"])).toEqual(["facility:ansan active 1"]);
  });

  it("is unknown where the class leaves a choice, or names a place that the cluster does not span", () => {
    for (const zones of [["ansan", "pangyo"], ["busan"], []]) expect(claim(zones)).toEqual([expect.stringMatching(/^\?/)]);
  }); // prettier-ignore
});

describe("nodes", () => {
  it("say by their labels where a cluster stands that nothing else places", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("hand-made");
    for (const [name, place] of [["n1", "pangyo"], ["n2", "pangyo"], ["n3", "ansan"]] as const) {
      const keys = { "topology.duplex.dev/facility": place, "topology.kubernetes.io/region": "capital" };
      stack.add("kubernetes:core/v1:Node", name, { metadata: { name, labels: keys } }, { provider: cluster });
    } // prettier-ignore
    const constraint = {
      whenUnsatisfiable: "DoNotSchedule",
      topologyKey: "topology.duplex.dev/facility",
      labelSelector: { matchLabels: { app: "login" } },
    };
    stack.deployment(cluster, "login", 4, {}, { topologySpreadConstraints: [constraint] });
    stack.deployment(cluster, "music", 4);
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "login"))).toEqual([
      "facility:ansan+region:capital active 2",
      "facility:pangyo+region:capital active 2",
    ]);
    expect(placesOf(serviceIn(estate, "music"))).toEqual([expect.stringContaining("topologySpreadConstraints")]);
  });
});

describe("work that ends", () => {
  it("is placed where our own words say that something hangs on it, and else passed over", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo", stack.site(facility("pangyo")));
    const job = (name: string, words: Parameters<typeof labels>[0]) =>
      stack.add(
        "kubernetes:batch/v1:CronJob",
        name,
        { metadata: { name, labels: labels(words) }, spec: { schedule: "0 * * * *" } },
        { provider: cluster },
      );
    job("failover", { service: "failover", layer: "tooling" });
    job("report", {});
    const estate = readEstate(stack.resources);
    expect(estate.services.map(({ id, layer }) => [id, layer])).toEqual([["failover", "tooling"]]);
    expect(placesOf(serviceIn(estate, "failover"))).toEqual(["facility:pangyo active 1"]);
    expect(estate.notJudged).toEqual([]);
  });
});

describe("charts and groups of YAML", () => {
  const types = ["kubernetes:yaml/v2:ConfigGroup", "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart"];

  it.each(types)("%s is judged by its children", (type) => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo", stack.site(facility("pangyo")));
    const group = stack.component(type, "app");
    stack.add(
      "kubernetes:apps/v1:Deployment",
      "login",
      { metadata: { name: "login" }, spec: { replicas: 2, template: {} } },
      { parent: group, provider: cluster },
    );
    const estate = readEstate(stack.resources);
    expect(estate.notJudged).toEqual([]);
    expect(placesOf(serviceIn(estate, "app"))).toEqual(["facility:pangyo active 2"]);
  });

  it("a Helm release is not judged unless its objects are there", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo", stack.site(facility("pangyo")));
    const release = stack.add("kubernetes:helm.sh/v3:Release", "app", {}, { provider: cluster });
    expect(readEstate(stack.resources).notJudged.map(({ urn }) => urn)).toEqual([release.urn]);
    stack.add("kubernetes:core/v1:ConfigMap", "app", {}, { parent: release, provider: cluster });
    expect(readEstate(stack.resources).notJudged).toEqual([]);
  });
});
