/** What is skipped because an alike service was fine must not hang on which of the two was looked at first. */
import fc from "fast-check";
import { known, tiers, type Estate, type Fact, type Service } from "../../model";
import { judge } from "../../policies/judge";
import { arbitraryEstate } from "../support/arbitraryEstate";

const copy = fc.record({
  tier: fc.constantFrom(...tiers),
  leastShare: fc.constantFrom(0.1, 0.5, 1),
  isAlone: fc.boolean(),
});

/** An estate in which each service has copies of other tiers, promises and needs, all with a ceiling. */
const estates: fc.Arbitrary<Estate> = arbitraryEstate({ routes: true }).chain((estate) =>
  fc.tuple(...estate.services.map(() => fc.tuple(copy, copy, copy))).map((choices) => {
    const services = estate.services.flatMap((service, index) =>
      (choices[index] ?? []).map((choice, number) => copyOf(service, choice, number)),
    );
    const urns = new Set(services.flatMap(({ replicas }) => replicas.map(({ urn }) => urn)));
    const facts = [...urns].map((urn): Fact => ({ kind: "autoscaling", urn, service: "a", minimum: known(0), maximum: known(4) })); // prettier-ignore
    return { ...estate, services: [...estate.services, ...services], facts };
  }),
);

function copyOf(
  service: Service,
  { tier, leastShare, isAlone }: { tier: Service["tier"]; leastShare: number; isAlone: boolean },
  number: number,
): Service {
  const renamed = (id: string): string => `${id}-${number}`;
  return {
    ...service,
    id: renamed(service.id),
    tier,
    objectives: { rtoSeconds: 60, rpoSeconds: 60, leastShare },
    replicas: service.replicas.map((one) => ({
      ...one,
      id: renamed(one.id),
      remainder: undefined,
      standsInFor: undefined,
    })),
    dependencies: isAlone ? [] : service.dependencies,
    routes: service.routes.map((route) => ({
      ...route,
      targets: route.targets.map((target) => ({ ...target, replicas: target.replicas.map(renamed) })),
    })),
  };
}

/** Which of several equal limits a message names may differ. */
function foundIn(estate: Estate): readonly string[] {
  return judge(estate).findings.map(({ policy, service, lost }) => `${policy} ${service} ${lost.join()}`).sort(); // prettier-ignore
}

test("the findings are the same in whatever order the services come", () => {
  fc.assert(
    fc.property(estates, (estate) => {
      expect(foundIn({ ...estate, services: [...estate.services].reverse() })).toEqual(foundIn(estate));
    }),
    { numRuns: 300 },
  );
});
