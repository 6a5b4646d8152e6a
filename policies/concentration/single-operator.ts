import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleOperator: Policy = {
  name: "single-operator",
  code: "DPX305",
  title: "No critical service goes down with one operator",
  family: "concentration",
  severity: "high",
  rows: ["1", "K1", "K9"],
  why:
    "It was the building's operator, not its tenants, who cut the power and decided when it came back, four days " +
    "later. Whoever runs the building, or the cloud, is a failure domain.",
  proves: "Takes each operator away in the model, with every facility and region that it runs.",
  fix: {
    text: "Run replicas at a second operator: a facility of one's own beside a cloud, or two clouds.",
    snippet:
      'new kubernetes.apps.v1.Deployment("login-own", loginSpec, { provider: chuncheon.provider });\n' +
      'new aws.ecs.Service("login-cloud", { ...loginTask, region: "ap-northeast-2" });',
  },
  loss: "operator",
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("operator"),
};
