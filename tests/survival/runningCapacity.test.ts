/** What runs where, before and after a loss, is the capacity that the outcome of the same loss is computed from. */
import fc from "fast-check";
import { known } from "../../model";
import { createSurvival, placeOf, runningCapacity } from "../../survival";
import { cloud, estate, facility, replica, replicasIn, service } from "../support/estateBuilder";

const sites = [facility("pangyo"), facility("anyang"), cloud("tokyo", 2)];

test("each place has what its replicas serve, and a lost one nothing", () => {
  const pay = service("pay", replicasIn("pay", sites, { capacityRps: known(100) }));
  const capacity = runningCapacity(estate(sites, [pay]));
  expect(capacity(pay, [])).toEqual([
    { place: "facility:pangyo", rps: 100 },
    { place: "facility:anyang", rps: 100 },
    { place: "zone:tokyo-az1", rps: 100 },
    { place: "zone:tokyo-az2", rps: 100 },
  ]);
  expect(capacity(pay, ["facility:pangyo", "region:tokyo"])).toEqual([{ place: "facility:anyang", rps: 100 }]);
  expect(capacity(pay, ["operator:aws"]).map(({ place }) => place)).toEqual(["facility:pangyo", "facility:anyang"]);
});

test("standbys and backups run nothing, and what is not known counts as nothing", () => {
  const replicas = [
    replica("a", ["facility:pangyo"], { capacityRps: known(7) }),
    replica("b", ["facility:anyang"], { capacityRps: known(7), role: "standby" }),
    replica("c", ["facility:anyang"], { capacityRps: known(7), role: "backup" }),
    replica("d", ["zone:tokyo-az1"]),
  ];
  const pay = service("pay", replicas);
  expect(runningCapacity(estate(sites, [pay]))(pay, [])).toEqual([
    { place: "facility:pangyo", rps: 7 },
    { place: "zone:tokyo-az1", rps: 0 },
  ]);
});

test("a place is a building before a zone before a region; nowhere is none", () => {
  expect(placeOf(replica("a", ["region:tokyo", "zone:tokyo-az1"]))).toBe("zone:tokyo-az1");
  expect(placeOf(replica("a", ["account:1"]))).toBeUndefined();
});

test("the sum as a share of the peak is the outcome's immediate share, where no route leads", () => {
  const units = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 });
  const lost = fc.subarray(["facility:pangyo", "facility:anyang", "region:tokyo", "zone:tokyo-az2"] as const);
  fc.assert(
    fc.property(units, lost, (rps, losses) => {
      const replicas = replicasIn("pay", sites).map((one, index) => ({ ...one, capacityRps: known(rps[index] ?? 0) }));
      const pay = service("pay", replicas, { peakRps: known(100) });
      const one = estate(sites, [pay]);
      const total = runningCapacity(one)(pay, losses).reduce((sum, place) => sum + place.rps, 0);
      expect(createSurvival(one).outcome("pay", losses).immediateShare).toBeCloseTo(Math.min(1, total / 100));
    }),
  );
});
