import fc from "fast-check";
import { known, type DomainId, type Estate } from "../../model";
import { createSurvival, type Outcome } from "../../survival";
import type { Bound } from "../../survival/level";
import { createDependencyGraph } from "../../survival/dependencyGraph";
import { needsOf } from "../../survival/result";
import { solveSingle } from "../../survival/solveSingle";
import { arbitraryEstate, arbitraryLoss, arbitraryResolution } from "../support/arbitraryEstate";
import { replica } from "../support/estateBuilder";
import { lossOf, resultIn, solvedGenerally, weakestIn } from "../support/generalSolver";
import { referenceCutSets, referenceOutcomes } from "../support/referenceSurvival";

const rank = { down: 0, degraded: 1, up: 2 } as const;
const anything = fc.oneof(
  arbitraryEstate(),
  arbitraryEstate({ routes: true }),
  arbitraryEstate({ unknowns: true, routes: true }),
);
const withLoss = (estates: fc.Arbitrary<Estate>) =>
  estates.chain((estate) => fc.tuple(fc.constant(estate), arbitraryLoss(estate)));

function outcomesOf(estate: Estate, lost: readonly DomainId[]): Outcome[] {
  const survival = createSurvival(estate);
  return estate.services.map(({ id }) => survival.outcome(id, lost));
}

/** True where the first is known to be better than the second. */
function isBetter(one: Outcome, other: Outcome): boolean {
  return one.status !== "unknown" && other.status !== "unknown" && rank[one.status] > rank[other.status];
}

