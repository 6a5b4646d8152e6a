import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singlePowerDomain: Policy = {
  name: "single-power-domain",
  code: "DPX303",
  title: "No service goes down with one power domain",
  family: "concentration",
  severity: "critical",
  rows: ["1", "K9", "K11"],
  why:
    "The uninterruptible supply stood beside its batteries, and all power was cut for the fire fighters. Replicas in " +
    "two buildings on one substation would have gone down together.",
  proves:
    "Takes each power domain away in the model. A facility with two feeds falls only when both fail; facilities that " +
    "share their only substation fall together.",
  fix: {
    text: "Place a replica in a facility that is fed by another substation, or give the facility a second feed.",
    snippet: 'const site = { ...anyang, powerFeeds: ["substation-anyang-1", "substation-gunpo-2"] };',
  },
  loss: "power",
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("power"),
};
