import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleHazardZone: Policy = {
  name: "single-hazard-zone",
  code: "DPX307",
  title: "No critical service goes down with one hazard zone",
  family: "concentration",
  severity: "high",
  rows: ["1", "5"],
  why:
    "The manuals for other disasters were in doubt too. An earthquake, a flood or the failure of one grid takes " +
    "every building in its zone, however many there are.",
  proves: "Takes each hazard zone of the sites' catalogue away in the model, with every site that lies in it.",
  fix: {
    text: "Add a site outside of the hazard zone: another plain, another grid, another plate.",
    snippet: 'const site = { ...chuncheon, hazards: ["grid-gangwon"] };',
  },
  loss: "hazard",
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("hazard"),
};
