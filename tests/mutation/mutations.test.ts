/** The adversarial proof: a passing stack, changed in one point, is refused for the right reason; rewritten, it is not. */
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";
import { addedBy, groundOf, type Ground, type Proof } from "../support/mutationProof";
import { recordStack, type MutationKind } from "../support/mutations";
import { harmlessRewrites } from "../support/mutationsHarmless";
import { dataMutations } from "../support/mutationsOfData";
import { needMutations } from "../support/mutationsOfNeeds";
import { routingMutations } from "../support/mutationsOfRouting";
import { wordMutations } from "../support/mutationsOfWords";
import { workloadMutations } from "../support/mutationsOfWorkloads";

const seed = 20_221_015;
const root = join(__dirname, "..", "..");
const kinds = [...workloadMutations, ...routingMutations, ...dataMutations, ...needMutations, ...wordMutations];

/** Kinds that are advice for a critical service too, by what the policy says of its levels, with the reason. */
const advised: Readonly<Record<string, string>> = {
  "remove the priority": "The reserve is counted from pods that run; a priority only orders those that must still start.",
  "ask for the front page": "A shallow check still takes a dark building out; what it misses is a service that answers wrongly.",
  "ask for an open port": "A shallow check still takes a dark building out; what it misses is a service that answers wrongly.",
  "remove every replica region of a critical table": "Two followers are left: every loss is survived, after a promotion.",
  "no owner": "Nothing goes down for want of an owner.",
}; // prettier-ignore

/** Kinds that mean something to the neighbour's stack of two sites, of which the services are important. */
const kindsOfNeighbour: readonly string[] = [
  ...["drop a deployment", "move into a worse building", "shrink replicas to 90 %", "shrink replicas to 50 %"],
  ...["shrink replicas to 10 %", "shrink replicas to none", "a unit serves 90 %", "a unit serves 50 %"],
  ...["a unit's capacity is stated nowhere", "a unit's capacity in words", "a replica keeps a copy and serves nothing"],
  ...["number of pods unknown", "cluster unknown", "raise the time to live to an hour", "remove an answer"],
  "a workload of another service",
];

let prod: Ground;
let neighbour: Ground;
beforeAll(async () => {
  prod = groundOf(await recordStack(root, "prod"));
  neighbour = groundOf(await recordStack(join(root, "examples", "naver-2022"), "dev"));
}, 120_000);

const proofs = new Map<string, readonly Proof[]>();

function prove(ground: Ground, kind: MutationKind): readonly Proof[] {
  const found = ground.proofsOf(kind);
  proofs.set(kind.name, [...(proofs.get(kind.name) ?? []), ...found]);
  return found;
}

const says = (list: readonly Proof[]) => list.map((proof) => proof.says);
const byName = (wanted: (name: string) => boolean) =>
  kinds.filter(({ name }) => wanted(name)).map((kind) => [kind.name, kind] as const);

test("the estate passes before it is mutated", () => {
  expect(prod.base.findings.filter(({ level }) => level === "mandatory")).toEqual([]);
});

test.each(byName((name) => !(name in advised)))("refused where critical, found everywhere: %s", (_name, kind) => {
  const all = prove(prod, kind);
  expect(all.length).toBeGreaterThan(0);
  expect(says(all.filter(({ tier, refused }) => tier === "critical" && !refused))).toEqual([]);
  expect(says(all.filter(({ found }) => !found))).toEqual([]);
});

test.each(byName((name) => name in advised))("advised: %s", (_name, kind) => {
  const all = prove(prod, kind);
  expect(says(all.filter(({ found }) => !found))).toEqual([]);
  // A kind that is refused by now must leave the table.
  expect(says(all.filter(({ refused }) => refused))).toEqual([]);
});

test.each(byName((name) => kindsOfNeighbour.includes(name)))("the neighbour of 2022 is refused: %s", (_name, kind) => {
  const all = prove(neighbour, kind);
  expect(all.length).toBeGreaterThan(0);
  expect(says(all.filter(({ refused }) => !refused))).toEqual([]);
});

