/** No finding contradicts the table of survival, and each policy speaks for the tiers that its page names, as it says. */
import fc from "fast-check";
import { defaultRequirements, tiers, type Estate } from "../../model";
import { catalogue } from "../../policies/catalogue";
import { judge } from "../../policies/judge";
import { levelInWords } from "../../policies/levels";
import type { Finding } from "../../policies/policy";
import { createSurvival } from "../../survival";
import { arbitraryEstate } from "../support/arbitraryEstate";
import { singleOperator } from "../../policies/concentration";
import { examples } from "./examples";
import { concentration } from "./examples/concentration";

const policies = new Map(catalogue.map((policy) => [policy.name, policy]));

/** Estates whose services have any tier. */
const estates: fc.Arbitrary<Estate> = arbitraryEstate({ routes: true, unknowns: true }).chain((estate) =>
  fc.tuple(...estate.services.map(() => fc.constantFrom(...tiers))).map((chosen) => ({
    ...estate,
    services: estate.services.map((service, index) => ({ ...service, tier: chosen[index] ?? service.tier })),
  })),
);

/** Findings that say of a service that it goes down with a loss after which the table says otherwise. */
function contradictions(estate: Estate): readonly string[] {
  const survival = createSurvival(estate);
  return judge(estate).findings.flatMap(({ policy, verdict, service, lost }) => {
    const takesAway = policies.get(policy)?.loss !== undefined && policy !== "single-dns-provider";
    if (!takesAway || verdict !== "broken" || service === undefined) return [];
    const { status } = survival.outcome(service, lost);
    return status === "down" ? [] : [`${policy} of ${service} without ${lost.join(", ")}: ${status}`];
  });
}

function wrongLevels(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ policy, tier, level, service }) => {
    const said = policies.get(policy);
    if (said === undefined || service === undefined) return [];
    const word = levelInWords(said, tier);
    return word === level || (word === "mandatory" && level === "advisory") ? [] : [`${policy} ${tier} ${level}`];
  });
}

test("no finding on any estate says down where the table says otherwise", () => {
  fc.assert(
    fc.property(estates, (estate) => expect(contradictions(estate)).toEqual([])),
    { numRuns: 200 },
  );
});

test("no finding on any estate speaks for a tier that the policy's page leaves out", () => {
  fc.assert(
    fc.property(estates, (estate) => expect(wrongLevels(judge(estate).findings)).toEqual([])),
    { numRuns: 200 },
  );
});

test.each(Object.entries(examples))("%s: its examples agree with the table and with its page", (_, all) => {
  for (const { estate } of [all.passes, all.nearMiss, all.refused]) {
    expect(contradictions(estate)).toEqual([]);
    expect(wrongLevels(judge(estate).findings)).toEqual([]);
  }
});

test("what a page says is only asked for is said as soon as a setting asks for it", () => {
  const example = concentration["single-operator"]?.refused.estate ?? {
    domains: [],
    services: [],
    facts: [],
    notJudged: [],
  };
  const estate = {
    ...example,
    services: example.services.map((service) => ({ ...service, tier: "important" as const })),
  };
  const found = (requirements = defaultRequirements): readonly string[] =>
    judge(estate, { requirements }).findings.flatMap(({ policy, level }) =>
      policy === "single-operator" ? level : [],
    );
  const { important } = defaultRequirements;
  const asking = { ...important, surviveOne: [...important.surviveOne, "operator" as const] };
  expect(levelInWords(singleOperator, "important")).toBe("advisory, if asked for");
  expect(found()).toEqual([]);
  expect(new Set(found({ ...defaultRequirements, important: asking }))).toEqual(new Set(["advisory"]));
});
