/**
 * The worst placement against every placement that there is: on small clusters all orders in which pods can be placed are
 * played, and the fewest that a loss leaves are counted.
 */
import fc from "fast-check";
import { Worst, type Domains, type Problem } from "../../inventory/kubernetes/placement/worst";

/** Rules as a scheduler checks them for the next pod, without any of the model's arithmetic. */
class Scheduler {
  constructor(readonly problem: Problem) {}

  /** Every end of placing the pods one by one: nobody left to place, or no host that may take the next. */
  ends(): readonly (readonly number[])[] {
    const { hosts, pods } = this.problem;
    const seen = new Set<string>();
    const ends: (readonly number[])[] = [];
    const pending: number[][] = [hosts.map(() => 0)];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (seen.has(state.join())) continue;
      seen.add(state.join());
      const placed = state.reduce((sum, one) => sum + one, 0);
      const here = state;
      const open = placed < pods ? hosts.flatMap((_, host) => (this.#admits(here, host) ? [host] : [])) : [];
      if (open.length === 0) ends.push(state);
      for (const host of open) pending.push(state.map((one, index) => one + (index === host ? 1 : 0)));
    }
    return ends;
  }

  #admits(state: readonly number[], host: number): boolean {
    const { hosts, spread, apart } = this.problem;
    if ((state[host] ?? 0) >= (hosts[host]?.capacity ?? 0)) return false;
    const total = (names: readonly string[], name: string) =>
      state.reduce((sum, one, index) => (names[index] === name ? sum + one : sum), 0);
    if (apart.some((names) => names[host] !== "" && total(names, names[host] ?? "") > 0)) return false;
    return spread.every(({ domains, maxSkew, minDomains }) => {
      const names = domains === "each host" ? hosts.map((_, index) => String(index)) : domains;
      const all = [...new Set(names)].filter((name) => name !== "");
      const fewest = all.length < minDomains ? 0 : Math.min(...all.map((name) => total(names, name)));
      return total(names, names[host] ?? "") + 1 - fewest <= maxSkew;
    });
  }
}

/** Hosts one by one: two or three zones with one to three hosts each, of which some take no pod. */
const arbitraryProblem: fc.Arbitrary<Problem> = fc
  .record({
    zones: fc.array(fc.array(fc.constantFrom(0, 1, 2, 3, 9, 9, 9), { minLength: 1, maxLength: 3 }), {
      minLength: 2,
      maxLength: 3,
    }),
    pods: fc.integer({ min: 1, max: 7 }),
    overZones: fc.option(
      fc.record({ maxSkew: fc.integer({ min: 1, max: 3 }), minDomains: fc.integer({ min: 1, max: 4 }) }),
    ),
    overHosts: fc.option(fc.record({ maxSkew: fc.integer({ min: 1, max: 2 }), minDomains: fc.constant(1) }), {
      freq: 1,
    }),
    isApart: fc.boolean(),
  })
  .map(({ zones, pods, overZones, overHosts, isApart }) => {
    const hosts = zones.flatMap((list, place) => list.map((capacity) => ({ place, count: 1, capacity })));
    const names = hosts.map(({ place }) => `zone-${place}`);
    const rule = (domains: Domains, found: { maxSkew: number; minDomains: number } | null) =>
      found === null ? [] : [{ domains, ...found, others: 0, hosts: hosts.map(() => true) }];
    return {
      pods,
      hosts,
      spread: [...rule(names, overZones), ...rule("each host", overHosts)],
      apart: isApart && overZones === null ? [names] : [],
    };
  });

/** Sets of places, each by its numbers. */
function setsOf(places: number): readonly ReadonlySet<number>[] {
  return Array.from(
    { length: 2 ** places },
    (_, set) =>
      new Set(Array.from({ length: places }, (_, place) => place).filter((place) => (set >> place) % 2 === 1)),
  );
}

it("promises no pod that some order of placing does not give, and is exact in nearly all clusters", () => {
  const tally = { all: 0, exact: 0, told: 0 };
  fc.assert(
    fc.property(arbitraryProblem, (problem) => {
      const ends = new Scheduler(problem).ends();
      const worst = new Worst(problem);
      const running = Math.min(...ends.map((state) => state.reduce((sum, one) => sum + one, 0)));
      expect(worst.running).toBeLessThanOrEqual(running);
      // What it calls exact is.
      expect(worst.isExact ? worst.running : running).toBe(running);
      const places = Math.max(...problem.hosts.map(({ place }) => place)) + 1;
      let isExact = worst.running === running;
      for (const lost of setsOf(places)) {
        const left = Math.min(
          ...ends.map((state) =>
            state.reduce((sum, one, host) => (lost.has(problem.hosts[host]?.place ?? -1) ? sum : sum + one), 0),
          ),
        );
        const foreseen = worst.left((place) => lost.has(place));
        expect(foreseen).toBeLessThanOrEqual(left);
        if (foreseen !== left) isExact = false;
      }
      tally.all++;
      if (isExact) tally.exact++;
      if (!worst.isExact) tally.told++;
    }),
    { numRuns: 200 },
  );
  expect((tally.exact + tally.told) / tally.all).toBeGreaterThan(0.9);
  expect(tally.exact / tally.all).toBeGreaterThan(0.8);
});

it("lets five of twelve pods fall with one zone of three, and nine with two, where the skew may be two", () => {
  const hosts = [0, 1, 2].map((place) => ({ place, count: Infinity, capacity: Infinity }));
  const rule = { domains: ["a", "b", "c"], maxSkew: 2, minDomains: 1, others: 0, hosts: [true, true, true] };
  const worst = new Worst({ pods: 12, hosts, spread: [rule], apart: [] });
  expect([worst.running, worst.left((place) => place === 0), worst.left((place) => place !== 2)]).toEqual([12, 7, 3]);
});