test("at least 500 mutants of at least 25 kinds are refused: this many of how many, by kind", () => {
  const refused = [...proofs].map(([name, list]) => [name, list.filter((proof) => proof.refused).length] as const);
  expect(refused.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(500);
  expect(refused.filter(([, count]) => count > 0).length).toBeGreaterThanOrEqual(25);
  const table = refused.map(([name, count]) => `${name}: ${count} of ${proofs.get(name)?.length ?? 0}`);
  expect(table).toMatchInlineSnapshot(`
    [
      "drop a deployment: 10 of 18",
      "drop a group of machines: 3 of 3",
      "move into a worse building: 13 of 21",
      "shrink replicas to 90 %: 10 of 18",
      "shrink replicas to 50 %: 10 of 18",
      "shrink replicas to 10 %: 10 of 18",
      "shrink replicas to none: 10 of 18",
      "shrink a group to 90 %: 3 of 3",
      "shrink a group to 50 %: 3 of 3",
      "shrink a group to 20 %: 3 of 3",
      "scaler's maximum at 90 %: 3 of 3",
      "scaler's maximum at 50 %: 3 of 3",
      "a unit serves 90 %: 13 of 21",
      "a unit serves 50 %: 13 of 21",
      "a unit's capacity is stated nowhere: 10 of 18",
      "a replica keeps a copy and serves nothing: 13 of 21",
      "number of pods unknown: 10 of 18",
      "cluster unknown: 18 of 26",
      "zones of a group unknown: 6 of 6",
      "drop a disruption budget: 12 of 22",
      "a budget that admits no eviction: 12 of 22",
      "a budget that keeps every pod: 12 of 22",
      "raise the toleration: 12 of 14",
      "tolerate for ever: 12 of 14",
      "no toleration of its own: 12 of 14",
      "remove the spread: 12 of 22",
      "soften the spread: 12 of 22",
      "remove the requests: 12 of 22",
      "remove a health check from an answer: 8 of 16",
      "raise the time to live to an hour: 9 of 17",
      "remove an answer: 15 of 23",
      "disable a health check: 12 of 22",
      "watch a site from inside: 6 of 6",
      "notice a loss after minutes: 12 of 12",
      "remove a table's only replica region: 1 of 2",
      "a quorum of two regions: 1 of 1",
      "replica region unknown: 4 of 5",
      "a follower that follows nothing: 6 of 6",
      "remove a bucket's replication: 0 of 2",
      "suspend a bucket's replication: 0 of 2",
      "replicate without a promise of time: 0 of 2",
      "remove the backup plan: 1 of 1",
      "select no store for backup: 1 of 1",
      "remove a vault's lock: 1 of 1",
      "a lock that an administrator can take off: 1 of 1",
      "a need that one vendor alone meets: 6 of 6",
      "a need of a laxer tier: 19 of 19",
      "a need that starts in a circle: 4 of 4",
      "a hard need in one building: 16 of 32",
      "an identity service in one building: 16 of 16",
      "a registry in one building: 16 of 16",
      "keys in one building: 16 of 16",
      "failover tooling in one building: 16 of 16",
      "monitoring in one building: 12 of 16",
      "a queue in one building: 12 of 16",
      "a peak above what was planned: 12 of 24",
      "no peak demand stated: 2 of 3",
      "no tier: 0 of 5",
      "a critical need tagged standard: 2 of 2",
      "a recovery point that nothing keeps: 3 of 3",
      "two facilities in one building: 1 of 1",
      "two facilities on one power feed: 0 of 1",
      "two facilities in one region: 1 of 1",
      "a facility run by the cloud's operator: 1 of 1",
      "another facility run by the cloud's operator: 1 of 1",
      "a region in the other's hazard zone: 1 of 1",
      "a facility in the others' hazard zone: 1 of 1",
      "a budget for other pods: 12 of 22",
      "an answer of no weight beside others: 12 of 12",
      "another site's answer: 8 of 16",
      "a unit's capacity in words: 10 of 18",
      "a workload that says no service: 8 of 16",
      "a workload of another service: 10 of 18",
      "a follower of a mode that means nothing: 6 of 6",
      "a hard need in one region: 12 of 12",
      "a promise that no switch keeps: 3 of 4",
      "remove the priority: 0 of 12",
      "ask for the front page: 0 of 14",
      "ask for an open port: 0 of 14",
      "remove every replica region of a critical table: 0 of 3",
      "no owner: 0 of 4",
    ]
  `);
});

test("every expected policy exists, and no kind is named twice", () => {
  const policies = new Set(catalogue.map(({ name }) => name));
  expect(kinds.flatMap(({ expects }) => expects).filter((name) => !policies.has(name))).toEqual([]);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
});

test("200 harmless rewrites are not refused and add no finding", () => {
  const all = [...harmlessRewrites(prod.stack, 200, seed)];
  const wrong = all.flatMap(({ what, resources }) => addedBy(resources, prod).map((added) => `${what}: ${added}`));
  expect(all).toHaveLength(200);
  expect(wrong).toEqual([]);
}, 60_000);
