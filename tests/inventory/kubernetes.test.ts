/** Placement of workloads by cluster and site, reserve, budgets, and names that lead to pods. */
import { readEstate } from "../../inventory";
import { UNKNOWN, type Properties } from "../../inventory/resource";
import type { UserError } from "../../model";
import { type Estate, type Service } from "../../model";
import { facility } from "../support/estateBuilder";
import { labels, output, StackBuilder, tags } from "../support/stackBuilder";

function service(estate: Estate, id: string): Service {
  const found = estate.services.find((one) => one.id === id);
  if (!found) throw new Error(`No service ${id} among ${estate.services.map((one) => one.id).join(", ")}.`);
  return found;
}

function places(one: Service): readonly string[] {
  return one.replicas.map(
    ({ placement, units }) =>
      `${placement.known ? placement.value.join("+") : `? ${placement.missing}`} ${units.known ? units.value : `? ${units.missing}`}`,
  );
}

const login = { service: "login", tier: "critical", unitRps: 50 } as const;
const spread = (topologyKey: string, whenUnsatisfiable = "DoNotSchedule") => ({
  topologySpreadConstraints: [{ topologyKey, maxSkew: 1, whenUnsatisfiable }],
});

/** Facts of the stack's objects, without those of the catalogue's buildings. */
const aboutPods = ({ facts }: Estate) => facts.filter(({ kind }) => kind !== "facility");

describe("deployment", () => {
  it("stands in the site around its cluster, and is one service over clusters", () => {
    const stack = new StackBuilder();
    for (const name of ["pangyo", "anyang"]) {
      stack.deployment(stack.cluster(name, stack.site(facility(name))), "login", 4, login);
    }
    const estate = readEstate(stack.resources);
    expect(estate.services.map(({ id }) => id)).toEqual(["login"]);
    expect(places(service(estate, "login"))).toEqual(["facility:anyang 4", "facility:pangyo 4"]);
    expect(service(estate, "login").replicas[0]?.capacityRps).toEqual({ known: true, value: 200 });
    expect(estate.domains.map(({ id }) => id)).toContain("power:pangyo-substation-1");
  });

  it("loses a replica when one is taken out of the stack", () => {
    const build = (names: readonly string[]) => {
      const stack = new StackBuilder();
      for (const name of names) stack.deployment(stack.cluster(name, stack.site(facility(name))), "login", 4, login);
      return places(service(readEstate(stack.resources), "login"));
    };
    expect(build(["pangyo"])).toEqual(["facility:pangyo 4"]);
    expect(build(["anyang", "pangyo"])).toEqual(["facility:anyang 4", "facility:pangyo 4"]);
  });

  it("finds its site by the context in the catalogue, or by option; else is unknown with the provider's context", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("ctx");
    stack.deployment(cluster, "login", 1, login);
    const sites = [facility("pangyo", { clusterContext: "ctx" }), facility("ansan")];
    expect(places(service(readEstate(stack.resources, { sites }), "login"))).toEqual(["facility:pangyo 1"]);
    const clusters = { ctx: "ansan" };
    expect(places(service(readEstate(stack.resources, { sites, clusters }), "login"))).toEqual(["facility:ansan 1"]);
    expect(places(service(readEstate(stack.resources), "login"))).toEqual([`? ${cluster.urn}.context 1`]);
  });

  it("is refused an option that names an unknown site", () => {
    expect(() => readEstate([], { clusters: { ctx: "atlantis" }, sites: [facility("ansan")] })).toThrow(
      expect.objectContaining({
        mistakes: [expect.objectContaining({ code: "DPX410", path: "clusters.ctx" })],
      }) as UserError,
    );
  });

  it.each([
    [
      "must spread over facilities",
      spread("topology.duplex.dev/facility"),
      ["facility:ansan 2", "facility:ansan 1", "facility:pangyo 2"],
    ],
    [
      "must spread over zones",
      spread("topology.kubernetes.io/zone"),
      ["facility:ansan 2", "facility:ansan 1", "facility:pangyo 2"],
    ],
  ])("of a stretched cluster stands in each site if its pods %s", (_, pods, expected) => {
    const stack = new StackBuilder();
    stack.deployment(stack.cluster("ctx"), "login", 5, login, pods);
    const options = { sites: [facility("ansan"), facility("pangyo")], clusters: { ctx: "ansan,pangyo" } };
    expect(places(service(readEstate(stack.resources, options), "login"))).toEqual(expected);
  });

  it.each([
    ["nothing", {}],
    ["only should", spread("topology.kubernetes.io/zone", "ScheduleAnyway")],
    ["only hosts", spread("kubernetes.io/hostname")],
  ])("of a stretched cluster is unknown if %s spreads it", (_, pods) => {
    const stack = new StackBuilder();
    const { urn } = stack.deployment(stack.cluster("ctx"), "login", 5, login, pods);
    const options = { sites: [facility("ansan"), facility("pangyo")], clusters: { ctx: "ansan, pangyo" } };
    expect(places(service(readEstate(stack.resources, options), "login"))).toEqual([
      `? ${urn}.spec.template.spec.topologySpreadConstraints 5`,
    ]);
  });

  it("counts what its scaler keeps at least", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo");
    const workload = stack.deployment(cluster, "login", undefined, login);
    const scaler = stack.add(
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      "login",
      {
        metadata: { name: "login", namespace: "login" },
        spec: { minReplicas: 6, maxReplicas: 9, scaleTargetRef: { kind: "Deployment", name: "login" } },
      },
      { provider: cluster },
    );
    const estate = readEstate(stack.resources, { sites: [facility("pangyo")] });
    expect(places(service(estate, "login"))).toEqual(["facility:pangyo 6"]);
    expect(estate.facts).toContainEqual({
      kind: "autoscaling",
      urn: scaler.urn,
      workload: workload.urn,
      service: "login",
      minimum: { known: true, value: 6 },
      maximum: { known: true, value: 9 },
    });
  });

  it("says how it is scheduled", () => {
    const stack = new StackBuilder();
    const tolerations = [{ key: "node.kubernetes.io/unreachable", tolerationSeconds: 20 }];
    const containers = [{ name: "a", resources: { requests: { cpu: "1", memory: "1Gi" } } }];
    const pods = { ...spread("topology.kubernetes.io/zone"), tolerations, containers, priorityClassName: "high" };
    stack.deployment(stack.cluster("pangyo"), "login", 2, login, pods);
    stack.deployment(stack.cluster("ansan"), "pay", 2, { service: "pay" });
    const { facts } = readEstate(stack.resources);
    expect(facts.find((fact) => fact.service === "login")).toMatchObject({
      cluster: "pangyo",
      spreadOver: ["topology.kubernetes.io/zone"],
      requestsSet: true,
      priorityClass: "high",
      unreachableTolerationSeconds: 20,
    });
    expect(facts.find((fact) => fact.service === "pay")).toMatchObject({
      requestsSet: false,
      unreachableTolerationSeconds: 300,
    });
  });
});

