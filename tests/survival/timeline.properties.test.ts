/** The timeline is what the recovery of an outcome is made of: the two must never differ. */
import fc from "fast-check";
import { known, unknown, type Estate, type Known, type Route, type Service } from "../../model";
import { createSurvival, type Timeline } from "../../survival";
import { arbitraryEstate, arbitraryLoss } from "../support/arbitraryEstate";

const times: fc.Arbitrary<Known<number>> = fc.constantFrom(known(0), known(20), known(300), unknown<number>("a time"));
const waysOut = fc.record({ ttlSeconds: times, intervalSeconds: times, byHand: fc.boolean() });
const often = fc.constantFrom(true, true, true, false);
const rarely = often.map((is) => !is);
const stores = fc.record({ isStore: often, multiWriter: rarely, rpoSeconds: times });

/** With names that are slow or quick to leave, or left by hand, and data that has to be promoted. */
const estates: fc.Arbitrary<Estate> = fc
  .oneof(arbitraryEstate({ routes: true }), arbitraryEstate({ unknowns: true, routes: true }))
  .chain((estate) =>
    fc.tuple(...estate.services.map(() => fc.tuple(waysOut, stores))).map((choices) => ({
      ...estate,
      services: estate.services.map((service, index): Service => {
        const [way, store] = choices[index] ?? [];
        const routes = way === undefined ? service.routes : service.routes.map((route) => leftBy(route, way));
        if (store?.isStore !== true) return { ...service, routes };
        return { ...service, routes, layer: "store", replication: { mode: "asynchronous", ...store } };
      }),
    })),
  );

function leftBy(
  route: Route,
  {
    ttlSeconds,
    intervalSeconds,
    byHand,
  }: { ttlSeconds: Known<number>; intervalSeconds: Known<number>; byHand: boolean },
): Route {
  return {
    ...route,
    ttlSeconds,
    needsControlPlane: byHand,
    targets: route.targets.map((target) => ({
      ...target,
      ...(target.healthCheck ? { healthCheck: { ...target.healthCheck, intervalSeconds } } : {}),
    })),
  };
}

const withLoss = estates.chain((estate) => fc.tuple(fc.constant(estate), arbitraryLoss(estate)));
const seen = { never: 0, late: 0, promoted: 0, started: 0, needed: 0, byHand: 0, unaffected: 0 };

function count({ events, rtoSeconds }: Timeline): void {
  const has = (kind: string) => Number(events.some((event) => event.kind === kind));
  seen.never += Number(rtoSeconds === Infinity);
  seen.late += Number(rtoSeconds > 0 && rtoSeconds < Infinity);
  seen.promoted += has("copyPromoted");
  seen.started += has("standbyStarted");
  seen.needed += has("needReady");
  seen.byHand += has("trafficRedirected");
  seen.unaffected += Number(events.length === 1);
}

test("a timeline ends when the outcome says, loses what it says, and asks the control planes that it says", () => {
  fc.assert(
    fc.property(withLoss, ([estate, lost]) => {
      const survival = createSurvival(estate);
      for (const { id } of estate.services) {
        const timeline = survival.timeline(id, lost);
        const { rtoSeconds, rpoSeconds, needsControlPlane } = survival.outcome(id, lost);
        expect(timeline).toMatchObject({ service: id, rtoSeconds, rpoSeconds, needsControlPlane });
        expect(timeline.events.at(-1)).toMatchObject({ kind: "serviceReady", seconds: rtoSeconds });
        count(timeline);
      }
    }),
    { numRuns: 5000 },
  );
  // Nothing of this may be missing from what was tried.
  expect(Object.entries(seen).filter(([, times]) => times < 20)).toEqual([]);
});

test("its events stand in the order of their ends, and none ends before it begins or after the service is ready", () => {
  fc.assert(
    fc.property(withLoss, ([estate, lost]) => {
      const survival = createSurvival(estate);
      for (const { id } of estate.services) {
        const { events, rtoSeconds } = survival.timeline(id, lost);
        const ends = events.map(({ seconds }) => seconds);
        expect([...ends].sort((one, other) => (one < other ? -1 : Number(one > other)))).toEqual(ends);
        for (const { beginSeconds, seconds } of events) {
          expect(beginSeconds).toBeGreaterThanOrEqual(0);
          expect(seconds).toBeGreaterThanOrEqual(beginSeconds);
          expect(seconds).toBeLessThanOrEqual(rtoSeconds);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("it is the same for whoever asks, in whatever order the losses come, and whatever was asked before", () => {
  fc.assert(
    fc.property(withLoss, ([estate, lost]) => {
      const asked = createSurvival(estate);
      for (const { id } of estate.services) asked.outcome(id, lost);
      for (const { id } of estate.services) {
        const first = createSurvival(estate).timeline(id, [...lost].reverse());
        expect(asked.timeline(id, lost)).toEqual(first);
      }
    }),
    { numRuns: 300 },
  );
});
