/** What is stated of the buildings of the sites' catalogue beside their failure domains. */
import { readEstate } from "../../inventory";
import type { FacilitySite } from "../../model";
import { facility, cloud } from "../support/estateBuilder";
import { StackBuilder } from "../support/stackBuilder";

const unsafe = { batteryChemistry: "lithium-ion", batteryRoomsSeparated: false, firePlanKeepsPower: false } as const;

it.each<[string, Partial<FacilitySite>, boolean]>([
  ["lithium-ion beside the supply, and a plan that cuts the power", unsafe, true],
  ["lead-acid", { ...unsafe, batteryChemistry: "lead-acid" }, false],
  ["rooms that are parted", { ...unsafe, batteryRoomsSeparated: true }, false],
  ["a plan that keeps the power", { ...unsafe, firePlanKeepsPower: true }, false],
])("a fire cuts the power with %s: %p", (_what, change, fireCutsPower) => {
  const { facts } = readEstate([], { sites: [facility("pangyo", change), cloud("seoul")] });
  expect(facts).toEqual([{ kind: "facility", urn: "site:pangyo", facility: "facility:pangyo", fireCutsPower }]);
});

it("reads the day of the drill that a component publishes, and no other text in its place", () => {
  const stack = new StackBuilder();
  stack.site(facility("pangyo", { lastDrill: "2026-05-16" }));
  stack.site(facility("ansan", { lastDrill: "in spring" }));
  const drills = readEstate(stack.resources).facts.flatMap((fact) =>
    fact.kind === "facility" ? [fact.lastDrill] : [],
  );
  expect(drills).toEqual([undefined, "2026-05-16"]);
});
