/** Mutations of what runs: capacity, placement and scheduling. */
import { UNKNOWN, type Resource, type Value } from "../../inventory/resource";
import {
  deployment,
  eachOf,
  get,
  group,
  ofType,
  podSpec,
  replaced,
  serviceOf,
  statefulSet,
  withProperty,
  withWord,
  wordOf,
  workloads,
  type Mutant,
  type MutationKind,
} from "./mutations";

const capacity = ["reserve-n-minus-1", "serves-at-peak"];
const concentration = ["single-facility", "single-hazard-zone", "single-region", "single-operator", "least-copies"];
const deployments = (stack: readonly Resource[]) => workloads(stack, deployment);
/** Where a region stands alone against the loss of another, every unit of it counts. */
const tokyoGroups = (stack: readonly Resource[]) => ofType(stack, group).filter(({ name }) => name.endsWith("tokyo"));
const pods = (stack: readonly Resource[]) => workloads(stack, deployment, statefulSet);
const strictPods = (stack: readonly Resource[]) => pods(stack).filter((one) => wordOf(one, "tier") !== "standard");
const criticalPods = (stack: readonly Resource[]) => pods(stack).filter((one) => wordOf(one, "tier") === "critical");

const replicasOf = (resource: Resource): number => Number(get(resource.properties, ["spec", "replicas"]));
const scaled = (share: number) => (one: Resource) =>
  withProperty(one, ["spec", "replicas"], Math.floor(replicasOf(one) * share));
const groupAt =
  (share: number, ...keys: readonly string[]) =>
  (one: Resource) =>
    keys.reduce(
      (at, key) => withProperty(at, [key], Math.floor(Number(one.properties["desiredCapacity"]) * share)),
      one,
    );

/** A pod specification without what a check looks for. */
const podChange = (key: string, value: Value) => (one: Resource) => withProperty(one, [...podSpec, key], value);

/** Both ways of keeping pods apart, taken away. */
const gathered = (one: Resource) => podChange("topologySpreadConstraints", [])(podChange("affinity", {})(one));

/** "Should" in place of "must". */
function softened(one: Resource): Resource {
  const constraints = get(one.properties, [...podSpec, "topologySpreadConstraints"]);
  const terms = get(one.properties, [
    ...podSpec,
    "affinity",
    "podAntiAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
  ]);
  const soft = Array.isArray(constraints)
    ? (constraints as readonly Value[]).map((_, at) => ["topologySpreadConstraints", at, "whenUnsatisfiable"])
    : [];
  const spread = soft.reduce((at, path) => withProperty(at, [...podSpec, ...path], "ScheduleAnyway"), one);
  if (!Array.isArray(terms)) return spread;
  const preferred = (terms as readonly Value[]).map((podAffinityTerm): Value => ({ podAffinityTerm, weight: 100 }));
  return podChange("affinity", { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } })(
    spread,
  );
}

/** Each workload in the building of another one of the same service, or of another site in the same hazard zone. */
function* moved(stack: readonly Resource[]): Generator<Mutant> {
  const clusters = ofType(stack, "pulumi:providers:kubernetes");
  for (const one of deployments(stack)) {
    const siblings = deployments(stack).filter((other) => other !== one && serviceOf(other) === serviceOf(one));
    const isCritical = wordOf(one, "tier") === "critical";
    // Outside of the capital's hazard zone stands Chuncheon alone: what leaves it for the capital is lost with the capital.
    const worse = isCritical
      ? one.name.endsWith("chuncheon") ? clusters.filter(({ name }) => name !== "chuncheon") : []
      : clusters.filter(({ urn }) => siblings.some(({ provider }) => provider === urn)); // prettier-ignore
    for (const { urn, name } of worse) {
      yield {
        what: `${one.name} to ${name}`,
        services: [serviceOf(one)],
        resources: replaced(stack, one, { ...one, provider: urn }),
      };
    }
  }
}

/** Two buildings of critical services share one cluster, and so one control plane. */
function* stretched(stack: readonly Resource[]): Generator<Mutant> {
  const inCluster = (name: string) => {
    const cluster = ofType(stack, "pulumi:providers:kubernetes").find((one) => one.name === name);
    return criticalPods(stack).filter(({ provider }) => provider === cluster?.urn);
  };
  for (const [host, guest] of [["chuncheon", "ansan"], ["ansan", "chuncheon"]] as const) {
    const resources = stack.map((one) => {
      if (one.name !== guest) return one;
      if (one.type === "pulumi:providers:kubernetes") return withProperty(one, ["context"], host);
      return one.type === "duplex:site:Site" ? withProperty(one, ["site", "clusterContext"], host) : one;
    });
    for (const one of inCluster(guest)) yield { what: `${one.name} in ${host}`, services: [serviceOf(one)], resources };
  }
} // prettier-ignore

function* budgets(stack: readonly Resource[], change: (budget: Resource) => Resource | undefined): Iterable<Mutant> {
  yield* eachOf((all) => ofType(all, "kubernetes:policy/v1:PodDisruptionBudget"), change)(stack);
}

