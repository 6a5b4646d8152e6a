/** The four data centres. Operators, feeds and carriers of the other three are illustrative; Pangyo's are as found. */
import type { FacilitySite } from "../../model";

function capitalArea(name: string, changes: Partial<FacilitySite>): FacilitySite {
  return {
    kind: "facility",
    name,
    region: "capital-area",
    facility: name,
    operator: `${name}-dc`,
    powerFeeds: [`${name}-substation-1`, `${name}-substation-2`],
    carriers: ["kt", "lg-uplus"],
    hazards: ["seoul-metropolitan-earthquake"],
    batteryRoomsSeparated: true,
    batteryChemistry: "lithium-ion",
    firePlanKeepsPower: true,
    clusterContext: name,
    ...changes,
  };
}

/**
 * One feed, because all power of the building was cut at once; batteries beside the supply; no plan that keeps the
 * power.
 */
export const pangyo = capitalArea("pangyo", {
  operator: "sk-cnc",
  powerFeeds: ["pangyo-building"],
  carriers: ["kt", "sk-broadband"],
  batteryRoomsSeparated: false,
  firePlanKeepsPower: false,
});
export const anyang = capitalArea("anyang", {});
export const gasan = capitalArea("gasan", {});
export const sangam = capitalArea("sangam", {});
