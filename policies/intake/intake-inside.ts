import { judgeTools } from "../evidence/tools";
import type { Policy } from "../policy";

export const intakeInside: Policy = {
  name: "intake-inside",
  code: "DPX382",
  title: "A durable queue does not fail with one site",
  family: "intake",
  severity: "high",
  rows: ["7"],
  why: "A queue that stands in the failing site accepts nothing during its outage, and the meter runs on.",
  proves:
    "Looks at each queue that a service depends on: one must be left after the loss of any one zone, facility, power " +
    "domain or region that the tier must survive.",
  fix: {
    text: "Offer a queue in a second region as well, and declare both as one `a|b` dependency.",
    snippet: 'tags: { "duplex:depends-on": "intake-seoul|intake-osaka" }',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge: judgeTools({
    looksAt: (_, layers) => layers.includes("queue"),
    must: "have a queue that accepts requests",
  }),
};