describe("placeholder pods", () => {
  it.each([-10, 0])("are reserve and no replicas where their priority class is negative (%d)", (value) => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo");
    stack.add(
      "kubernetes:scheduling.k8s.io/v1:PriorityClass",
      "low",
      { metadata: { name: "low" }, value },
      { provider: cluster },
    );
    stack.deployment(cluster, "room", 3, { service: "login" }, { priorityClassName: "low" });
    const estate = readEstate(stack.resources, { sites: [facility("pangyo")] });
    expect(estate.services.map(({ id }) => id)).toEqual(value < 0 ? [] : ["login"]);
    expect(aboutPods(estate).map(({ kind }) => kind)).toEqual([value < 0 ? "reserve" : "scheduling"]);
  });

  it("are told by the class they were made from where a preview does not know its name", () => {
    const stack = new StackBuilder({ preview: true });
    const cluster = stack.cluster("pangyo");
    const low = stack.add("kubernetes:scheduling.k8s.io/v1:PriorityClass", "low", { value: -1 }, { provider: cluster });
    const room = stack.deployment(cluster, "room", 3, { service: "login" }, { priorityClassName: UNKNOWN });
    stack.resources[stack.resources.indexOf(room)] = { ...room, propertyDependencies: { spec: [low.urn] } };
    const estate = readEstate(stack.resources, { sites: [facility("pangyo")] });
    expect(aboutPods(estate)).toEqual([
      {
        kind: "reserve",
        urn: room.urn,
        mechanism: "placeholderPods",
        placement: { known: true, value: ["facility:pangyo"] },
        units: { known: true, value: 3 },
      },
    ]);
  });
});

