import { join } from "node:path";
import { readEstate } from "../../inventory/readEstate";
import type { Resource } from "../../inventory/resource";
import { catalogue } from "../../policies/catalogue";
import { judge, type Judgement } from "../../policies/judge";
import type { Finding } from "../../policies/policy";
import { recordStack, type Mutant, type MutationKind } from "../support/mutations";
import { harmlessRewrites } from "../support/mutationsHarmless";
import { dataMutations } from "../support/mutationsOfData";
import { needMutations } from "../support/mutationsOfNeeds";
import { routingMutations } from "../support/mutationsOfRouting";
import { workloadMutations } from "../support/mutationsOfWorkloads";

const seed = 20_221_015;
const kinds = [...workloadMutations, ...routingMutations, ...dataMutations, ...needMutations];

let stack: readonly Resource[];
let base: Judgement;
let had: ReadonlySet<string>;
beforeAll(async () => {
  stack = await recordStack(join(__dirname, "../.."), "prod");
  base = judge(readEstate(stack));
  had = new Set(base.findings.map(keyOf));
}, 60_000);

const keyOf = ({ policy, service, message }: Finding) => [policy, service, message].join("\n");

/** What is wrong with the judgement of a mutant; undefined where it is found for the right reason, at its own level. */
function survivalOf({ expects }: MutationKind, { what, services, resources }: Mutant): string | undefined {
  const { findings, verdict } = judge(readEstate(resources));
  const fresh = findings.filter((finding) => !had.has(keyOf(finding)));
  const right = fresh.filter(({ policy, service }) => expects.includes(policy) && services.includes(service ?? ""));
  const refusing = right.some(
    ({ policy, tier }) => catalogue.find(({ name }) => name === policy)?.levels[tier] === "mandatory",
  );
  if (right.length > 0 && (!refusing || verdict === "refused")) return undefined;
  return `${what}: ${verdict}, ${fresh.map(({ policy, service }) => `${policy} (${service ?? "stack"})`).join(", ") || "nothing new"}`;
}

test("the estate passes before it is mutated", () => {
  expect(base.findings.filter(({ level }) => level === "mandatory")).toEqual([]);
});

let mutants = 0;

function survivorsOf(kind: (typeof kinds)[number]): string[] {
  const all = [...kind.mutants(stack)];
  mutants += all.length;
  return all.flatMap((mutant) => survivalOf(kind, mutant) ?? []);
}

test.each(kinds.map((kind) => [kind.name, kind] as const))("found for the right reason: %s", (_name, kind) => {
  expect(survivorsOf(kind)).toEqual([]);
});

test("there are at least 500 mutants of at least 25 kinds, and every expected policy exists", () => {
  const names = new Set(catalogue.map(({ name }) => name));
  expect(kinds.flatMap(({ expects }) => expects).filter((name) => !names.has(name))).toEqual([]);
  expect(kinds.length).toBeGreaterThanOrEqual(25);
  expect(mutants).toBeGreaterThanOrEqual(500);
});

test("200 harmless rewrites are not refused and add no finding", () => {
  const known = new Set(base.findings.map(({ policy, service }) => `${policy} ${service ?? ""}`));
  const wrong = [...harmlessRewrites(stack, 200, seed)].flatMap(({ what, resources }) => {
    const { findings, verdict } = judge(readEstate(resources));
    const fresh = findings.filter(({ policy, service }) => !known.has(`${policy} ${service ?? ""}`));
    return verdict === base.verdict && fresh.length === 0
      ? []
      : [`${what}: ${fresh.map(({ policy, service }) => `${policy} (${service ?? "stack"})`).join(", ")}`];
  });
  expect(wrong).toEqual([]);
}, 60_000);
