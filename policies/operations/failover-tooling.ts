import { judgeTools } from "../evidence/tools";
import type { Policy } from "../policy";

export const failoverTooling: Policy = {
  name: "failover-tooling",
  code: "DPX391",
  title: "Failover tooling stands outside of what it evacuates",
  family: "operations",
  severity: "high",
  rows: ["2", "K3", "K4", "K14"],
  why:
    "The tools that promote a standby, and the automatic switch-over system, were duplexed only inside the facility " +
    "whose loss they had to handle.",
  proves:
    "Looks at each tooling service that a service depends on: one must be left after the loss of any one zone, " +
    "facility, power domain or region that the tier must survive.",
  fix: {
    text: "Run the tooling in three facilities, one of them outside of every site that it evacuates.",
    snippet: "sites: [pangyo, chuncheon, seoul] // for the tooling too",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeTools({
    looksAt: (_, layers) => layers.includes("tooling"),
    must: "have its failover tooling",
  }),
};