describe("names of workloads", () => {
  it("part two workloads of one cluster that share a label", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo");
    for (const name of ["api", "worker"]) stack.deployment(cluster, name, 1, { service: "shop" }, {}, "default");
    expect(readEstate(stack.resources).services.map(({ id }) => id)).toEqual(["shop/api", "shop/worker"]);
  });

  it("keep the same name in two namespaces apart, and join it over clusters", () => {
    const stack = new StackBuilder();
    const [a, b] = [stack.cluster("a"), stack.cluster("b")];
    stack.deployment(a, "api", 1, {}, {}, "one");
    stack.deployment(b, "api", 1, {}, {}, "one");
    stack.deployment(b, "api", 1, {}, {}, "two");
    expect(readEstate(stack.resources).services.map(({ replicas }) => replicas.length)).toEqual([2, 1]);
  });
});

describe.each([{ preview: true }, { preview: false }])("a name in front of clusters ($preview)", (mode) => {
  it("leads to the pods of each cluster", () => {
    const stack = new StackBuilder(mode);
    ["pangyo", "ansan"].forEach((name, index) => {
      const cluster = stack.cluster(name, stack.site(facility(name)));
      stack.deployment(cluster, "login", 2, login);
      const front = stack.kubernetesService(cluster, "login", `10.0.0.${index}`);
      const record = stack.add("aws:route53/record:Record", `login-${name}`, {
        zoneId: "Z1",
        name: "login.example",
        type: "A",
        ttl: 30,
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 1 }],
        records: mode.preview ? [output(front, "address")] : [`10.0.0.${index}`],
      });
      // The engine keeps the edge after `up` as well.
      stack.resources[stack.resources.indexOf(record)] = { ...record, propertyDependencies: { records: [front.urn] } };
    });
    const [route, ...others] = service(readEstate(stack.resources), "login").routes;
    expect(others).toEqual([]);
    expect(route?.targets.map(({ replicas, share }) => [replicas.length, share])).toEqual([
      [1, { known: true, value: 0.5 }],
      [1, { known: true, value: 0.5 }],
    ]);
    expect(route?.targets[0]?.healthCheck).toBeUndefined();
  });
});

describe("disruption budget", () => {
  it("belongs to the workload that it picks", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo");
    stack.deployment(cluster, "login", 2, login);
    const spec = { minAvailable: 1, selector: { matchLabels: { app: "login" } } };
    stack.add(
      "kubernetes:policy/v1:PodDisruptionBudget",
      "b",
      { metadata: { namespace: "login" }, spec },
      { provider: cluster },
    );
    expect(readEstate(stack.resources).facts.find(({ kind }) => kind === "disruptionBudget")).toMatchObject({
      service: "login",
      minAvailable: { known: true, value: 1 },
    });
  });

  it("guards nothing where it picks other pods, whatever its own words say", () => {
    const stack = new StackBuilder();
    const cluster = stack.cluster("pangyo");
    stack.deployment(cluster, "login", 2, login);
    const budget = (name: string, matchLabels: Properties) =>
      stack.add(
        "kubernetes:policy/v1:PodDisruptionBudget",
        name,
        {
          metadata: { namespace: "login", labels: labels(login) },
          spec: { minAvailable: 1, selector: { matchLabels } },
        },
        { provider: cluster },
      );
    budget("others", { app: "logout" });
    const unknown = budget("not-known-yet", { app: UNKNOWN });
    const budgets = readEstate(stack.resources).facts.filter(({ kind }) => kind === "disruptionBudget");
    expect(budgets.map(({ urn }) => urn)).toEqual([unknown.urn]);
  });
});

describe("follower", () => {
  it("of another kind is a standby of its service's store by its own word, and of none beside two stores", () => {
    const build = (tables: readonly string[]) => {
      const stack = new StackBuilder();
      const words = { service: "messages", layer: "store" } as const;
      for (const name of tables) stack.add("aws:dynamodb/table:Table", name, { region: "r", tags: tags(words) });
      const cluster = stack.cluster("pangyo", stack.site(facility("pangyo")));
      const annotations = { "duplex.dev/replication": "asynchronous", ...labels({ startSeconds: 60 }) };
      stack.add(
        "kubernetes:apps/v1:StatefulSet",
        "follower",
        {
          metadata: { name: "messages", labels: labels({ ...words, role: "standby" }), annotations },
          spec: { replicas: 2, volumeClaimTemplates: [{ metadata: { name: "data" } }] },
        },
        { provider: cluster },
      );
      return readEstate(stack.resources).services;
    };
    const [joined, ...others] = build(["a"]);
    expect(others).toEqual([]);
    expect(joined?.replicas.map(({ role, startSeconds }) => [role, startSeconds])).toEqual([
      ["active", 0],
      ["standby", 60],
    ]);
    expect(joined?.replication).toMatchObject({ mode: "asynchronous", rpoSeconds: { known: false } });
    expect(build(["a", "b"])).toHaveLength(3);
  });
});