describe("structure function", () => {
  it("never gains by losing more", () => {
    fc.assert(
      fc.property(
        withLoss(anything).chain(([estate, lost]) =>
          fc.tuple(fc.constant(estate), fc.constant(lost), fc.subarray(lost)),
        ),
        ([estate, more, less]) => {
          const survival = createSurvival(estate);
          for (const { id } of estate.services) {
            const after = survival.outcome(id, more);
            const before = survival.outcome(id, less);
            expect(isBetter(after, before)).toBe(false);
            expect(after.share).toBeLessThanOrEqual(before.share);
            expect(after.bestShare).toBeLessThanOrEqual(before.bestShare);
            expect(after.immediateShare).toBeLessThanOrEqual(before.immediateShare);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("answers alike in whatever order losses, services, replicas and domains come", () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    const twice = withLoss(anything).chain(([estate, lost]) =>
      fc.tuple(
        fc.constant(estate),
        fc.constant(lost),
        shuffled(lost),
        fc.record({ domains: shuffled(estate.domains), services: shuffled(estate.services) }),
      ),
    );
    fc.assert(
      fc.property(twice, ([estate, lost, lostAgain, parts]) => {
        const one = createSurvival(estate);
        const other = createSurvival({ ...estate, ...parts });
        for (const { id } of estate.services) {
          // Which of several equal limits is named is not part of the answer's truth; everything else is.
          expect({ ...other.outcome(id, [...lostAgain, ...lostAgain]), weakest: "" }).toEqual({
            ...one.outcome(id, lost),
            weakest: "",
          });
          expect(other.minimalCutSets(id, 2)).toEqual(one.minimalCutSets(id, 2));
        }
      }),
    );
  });

  it("agrees with its definition, tried subset by subset", () => {
    fc.assert(
      fc.property(withLoss(arbitraryEstate()), ([estate, lost]) => {
        const reference = referenceOutcomes(estate, lost);
        for (const { service, status, share, bestShare } of outcomesOf(estate, lost)) {
          expect({ service, status }).toEqual({ service, status: reference.get(service)?.status });
          expect(share).toBeCloseTo(reference.get(service)?.share ?? NaN, 9);
          expect(bestShare).toBe(share);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("solves a service that nothing leads back to as it solves any component", () => {
    let seen = 0;
    fc.assert(
      fc.property(withLoss(anything), fc.constantFrom<Bound[]>("worst", "best"), ([estate, lost], bound) => {
        const general = solvedGenerally(estate, lost, bound);
        const alone = createDependencyGraph(estate).components.flatMap(({ only }) => only ?? []);
        seen += alone.length;
        const solved = alone.map((node) => {
          const result = solveSingle(node, lossOf(estate, lost), bound, (id) => resultIn(general, id));
          const need = typeof result.weakest === "number" ? needsOf(node)[result.weakest] : undefined;
          return { ...result, weakest: need === undefined ? node.id : weakestIn(general, need) };
        });
        expect(solved).toEqual(alone.map(({ id }) => general.get(id)));
      }),
      { numRuns: 1000 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("keeps every resolution of the unknowns between its bounds", () => {
    const resolved = withLoss(arbitraryEstate({ unknowns: true, routes: true })).chain(([estate, lost]) =>
      fc.tuple(fc.constant(estate), arbitraryResolution(estate), fc.constant(lost)),
    );
    fc.assert(
      fc.property(resolved, ([estate, certain, lost]) => {
        const bounds = outcomesOf(estate, lost);
        outcomesOf(certain, lost).forEach((outcome, index) => {
          const bound = bounds[index];
          expect(outcome.status).not.toBe("unknown");
          expect(bound?.share).toBeLessThanOrEqual(outcome.share);
          expect(bound?.bestShare).toBeGreaterThanOrEqual(outcome.share);
          expect([outcome.status, "unknown"]).toContain(bound?.status);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("names what is missing exactly where it does not know", () => {
    fc.assert(
      fc.property(withLoss(arbitraryEstate({ unknowns: true, routes: true })), ([estate, lost]) => {
        for (const { status, missing } of outcomesOf(estate, lost)) {
          expect(missing.length > 0).toBe(status === "unknown");
        }
      }),
    );
  });

  it("is never worse for one more replica in domains of its own", () => {
    fc.assert(
      fc.property(withLoss(arbitraryEstate()), fc.nat(), ([estate, lost], pick) => {
        const index = pick % estate.services.length;
        const services = estate.services.map((service, at) => {
          if (at !== index) return service;
          const more = replica(`${service.id}#more`, ["facility:far-away"], { capacityRps: known(10) });
          return { ...service, replicas: [...service.replicas, more] };
        });
        const before = outcomesOf(estate, lost);
        outcomesOf({ ...estate, services }, lost).forEach((after, at) => {
          const old = before[at];
          expect(old && isBetter(old, after)).toBe(false);
          expect(after.share).toBeGreaterThanOrEqual(old?.share ?? NaN);
        });
      }),
    );
  });

  it("does not react to a domain that it calls irrelevant", () => {
    fc.assert(
      fc.property(withLoss(anything), ([estate, lost]) => {
        const survival = createSurvival(estate);
        for (const { id } of estate.services) {
          const relevant = new Set(survival.relevantDomains(id));
          expect(survival.outcome(id, lost)).toEqual(
            survival.outcome(
              id,
              lost.filter((domain) => relevant.has(domain)),
            ),
          );
        }
      }),
    );
  });
});

describe("minimal cut sets", () => {
  it("are all those, and only those, that trying every pair finds", () => {
    fc.assert(
      fc.property(arbitraryEstate(), (estate) => {
        const survival = createSurvival(estate);
        for (const { id } of estate.services) {
          const found = survival.minimalCutSets(id, 2);
          expect(found.map(({ domains }) => domains)).toEqual(referenceCutSets(estate, id));
          expect(found.every(({ certainty }) => certainty === "broken")).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are minimal within their certainty, and unknown ones may really leave the service up", () => {
    fc.assert(
      fc.property(arbitraryEstate({ unknowns: true }), (estate) => {
        const survival = createSurvival(estate);
        for (const { id } of estate.services) {
          const sets = survival.minimalCutSets(id, 2);
          for (const { domains, certainty } of sets) {
            const { status } = survival.outcome(id, domains);
            expect(status).toBe(certainty === "broken" ? "down" : "unknown");
            for (const left of domains) {
              const less = survival.outcome(
                id,
                domains.filter((domain) => domain !== left),
              );
              expect(less.status === "down").toBe(false);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
