/** Rewrites that change nothing of what survives: seeded, the same in every run. */
import type { Resource, Value } from "../../inventory/resource";
import { deployment, group, ofType, replaced, withProperty, workloads } from "./mutations";

export interface Rewrite {
  readonly what: string;
  readonly resources: readonly Resource[];
}

type Random = (below: number) => number;

/** Numerical Recipes' linear congruence: enough to pick with, and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function picked(list: readonly Resource[], random: Random): Resource {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error("There is nothing to rewrite.");
  return one;
}

function shuffled(stack: readonly Resource[], random: Random): readonly Resource[] {
  const list = [...stack];
  for (let last = list.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [list[last], list[other]] = [list[other] as Resource, list[last] as Resource];
  }
  return list;
}

/** Every URN rewritten alike, wherever it stands. */
function renamed(stack: readonly Resource[], rename: (urn: string) => string): readonly Resource[] {
  const lists = (all: Resource["propertyDependencies"]) =>
    Object.fromEntries(Object.entries(all).map(([key, urns]) => [key, urns.map(rename)]));
  return stack.map((one) => {
    const urn = rename(one.urn);
    return {
      ...one,
      urn,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      dependencies: one.dependencies.map(rename),
      propertyDependencies: lists(one.propertyDependencies),
      ...(one.parent === undefined ? {} : { parent: rename(one.parent) }),
      ...(one.provider === undefined ? {} : { provider: rename(one.provider) }),
    };
  });
}

const rewritten =
  (
    types: readonly string[],
    path: readonly (string | number)[],
    value: (random: Random) => Value | ((found: Value) => Value),
  ) =>
  (stack: readonly Resource[], random: Random) => {
    const one = picked(ofType(stack, ...types), random);
    return replaced(stack, one, withProperty(one, path, value(random)));
  };

const more = (below: number) => (random: Random) => (found: Value) => Number(found) + 1 + random(below);
const tagged = [
  "aws:dynamodb/table:Table",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:ec2/vpc:Vpc",
  "aws:s3/bucket:Bucket",
];

const kinds: Readonly<Record<string, (stack: readonly Resource[], random: Random) => readonly Resource[]>> = {
  "reorder the resources": shuffled,
  "another project": (stack, random) => {
    const project = `project-${random(99)}`;
    return renamed(stack, (urn) => urn.replace(/^(urn:pulumi:[^:]+::)[^:]+/, `$1${project}`));
  },
  "another stack": (stack, random) => {
    const name = "x".repeat(1 + random(60));
    return renamed(stack, (urn) => urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${name}`));
  },
  "longer logical names": (stack) =>
    renamed(stack, (urn) => (/::aws:|\$aws:/.test(urn) ? `${urn}-with-a-much-longer-name` : urn)),
  "more pods": (stack, random) => {
    const one = picked(workloads(stack, deployment), random);
    return replaced(stack, one, withProperty(one, ["spec", "replicas"], more(20)(random)));
  },
  "more room to grow": rewritten([group], ["maxSize"], more(40)),
  "another size of the same capacity": rewritten(
    ["aws:ec2/launchTemplate:LaunchTemplate"],
    ["instanceType"],
    (random) => ["c7a.2xlarge", "m7i.2xlarge", "c6i.2xlarge"][random(3)],
  ),
  "one more tag": rewritten(tagged, ["tags"], (random) => (found) => ({
    ...(found as object),
    [`cost-centre-${random(9)}`]: String(random(999)),
  })),
  "another description": rewritten(
    ["aws:kms/key:Key", "aws:ec2/securityGroup:SecurityGroup"],
    ["description"],
    (random) => `Text ${random(999)}`,
  ),
  "another address range": rewritten(["aws:ec2/subnet:Subnet"], ["cidrBlock"], (random) => `10.${random(250)}.0.0/20`),
  "a quicker health check": rewritten(
    ["aws:route53/healthCheck:HealthCheck"],
    ["failureThreshold"],
    (random) => 1 + random(3),
  ),
};

/** As many rewrites as are asked for, of every kind in turn. */
export function* equivalentRewrites(stack: readonly Resource[], count: number, seed: number): Generator<Rewrite> {
  const random = seeded(seed);
  const all = Object.entries(kinds);
  for (let index = 0; index < count; index++) {
    const [name, rewrite] = all[index % all.length] as (typeof all)[number];
    yield { what: `${index}: ${name}`, resources: rewrite(stack, random) };
  }
}
