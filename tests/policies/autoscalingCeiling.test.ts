/** The policy looks only at what is too little at present; it must find what it would find by looking at everything. */
import fc from "fast-check";
import { defaultRequirements, kindOf, known, type Estate, type Fact, type Replica } from "../../model";
import { createSurvival } from "../../survival";
import { judge } from "../../policies/judge";
import { arbitraryEstate } from "../support/arbitraryEstate";

interface Ceilings {
  readonly estate: Estate;
  readonly of: ReadonlyMap<string, number>;
}

const scaled: fc.Arbitrary<Ceilings> = arbitraryEstate({ routes: true }).chain((estate) => {
  const urns = [...new Set(estate.services.flatMap(({ replicas }) => replicas.map(({ urn }) => urn)))];
  return fc.tuple(...urns.map(() => fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }))).map((maxima) => {
    const of = new Map(
      urns.flatMap((urn, index) => (maxima[index] === undefined ? [] : [[urn, maxima[index]] as const])),
    );
    const facts = [...of].map(([urn, maximum]): Fact => ({ kind: "autoscaling", urn, service: "a", minimum: known(0), maximum: known(maximum) })); // prettier-ignore
    const services = estate.services.map((service) => ({ ...service, tier: "critical" as const }));
    return { estate: { ...estate, services, facts }, of };
  });
});

/** By the definition: every scaled replica at its scaler's maximum, every domain taken away. */
function shortByDefinition({ estate, of }: Ceilings): readonly string[] {
  const unitsOf = (urn: string, all: readonly Replica[]) =>
    all.reduce((sum, one) => sum + (one.urn === urn && one.units.known ? one.units.value : 0), 0);
  const grown = (one: Replica, all: readonly Replica[]): Replica => {
    const units = unitsOf(one.urn, all);
    const ceiling = of.get(one.urn);
    if (ceiling === undefined || units === 0 || !one.units.known || !one.capacityRps?.known) return one;
    const factor = ceiling / units;
    return { ...one, units: known(one.units.value * factor), capacityRps: known(one.capacityRps.value * factor) };
  };
  const services = estate.services
    .filter(({ replicas }) => replicas.some(({ urn }) => of.has(urn)))
    .map((service) => ({ ...service, dependencies: [], replicas: service.replicas.map((one) => grown(one, service.replicas)) })); // prettier-ignore
  const survival = createSurvival({ ...estate, services });
  const { surviveOne } = defaultRequirements.critical;
  const relevantTo = (id: string) =>
    createSurvival(estate).relevantDomains(id).filter((domain) => surviveOne.includes(kindOf(domain))); // prettier-ignore
  return services
    .filter(({ id, objectives }) =>
      relevantTo(id).some((domain) => {
        const share = survival.outcome(id, [domain]).bestShare;
        return share > 0 && share + 1e-9 < (objectives?.leastShare ?? 1);
      }),
    )
    .map(({ id }) => id);
}

test("finds what its definition finds", () => {
  let found = 0;
  fc.assert(
    fc.property(scaled, (ceilings) => {
      const short = judge(ceilings.estate).findings.filter(({ policy }) => policy === "autoscaling-ceiling");
      expect(short.map(({ service }) => service).sort()).toEqual([...shortByDefinition(ceilings)].sort());
      found += short.length;
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(20);
});
