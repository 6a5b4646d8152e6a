/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "fc.assert"] }] */
/** Whatever JSON stands in a resource: it is read, judged, and never a reason to stop. */
import fc from "fast-check";
import { readEstate } from "../../inventory";
import { readers } from "../../inventory/readers";
import { tagKeys } from "../../model";
import { createSurvival } from "../../survival";
import { judge } from "../../policies/judge";
import { arbitraryResource, stackOf, type LooseResource } from "../support/arbitraryResource";
import { namesReadOf, type NameTree } from "../support/readNames";

const seed = 20_221_015;
const leastCases = 100_000;
const perStack = 6;

/** Read through others, by no reader of their own. */
const parts = [
  ...["aws:ec2/subnet:Subnet", "aws:rds/clusterInstance:ClusterInstance", "aws:rds/subnetGroup:SubnetGroup"],
  ...["pulumi:providers:kubernetes", "pulumi:providers:aws", "duplex:site:Site", "duplex:service:AwsService"],
];
const types = [...new Set([...readers.flatMap((reader) => reader.types), ...parts])];
const stacksPerType = Math.ceil(leastCases / types.length / perStack);
/** One stack in so many is judged too: a judgement takes longer than a reading. */
const judgedEvery = 8;

/** Our own words stand among tags, where a reader takes whatever there is. */
const words = Object.fromEntries(Object.values(tagKeys).map((key) => [key, {}]));
const byType = new Map(types.map((type) => [type, withWords(namesReadOf(type))]));
const everyName: NameTree = Object.assign({}, ...byType.values()) as NameTree;
const companion = fc.constantFrom(...types).chain((type) => arbitraryResource(type, byType.get(type) ?? everyName));

function withWords(names: NameTree): NameTree {
  return names["tags"] === undefined ? names : { ...names, tags: { ...names["tags"], ...words } };
}

/** What came of the JSON: a property that never gets past a reader's first look would hold of nothing. */
const reached = { cases: 0, judged: 0, replicas: 0, facts: 0, strict: 0 };

/** Fails where an estate cannot be computed with, or where a policy could not judge it. */
function check(list: readonly LooseResource[], isJudged: boolean): void {
  const estate = readEstate(stackOf(list));
  const ids = estate.services.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const replicas = estate.services.flatMap((service) => service.replicas.map(({ id }) => id));
  expect(new Set(replicas).size).toBe(replicas.length);
  const survival = createSurvival(estate);
  for (const id of ids) expect(survival.outcome(id, []).share).toBeGreaterThanOrEqual(0);
  reached.replicas += replicas.length;
  reached.facts += estate.facts.length;
  reached.strict += estate.services.filter(({ tier }) => tier !== "standard").length;
  if (!isJudged) return;
  reached.judged++;
  const defects = judge(estate).findings.filter(({ fix }) => fix.includes("defect of the policy"));
  expect(defects.map(({ message }) => message)).toEqual([]);
}

test.each([...byType])("any JSON as the properties of %s is read", (type, names) => {
  const one = arbitraryResource(type, Object.keys(names).length > 0 ? names : everyName);
  const stack = fc.tuple(
    fc.array(one, { minLength: perStack, maxLength: perStack }),
    fc.array(companion, { maxLength: 2 }),
  );
  let runs = 0;
  fc.assert(
    fc.property(stack, ([alike, others]) => {
      reached.cases += alike.length;
      check([...alike, ...others], runs++ % judgedEvery === 0);
    }),
    { seed, numRuns: stacksPerType },
  );
});

test("that were at least 100,000 resources, of which readers made replicas and facts, and policies judged some", () => {
  expect(reached.cases).toBeGreaterThanOrEqual(leastCases);
  expect(reached.judged).toBeGreaterThanOrEqual(types.length);
  expect(reached.replicas).toBeGreaterThan(leastCases / 10);
  expect(reached.facts).toBeGreaterThan(leastCases / 100);
  expect(reached.strict).toBeGreaterThan(leastCases / 10);
});
