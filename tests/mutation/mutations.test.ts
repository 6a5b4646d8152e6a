/** The adversarial proof: a passing stack, changed in one point, is refused for the right reason; rewritten, it is not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";
import { addedBy, groundOf, type Ground, type Proof } from "../support/mutationProof";
import { recordStack, type MutationKind } from "../support/mutations";
import { equivalentRewrites } from "../support/equivalentRewrites";
import { careMutations } from "../support/mutationsOfCare";
import { dataMutations } from "../support/mutationsOfData";
import { needMutations } from "../support/mutationsOfNeeds";
import { routingMutations } from "../support/mutationsOfRouting";
import { wordMutations } from "../support/mutationsOfWords";
import { workloadMutations } from "../support/mutationsOfWorkloads";

const seed = 20_221_015;
const root = join(__dirname, "..", "..");
const kinds = [
  ...workloadMutations,
  ...routingMutations,
  ...dataMutations,
  ...needMutations,
  ...wordMutations,
  ...careMutations,
];

/** Kinds that are advice for a critical service too, by what the policy says of its levels, with the reason. */
const advised: Readonly<Record<string, string>> = {
  "remove the priority": "The reserve is counted from pods that run; a priority only orders those that must still start.",
  "ask for the front page": "A shallow check still takes a dark building out; what it misses is a service that answers wrongly.",
  "ask for an open port": "A shallow check still takes a dark building out; what it misses is a service that answers wrongly.",
  "remove every replica region of a critical table": "Two followers are left: every loss is survived, after a promotion.",
  "keep no copy of a backup elsewhere": "Every store has copies in other regions, which the loss of one vault leaves.",
  "never restore a backup": "Nothing goes down for want of a rehearsal; whether the backup can be restored is only not known.",
  "no owner": "Nothing goes down for want of an owner.",
  "no runbook": "Nothing goes down for want of a runbook; it takes longer to come back.",
  "no status page": "Nothing goes down for want of a page; its users are told late.",
  "a facility that was never drilled": "Nothing goes down for want of a drill; whether it holds is only not known.",
}; // prettier-ignore

/**
 * Mutants of a critical service that take nothing away, by what they change, with the reason: a name that Route 53
 * alone answers is lost with AWS, so that what a building holds for that loss is asked of no one.
 */
const needless: Readonly<Record<string, { readonly what: RegExp; readonly why: string }>> = {
  "a unit's capacity in words": { what: /-ansan$/, why: "The other sites carry the peak without the building." },
  "a unit's capacity is stated nowhere": { what: /-ansan$/, why: "The other sites carry the peak without the building." },
  "number of pods unknown": { what: /-ansan$/, why: "The other sites carry the peak without the building." },
  "a workload that says no service": { what: /./, why: "Its image and its name say which service it is of." },
  "remove a table's only replica region": { what: /gift-data$/, why: "A standard service, which is told of it already." },
}; // prettier-ignore
const isNeedless = (name: string, { what }: Proof) => needless[name]?.what.test(what) === true;

/** Kinds that mean something to the neighbour's stack of two sites, of which the services are important. */
const kindsOfNeighbour: readonly string[] = [
  ...["drop a deployment", "move into a worse building", "shrink replicas to 90 %", "shrink replicas to 50 %"],
  ...["shrink replicas to 10 %", "shrink replicas to none", "a unit serves 90 %", "a unit serves 50 %"],
  ...["a unit's capacity is stated nowhere", "a unit's capacity in words", "a replica keeps a copy and serves nothing"],
  ...["number of pods unknown", "cluster unknown", "raise the time to live to an hour", "remove an answer"],
  "a workload of another service",
];

/** The table of docs/mutation.md: a floor, so that a kind that is refused more often does not fail here. */
const leastRefused = new Map(
  [...readFileSync(join(root, "docs", "mutation.md"), "utf8").matchAll(/^\| (.+?) +\| +(\d+) \| +\d+ \|$/gm)].map(
    ([, name = "", count]) => [name, Number(count)] as const,
  ),
);

let prod: Ground;
let neighbour: Ground;
beforeAll(async () => {
  prod = groundOf(await recordStack(root, "prod"));
  neighbour = groundOf(await recordStack(join(root, "examples", "naver-2022"), "dev"));
}, 300_000);

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
  const whole = prove(prod, kind);
  expect(whole.length).toBeGreaterThan(0);
  const all = whole.filter((proof) => !isNeedless(kind.name, proof));
  expect(says(all.filter(({ tier, refused }) => tier === "critical" && !refused))).toEqual([]);
  expect(says(all.filter(({ found }) => !found))).toEqual([]);
});

test.each(byName((name) => name in advised))("advised: %s", (_name, kind) => {
  const all = prove(prod, kind);
  expect(all.length).toBeGreaterThan(0);
  expect(says(all.filter(({ found }) => !found))).toEqual([]);
  // A kind that is refused by now must leave the table.
  expect(says(all.filter(({ refused }) => refused))).toEqual([]);
});

test.each(byName((name) => kindsOfNeighbour.includes(name)))("the neighbour of 2022 is refused: %s", (_name, kind) => {
  const all = prove(neighbour, kind);
  expect(all.length).toBeGreaterThan(0);
  expect(says(all.filter(({ refused }) => !refused))).toEqual([]);
});

test("at least 500 mutants of at least 25 kinds are refused, and of each kind as many as docs/mutation.md says", () => {
  const refused = [...proofs].map(([name, list]) => [name, list.filter((proof) => proof.refused).length] as const);
  expect(refused.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(500);
  expect(refused.filter(([, count]) => count > 0).length).toBeGreaterThanOrEqual(25);
  const fewer = refused.filter(([name, count]) => count < (leastRefused.get(name) ?? Infinity));
  expect(fewer.map(([name, count]) => `${name}: ${count}`)).toEqual([]);
});

test("every expected policy exists, and no kind is named twice", () => {
  const policies = new Set(catalogue.map(({ name }) => name));
  expect(kinds.flatMap(({ expects }) => expects).filter((name) => !policies.has(name))).toEqual([]);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
});

test("200 rewrites that mean the same are not refused and add no finding", () => {
  const all = [...equivalentRewrites(prod.stack, 200, seed)];
  const wrong = all.flatMap(({ what, resources }) => addedBy(resources, prod).map((added) => `${what}: ${added}`));
  expect(all).toHaveLength(200);
  expect(wrong).toEqual([]);
}, 60_000);
