import fc from "fast-check";
import { reachable, shortestPath, stronglyConnectedComponents } from "../../lib/graph";

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

it("reaches what edges lead to, and nothing else", () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      const reached = reachable([0], (node) => edges[node] ?? []);
      expect(edges.map((_, node) => reached.has(node))).toEqual(edges.map((_, node) => canReach(edges, 0, node)));
    }),
  );
});

it("finds no path that is longer than another", () => {
  const edges: Readonly<Record<string, readonly string[]>> = { a: ["b", "c"], b: ["d"], c: ["e"], d: ["e"], e: ["a"] };
  expect(shortestPath("a", "e", (node) => edges[node] ?? [])).toEqual(["a", "c", "e"]);
  expect(shortestPath("a", "a", (node) => edges[node] ?? [])).toEqual(["a"]);
  expect(shortestPath("a", "nowhere", (node) => edges[node] ?? [])).toBeUndefined();
});

it("walks chains that are deeper than the call stack", () => {
  const count = 200_000;
  const next = (node: number) => (node + 1 < count ? [node + 1] : []);
  expect(stronglyConnectedComponents(count, next)).toHaveLength(count);
  expect(reachable([0], next).size).toBe(count);
  expect(shortestPath(0, count - 1, next)).toHaveLength(count);
});
