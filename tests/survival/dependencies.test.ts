import fc from "fast-check";
import { inheritTiers, type Dependency, type Tier } from "../../model";
import { lossCandidates, startupCycles } from "../../survival";
import { shortestPath, stronglyConnectedComponents } from "../../lib/graph";
import { cloud, estate, facility, needs, service } from "../support/estateBuilder";

const tiered = (id: string, tier: Tier, dependencies: Dependency[] = []) => service(id, [], { tier, dependencies });
const blackStart = (edges: Record<string, Dependency[]>) =>
  startupCycles(Object.entries(edges).map(([id, dependencies]) => ({ id, dependencies })));

describe("inherited tiers", () => {
  it("raise what a critical service cannot serve or start without, along the chain, and name the dependent", () => {
    const raised = inheritTiers([
      tiered("messenger", "critical", [needs("login")]),
      tiered("login", "standard", [needs("keys", "startup")]),
      tiered("keys", "important"),
    ]);
    expect(raised.map(({ id, tier, tierFrom }) => [id, tier, tierFrom.source, tierFrom.service])).toEqual([
      ["messenger", "critical", "tag", undefined],
      ["login", "critical", "inherited", "messenger"],
      ["keys", "critical", "inherited", "login"],
    ]);
  });

  it("pass by soft dependencies and by groups of which any one is enough", () => {
    const services = [
      tiered("messenger", "critical", [needs("ads", "soft"), needs(["google", "kakao"])]),
      ...["ads", "google", "kakao"].map((id) => tiered(id, "standard")),
    ];
    expect(inheritTiers(services)).toEqual(services);
  });

  it("never lower, end in a cycle, and name the strictest dependent", () => {
    const raised = inheritTiers([
      tiered("a", "important", [needs("shared")]),
      tiered("b", "critical", [needs("shared")]),
      tiered("shared", "standard", [needs("b")]),
    ]);
    expect(raised.map(({ tier }) => tier)).toEqual(["important", "critical", "critical"]);
    expect(raised[2]?.tierFrom).toEqual({ source: "inherited", service: "b", claimed: "standard" });
  });
});

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

describe("loss candidates", () => {
  it("are the estate's domains of those kinds, sorted", () => {
    const built = estate([cloud("seoul", 2), facility("pangyo")], []);
    expect(lossCandidates(built, ["zone", "facility"])).toEqual([
      "facility:pangyo",
      "zone:seoul-az1",
      "zone:seoul-az2",
    ]);
    expect(lossCandidates(built, [])).toEqual([]);
  });
});

describe("graph", () => {
  const graphs = fc.integer({ min: 1, max: 7 }).chain((count) =>
    fc.array(fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 3 }), {
      minLength: count,
      maxLength: count,
    }),
  );
  const canReach = (edges: number[][], from: number, to: number): boolean => {
    const seen = new Set([from]);
    for (const node of seen) for (const next of edges[node] ?? []) seen.add(next);
    return seen.has(to);
  };

  it("puts two nodes into one component if, and only if, each reaches the other, needs first", () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const found = stronglyConnectedComponents(edges.length, (node) => edges[node] ?? []);
        const placeOf = new Map(found.flatMap((members, place) => members.map((member) => [member, place] as const)));
        expect(placeOf.size).toBe(edges.length);
        edges.forEach((_, one) => {
          edges.forEach((__, other) => {
            const mutual = canReach(edges, one, other) && canReach(edges, other, one);
            expect(placeOf.get(one) === placeOf.get(other)).toBe(mutual);
          });
          for (const need of edges[one] ?? []) {
            expect(placeOf.get(need)).toBeLessThanOrEqual(placeOf.get(one) ?? -1);
          }
        });
      }),
    );
  });

  it("finds a way along edges exactly where there is one", () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const to = edges.length - 1;
        const way = shortestPath(0, to, (node) => edges[node] ?? []);
        expect(way !== undefined).toBe(canReach(edges, 0, to));
        if (!way) return;
        expect([way[0], way.at(-1)]).toEqual([0, to]);
        way.slice(1).forEach((node, index) => expect(edges[way[index] ?? -1]).toContain(node));
      }),
    );
  });
});
