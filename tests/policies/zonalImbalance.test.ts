/** What the examples of zonal-imbalance leave open: a peak that nobody has said, on both sides of the boundary. */
import { known, type Estate } from "../../model";
import { judge } from "../../policies/judge";
import { estate, replica, service } from "../support/estateBuilder";

/** A service without a stated peak, with so many units in each zone. */
function spread(units: readonly number[]): Estate {
  const replicas = units.map((count, index) => replica(`shop-${index}`, [`zone:az${index}`], { units: known(count) }));
  return estate([], [service("shop", replicas)]);
}

function found(units: readonly number[], largestShare = 0.5): readonly string[] {
  const settings = { policies: { "zonal-imbalance": { config: { largestShare } } } };
  const { findings } = judge(spread(units), settings);
  return findings.filter(({ policy }) => policy === "zonal-imbalance").map(({ message }) => message);
}

test.each([
  ["half of the units", [2, 2], 0.5],
  ["half, rounded up to a unit", [3, 2], 0.5],
  ["one zone, of which single-zone speaks", [5], 0.5],
  ["exactly the share that the settings allow", [7, 2, 1], 0.7],
])("finds nothing: %s", (_, units, share) => {
  expect(found(units, share)).toEqual([]);
});

test.each([
  ["one unit more than half, rounded up", [4, 1], 0.5, /at most 3 of its 5 units in any one zone \(50 %\), and 4 stand in zone "az0"/],
  ["more than the settings allow", [2, 7, 1], 0.6, /at most 6 of its 10 units .*and 7 stand in zone "az1"/],
])("finds: %s", (_, units, share, says) => {
  expect(found(units, share)).toEqual([expect.stringMatching(says)]);
}); // prettier-ignore

test("more units in another zone never make it worse", () => {
  for (let more = 0; more < 6; more++) expect(found([4, 1 + more, 2]).length).toBeLessThanOrEqual(found([4, 1, 2]).length);
}); // prettier-ignore
