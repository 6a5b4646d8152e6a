/** Units over several places: which of them gets an odd one nobody knows, so that the loss of any takes it. */
import fc from "fast-check";
import { replicasOf } from "../../inventory/spread";
import { Identities } from "../../inventory/identity";
import type { Resource } from "../../inventory/resource";
import { Stack } from "../../inventory/stack";
import { domainId, known, labelKeys, type DomainId } from "../../model";
import { createSurvival } from "../../survival";
import { service } from "../support/estateBuilder";

const unitRps = 100;
const resource: Resource = {
  ...{ urn: "urn:pods", type: "kubernetes:apps/v1:Deployment", name: "pods", custom: true },
  properties: { metadata: { annotations: { [labelKeys.unitRps]: String(unitRps) } } },
  ...{ propertyDependencies: {}, dependencies: [] },
};
const identities = new Identities(new Stack([resource]), {});

function survivalOf(units: number, places: number, peakRps: number, quorum: "any" | "majority" = "any") {
  const placements = Array.from({ length: places }, (_, index): readonly DomainId[] => [
    domainId("facility", `f${index}`),
  ]);
  const replicas = replicasOf(resource, { units: known(units), places: known(placements) }, { identities });
  const domains = placements
    .flat()
    .map((id) => ({ id, kind: "facility" as const, name: id, within: [], suppliedBy: [] }));
  const pods = service("pods", replicas, { peakRps: known(peakRps), quorum });
  return createSurvival({ domains, services: [pods], facts: [], notJudged: [] });
}

const facility = (index: number) => domainId("facility", `f${index}`);

it("every loss of as many places leaves the same, and what the planner of the reserve counts on", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 25 }),
      fc.infiniteStream(fc.nat(1)),
      (places, units, coins) => {
        const survival = survivalOf(units, places, units * unitRps);
        const lost = Array.from({ length: places }, (_, index) => facility(index)).filter(
          () => coins.next().value === 1,
        );
        const fullest = Math.floor(units / places) * lost.length + Math.min(units % places, lost.length);
        expect(survival.outcome("pods", lost).immediateShare).toBeCloseTo((units - fullest) / units, 9);
      },
    ),
  );
});

it.each([
  ["three members over two facilities", 3, 2, "down"],
  ["three members over three", 3, 3, "up"],
  ["five members over three", 5, 3, "up"],
  ["four members over three", 4, 3, "down"],
] as const)("a majority of %s is %s after the loss of any one", (_, units, places, status) => {
  const survival = survivalOf(units, places, unitRps, "majority");
  const found = Array.from({ length: places }, (_unused, index) => survival.outcome("pods", [facility(index)]).status);
  expect(new Set(found)).toEqual(new Set([status]));
});

it("one unit that may stand in either of two places is lost with either", () => {
  const survival = survivalOf(1, 2, unitRps);
  expect([0, 1].map((index) => survival.outcome("pods", [facility(index)]).status)).toEqual(["down", "down"]);
  expect(survival.minimalCutSets("pods", 1).map(({ domains }) => domains)).toEqual([[facility(0)], [facility(1)]]);
});
