import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleFacility: Policy = {
  name: "single-facility",
  code: "DPX301",
  title: "No service goes down with one facility",
  family: "concentration",
  severity: "critical",
  rows: ["1", "3", "K1", "K2", "K6"],
  why:
    "A fire in one battery room made the operator cut the power of the whole building. Most services and core " +
    "functions stood in it; the other three data centres held no active copy of them, so 127.5 hours went by.",
  proves:
    "Takes each facility away in the model and asks whether the service, with all that it needs, still serves. " +
    "Facilities come from the sites' catalogue and the cluster of each workload; two rooms of one building are one " +
    "facility.",
  fix: {
    text: "Run active replicas of the service, and of everything it needs, in at least one more facility.",
    snippet:
      'const elsewhere = new Site("chuncheon", { site: chuncheon });\n' +
      'new kubernetes.apps.v1.Deployment("login-chuncheon", loginSpec, { provider: elsewhere.provider });',
  },
  loss: "facility",
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("facility"),
};
