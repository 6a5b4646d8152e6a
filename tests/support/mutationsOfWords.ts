/** Mutations of what ties things together: selectors, words, weights, objectives, schedules. */
import type { Resource, Value } from "../../inventory/resource";
import {
  deployment,
  eachOf,
  eachSite,
  serviceOfAnswer,
  siteOfAnswer,
  ofType,
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
const concentration = ["single-facility", "single-hazard-zone", "single-region", "least-copies"];
const deployments = (stack: readonly Resource[]) => workloads(stack, deployment);
const followers = (stack: readonly Resource[]) => ofType(stack, statefulSet);
const budgets = (stack: readonly Resource[]) => ofType(stack, "kubernetes:policy/v1:PodDisruptionBudget");
const components = (stack: readonly Resource[]) => ofType(stack, "duplex:service:ActiveActiveService");
const strictServices = (stack: readonly Resource[]) =>
  components(stack).filter(({ properties }) => properties["tier"] !== "standard");
/** Answers that share the name's traffic by weight. */
const weighted = (stack: readonly Resource[]) =>
  ofType(stack, "aws:route53/record:Record").filter(
    (one) =>
      one.propertyDependencies["healthCheckId"] !== undefined &&
      one.properties["weightedRoutingPolicies"] !== undefined,
  );
/** The addresses of an answer of another site. */
function misled(one: Resource, stack: readonly Resource[]): Resource {
  const other = weighted(stack).find(
    (candidate) => siteOfAnswer(candidate) !== siteOfAnswer(one) && serviceOfAnswer(candidate) === serviceOfAnswer(one),
  );
  const records = other?.propertyDependencies["records"];
  if (other === undefined || records === undefined) return one;
  const named = withProperty(one, ["records"], other.properties["records"]);
  return { ...named, propertyDependencies: { ...one.propertyDependencies, records } };
}

/** Each service with a hard need of a table of one region. */
function* needsOneRegion(stack: readonly Resource[]): Generator<Mutant> {
  const like = ofType(stack, "aws:dynamodb/table:Table")[0];
  if (like === undefined) throw new Error("There is no table to copy.");
  for (const service of strictServices(stack)) {
    for (const region of ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"]) {
      const name = "sessions";
      const { parent: _, ...bare } = withWord(withWord(like, "service", name), "tier", undefined);
      const table = withProperty(withProperty(bare, ["replicas"], []), ["region"], region);
      const needing = withProperty(service, ["dependsOn"], (found) => [
        ...(Array.isArray(found) ? (found as readonly Value[]) : []),
        name,
      ]);
      yield {
        what: `${service.name} needs a table in ${region}`,
        services: [service.name, name],
        resources: [...replaced(stack, service, needing), { ...table, name, urn: `${like.urn}-${name}` }],
      };
    }
  }
}

/** A service's promise, in its component and wherever its resources repeat it. */
function* promising(stack: readonly Resource[]): Generator<Mutant> {
  for (const { name } of strictServices(stack)) {
    const resources = stack.map((one) => {
      if (serviceOf(one) !== name) return one;
      const published = one.properties["objectives"] !== undefined && one.type.startsWith("duplex:");
      const said = published ? withProperty(one, ["objectives", "rtoSeconds"], 1) : one;
      return wordOf(said, "rto-seconds") === undefined ? said : withWord(said, "rto-seconds", "1");
    });
    yield { what: `${name} promises to be back in a second`, services: [name], resources };
  }
}

export const wordMutations: readonly MutationKind[] = [
  {
    name: "a budget for other pods",
    expects: ["disruption-budget-absent"],
    mutants: eachOf(budgets, (one) =>
      withProperty(one, ["spec", "selector"], { matchLabels: { "app.kubernetes.io/name": "another" } }),
    ),
  },
  {
    name: "an answer of no weight beside others",
    expects: ["unrouted-site", "single-region", "overloaded-site"],
    mutants: eachSite(
      (stack) =>
        weighted(stack).filter(
          (one) =>
            new Set(
              weighted(stack)
                .filter((other) => serviceOfAnswer(other) === serviceOfAnswer(one))
                .map(siteOfAnswer),
            ).size > 2,
        ),
      (one) => withProperty(one, ["weightedRoutingPolicies", 0, "weight"], 0),
    ),
  },
  {
    name: "another site's answer",
    expects: ["unrouted-site", ...capacity, ...concentration],
    mutants: eachSite((stack) => weighted(stack).filter(({ properties }) => properties["ttl"] !== undefined), misled),
  },
  {
    name: "a unit's capacity in words",
    expects: ["undeclared-demand", "placement-proof", ...capacity],
    mutants: eachOf(deployments, (one) => withWord(one, "unit-rps", "plenty")),
  },
  {
    name: "a workload that says no service",
    expects: [...capacity, ...concentration, "unrouted-site"],
    mutants: eachOf(
      deployments,
      (one) => withWord(one, "service", undefined),
      // What says no name of its own belongs to its component, and is missed where it stood.
      (one) => [serviceOf(one), `${serviceOf(one)}/compute`],
    ),
  },
  {
    name: "a workload of another service",
    expects: [...capacity, ...concentration, "unrouted-site"],
    mutants: eachOf(deployments, (one) => withWord(one, "service", "somebody-else")),
  },
  {
    name: "a follower of a mode that means nothing",
    expects: ["data-replication", "single-facility", "least-copies"],
    mutants: eachOf(
      followers,
      (one) => withWord(one, "replication", "eventually"),
      (one) => [serviceOf(one), `${serviceOf(one)}/store`],
    ),
  },
  { name: "a hard need in one region", expects: ["single-region", "data-replication"], mutants: needsOneRegion },
  { name: "a promise that no switch keeps", expects: ["rto-objective"], mutants: promising },
];
