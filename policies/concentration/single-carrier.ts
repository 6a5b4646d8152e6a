import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleCarrier: Policy = {
  name: "single-carrier",
  code: "DPX306",
  title: "No service goes down with one network carrier",
  family: "concentration",
  severity: "high",
  rows: ["8"],
  why:
    "Four years before, a fire in one telecom building (KT Ahyeon) stopped card payments in a whole district. " +
    "Carriers and their buildings are failure domains.",
  proves:
    "Takes each carrier away in the model. A site with two carriers that enter it apart falls only with both; sites " +
    "that share their only carrier fall together.",
  fix: {
    text: "Give each site a second carrier with its own way into the building, or add a site on another carrier.",
    snippet: 'const site = { ...anyang, carriers: ["kt", "lguplus"] };',
  },
  loss: "carrier",
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("carrier"),
};
