/** Neither the order of resources nor where their URNs sort decides on a verdict. */
import fc from "fast-check";
import { readEstate } from "../../inventory";
import type { Resource } from "../../inventory/resource";
import type { Urn } from "../../model";
import { judge } from "../../policies/judge";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const [here, far] = ["eu-west-1", "eu-central-1"];
const words = (service: string) => tags({ service, tier: "important" });

/** Stores and workloads whose readers look at each other. */
function joinedStack(): readonly Resource[] {
  const stack = new StackBuilder();
  const subnets = stack.subnets("net", here, ["euw1-az1", "euw1-az2", "euw1-az3"]);
  const table = stack.add("aws:dynamodb/table:Table", "carts", {
    region: here,
    arn: "arn:carts",
    tags: words("carts"),
  });
  stack.add("aws:dynamodb/tableReplica:TableReplica", "carts-far", {
    region: far,
    globalTableArn: output(table, "arn"),
    tags: words("carts"),
  });
  const kept = { versioning: { enabled: true }, tags: words("docs") };
  const copy = stack.add("aws:s3/bucket:Bucket", "copy", { region: far, arn: "arn:copy", ...kept });
  const docs = stack.add("aws:s3/bucket:Bucket", "docs", { region: here, arn: "arn:docs", ...kept });
  for (const [from, to] of [
    [docs, copy],
    [copy, docs],
  ] as const) {
    stack.add("aws:s3/bucketReplicationConfig:BucketReplicationConfig", from.name, {
      bucket: output(from),
      rules: [{ status: "Enabled", destination: { bucket: to.properties["arn"] } }],
    });
  }
  const database = stack.add("aws:rds/instance:Instance", "orders", {
    region: here,
    availabilityZoneId: "euw1-az1",
    identifier: "orders",
    tags: words("orders"),
  });
  stack.add("aws:rds/instance:Instance", "orders-reader", {
    region: here,
    availabilityZoneId: "euw1-az2",
    replicateSourceDb: output(database, "identifier"),
    tags: words("orders"),
  });
  const group = stack.autoscalingGroup("web", here, subnets, 6, { service: "web", tier: "important" }, { name: "web" });
  for (const desiredCapacity of [2, 4]) {
    stack.add("aws:autoscaling/schedule:Schedule", `at-${desiredCapacity}`, {
      autoscalingGroupName: output(group, "name"),
      minSize: 0,
      maxSize: 9,
      desiredCapacity,
    });
  }
  return stack.resources;
}

/** The same resources, each in a component of its own that decides where its URN sorts. */
function resorted(resources: readonly Resource[], places: readonly number[]): readonly Resource[] {
  const renamed = new Map<Urn, Urn>(
    resources.map(({ urn, type }, index) => [urn, urn.replace(`::${type}::`, `::app:p${places[index]}:P$${type}::`)]),
  );
  const rename = (urn: Urn): Urn => renamed.get(urn) ?? urn;
  return resources.map((resource) => ({
    ...resource,
    urn: rename(resource.urn),
    dependencies: resource.dependencies.map(rename),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, urns]) => [property, urns.map(rename)]),
    ),
  }));
}

function verdictOf(resources: readonly Resource[]): readonly string[] {
  const { findings } = judge(readEstate(resources), { today: "2026-01-01" });
  return findings.map(({ policy, service, verdict, level }) => [policy, service, verdict, level].join(" ")).sort();
}

it("gives the same verdict wherever URNs sort, and in any order", () => {
  const resources = joinedStack();
  const expected = verdictOf(resources);
  expect(expected).not.toEqual([]);
  const ranks = fc.array(fc.integer({ min: 100, max: 999 }), {
    minLength: resources.length,
    maxLength: resources.length,
  });
  fc.assert(
    fc.property(ranks, fc.shuffledSubarray([...resources], { minLength: resources.length }), (places, shuffled) => {
      expect(verdictOf(resorted(shuffled, places))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