const budgetOf = (spec: Readonly<Record<string, Value>>) => (one: Resource) =>
  withProperty(one, ["spec"], (found) => ({ selector: get(found, ["selector"]), ...spec }));

const tolerating = (seconds: number | undefined) => (one: Resource) =>
  podChange("tolerations", [
    {
      key: "node.kubernetes.io/unreachable",
      operator: "Exists",
      effect: "NoExecute",
      ...(seconds === undefined ? {} : { tolerationSeconds: seconds }),
    },
  ])(one);

export const workloadMutations: readonly MutationKind[] = [
  {
    name: "drop a deployment",
    expects: [...capacity, ...concentration],
    mutants: eachOf(deployments, () => undefined),
  },
  { name: "drop a group of machines", expects: capacity, mutants: eachOf(tokyoGroups, () => undefined) },
  { name: "move into a worse building", expects: [...capacity, ...concentration], mutants: moved },
  ...[0.9, 0.5, 0.1].map((share) => ({
    name: `shrink replicas to ${share * 100} %`,
    expects: capacity,
    mutants: eachOf(deployments, scaled(share)),
  })),
  {
    name: "shrink replicas to none",
    expects: ["empty-standby", ...capacity, ...concentration],
    mutants: eachOf(deployments, scaled(0)),
  },
  ...[0.9, 0.5, 0.2].map((share) => ({
    name: `shrink a group to ${share * 100} %`,
    expects: capacity,
    mutants: eachOf(tokyoGroups, groupAt(share, "minSize", "desiredCapacity")),
  })),
  ...[0.9, 0.5].map((share) => ({
    name: `scaler's maximum at ${share * 100} %`,
    expects: ["autoscaling-ceiling"],
    mutants: eachOf(tokyoGroups, groupAt(share, "minSize", "desiredCapacity", "maxSize")),
  })),
  ...[0.9, 0.5].map((share) => ({
    name: `a unit serves ${share * 100} %`,
    expects: capacity,
    mutants: eachOf(
      (stack) => [...deployments(stack), ...tokyoGroups(stack)],
      (one) => withWord(one, "unit-rps", String(Number(wordOf(one, "unit-rps")) * share)),
    ),
  })),
  {
    name: "a unit's capacity is stated nowhere",
    expects: ["undeclared-demand", ...capacity, "placement-proof"],
    mutants: eachOf(deployments, (one) => withWord(one, "unit-rps", undefined)),
  },
  {
    name: "a replica keeps a copy and serves nothing",
    expects: [...capacity, ...concentration],
    mutants: eachOf(
      (stack) => [...deployments(stack), ...tokyoGroups(stack)],
      (one) => withWord(one, "role", "backup"),
    ),
  },
  {
    name: "number of pods unknown",
    expects: ["placement-proof"],
    mutants: eachOf(deployments, (one) => withProperty(one, ["spec", "replicas"], UNKNOWN)),
  },
  {
    name: "cluster unknown",
    expects: ["placement-proof"],
    mutants: eachOf(pods, (one) => ({ ...one, provider: `${one.provider ?? ""}-elsewhere` })),
  },
  {
    name: "zones of a group unknown",
    expects: ["placement-proof"],
    mutants: eachOf(
      (stack) => ofType(stack, group),
      (one) => ({ ...withProperty(one, ["vpcZoneIdentifiers"], UNKNOWN), propertyDependencies: {} }),
    ),
  },
  {
    name: "drop a disruption budget",
    expects: ["disruption-budget-absent"],
    mutants: (stack) => budgets(stack, () => undefined),
  },
  {
    name: "a budget that admits no eviction",
    expects: ["disruption-budget-blocks"],
    mutants: (stack) => budgets(stack, budgetOf({ maxUnavailable: 0 })),
  },
  {
    name: "a budget that keeps every pod",
    expects: ["disruption-budget-blocks"],
    mutants: (stack) => budgets(stack, budgetOf({ minAvailable: "100%" })),
  },
  { name: "raise the toleration", expects: ["unreachable-toleration"], mutants: eachOf(strictPods, tolerating(600)) },
  {
    name: "tolerate for ever",
    expects: ["unreachable-toleration"],
    mutants: eachOf(strictPods, tolerating(undefined)),
  },
  {
    name: "no toleration of its own",
    expects: ["unreachable-toleration"],
    mutants: eachOf(strictPods, podChange("tolerations", [])),
  },
  { name: "one cluster over two buildings", expects: ["stretched-quorum"], mutants: stretched },
  { name: "remove the spread", expects: ["pod-spread"], mutants: eachOf(pods, gathered) },
  { name: "soften the spread", expects: ["pod-spread"], mutants: eachOf(pods, softened) },
  {
    name: "remove the requests",
    expects: ["requests-absent"],
    mutants: eachOf(pods, (one) => withProperty(one, [...podSpec, "containers", 0, "resources"], {})),
  },
  {
    name: "remove the priority",
    expects: ["priority-absent"],
    mutants: eachOf(criticalPods, podChange("priorityClassName", undefined)),
  },
];
