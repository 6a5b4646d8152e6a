import { siteWeights } from "../../../components/estate/siteWeights";

const site = (units: number, addresses = 1) => ({ units, addresses });

test.each([
  ["equal units have equal weights", [site(30), site(30, 3)], [240, 240]],
  ["halves are exact at the usual weight", [site(30), site(15, 3)], [240, 120]],
  ["one unit over three addresses keeps its part", [site(59), site(59), site(1, 3)], [177, 177, 3]],
  ["more units than weights are rounded, and none to nothing", [site(1000), site(1, 3)], [240, 1]],
])("%s", (_, sites, weights) => {
  expect(siteWeights(sites)).toEqual(weights);
});
