import { judgeTools } from "../evidence/tools";
import type { Policy } from "../policy";

export const monitoringInside: Policy = {
  name: "monitoring-inside",
  code: "DPX392",
  title: "Monitoring stands outside of what it watches",
  family: "operations",
  severity: "medium",
  rows: ["K8", "K13"],
  why:
    "Monitoring was duplexed poorly: with the building went the eyes that should have seen it go, and users were " +
    "told late.",
  proves:
    "Looks at each monitoring service that a service depends on: one must be left after the loss of any one zone, " +
    "facility, power domain or region that the tier must survive.",
  fix: {
    text: "Run monitoring, alerting and paging in a second site or region.",
    snippet: 'new aws.cloudwatch.MetricAlarm("login-tokyo", { ...alarm, region: "ap-northeast-1" });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge: judgeTools({
    looksAt: (_, layers) => layers.includes("monitoring"),
    must: "be watched",
  }),
};
