import fc from "fast-check";
import type { Dependency } from "../../model";
import { startupCycles } from "../../survival";
import { needs } from "../support/estateBuilder";

const blackStart = (edges: Record<string, Dependency[]>) =>
  startupCycles(Object.entries(edges).map(([id, dependencies]) => ({ id, dependencies })));

describe("black start", () => {
  it("names the cycle that keeps services dark, from its least name", () => {
    const cycles = blackStart({
      registry: [needs("cluster", "startup")],
      cluster: [needs("keys", "startup")],
      keys: [needs("registry", "startup")],
      shop: [needs("registry", "startup")],
    });
    expect(cycles).toEqual([["cluster", "keys", "registry"]]);
  });

  it("sees a cycle that closes by a hard dependency", () => {
    expect(blackStart({ login: [needs("secrets", "startup")], secrets: [needs("login")] })).toEqual([
      ["login", "secrets"],
    ]);
  });

  it("sees a service that needs itself to start", () => {
    expect(blackStart({ operator: [needs("operator", "startup")] })).toEqual([["operator"]]);
  });

  it("finds none in a cycle of hard or soft dependencies alone", () => {
    expect(blackStart({ a: [needs("b")], b: [needs("a")] })).toEqual([]);
    expect(blackStart({ a: [needs("b", "startup")], b: [needs("a", "soft")] })).toEqual([]);
  });

  it("blames no group that somebody outside of the cycle satisfies", () => {
    const cycles = blackStart({
      keys: [needs("registry", "startup")],
      registry: [needs("keys", "startup")],
      shop: [needs("keys", "startup"), needs(["cache", "mirror"], "startup")],
      cache: [needs("shop", "startup")],
      mirror: [],
    });
    expect(cycles).toEqual([["keys", "registry"]]);
  });

  it("finds none where an alternative, or another stack, can go first", () => {
    const closed = needs("b", "startup");
    expect(blackStart({ a: [closed], b: [needs(["a", "vault"], "startup")], vault: [] })).toEqual([]);
    expect(blackStart({ a: [closed], b: [needs(["a", "elsewhere"], "startup")] })).toEqual([]);
    expect(blackStart({ a: [closed], b: [needs(["a", "c"], "startup")], c: [closed] })).toEqual([["a", "b"]]);
  });
});

describe("black start of any estate", () => {
  const strengths = fc.constantFrom("hard" as const, "soft" as const, "startup" as const);
  const starters = fc.integer({ min: 1, max: 7 }).chain((count) => {
    const anyOf = fc.array(fc.integer({ min: 0, max: count - 1 }).map(String), { minLength: 1, maxLength: 2 });
    const dependencies = fc.array(fc.record({ anyOf, strength: strengths }), { maxLength: 3 });
    return fc.array(dependencies, { minLength: count, maxLength: count });
  });

  /** Starts what can start, round by round, and ends when nothing is added: what is served stays served. */
  function isDark(services: readonly { readonly dependencies: readonly Pick<Dependency, "anyOf" | "strength">[] }[]) {
    const meets = (index: number, strength: string, up: ReadonlySet<string>) =>
      (services[index]?.dependencies ?? [])
        .filter((need) => need.strength === strength)
        .every(({ anyOf }) => anyOf.some((id) => up.has(id)));
    let serving = new Set<string>();
    for (let round = 0; round <= services.length; round++) {
      const started = services.flatMap((_, index) => (meets(index, "startup", serving) ? [index] : []));
      serving = new Set(started.map(String));
      for (let pass = 0; pass < services.length; pass++) for (const index of started) if (!meets(index, "hard", serving)) serving.delete(String(index));
    }
    return serving.size < services.length;
  } // prettier-ignore

  it("finds a cycle where something stays dark for want of a start, and only there", () => {
    fc.assert(
      fc.property(starters, (all) => {
        const services = all.map((dependencies, index) => ({ id: String(index), dependencies }));
        const cycles = startupCycles(services);
        expect(cycles.length > 0).toBe(isDark(services));
        for (const cycle of cycles) {
          cycle.forEach((id, index) => {
            const next = cycle[(index + 1) % cycle.length] ?? "";
            const waits = services[Number(id)]?.dependencies.filter(({ strength }) => strength !== "soft") ?? [];
            expect(waits.some(({ anyOf }) => anyOf.includes(next))).toBe(true);
          });
        }
      }),
    );
  });
});
