import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleRegion: Policy = {
  name: "single-region",
  code: "DPX304",
  title: "No critical service goes down with one region",
  family: "concentration",
  severity: "high",
  rows: ["1", "2", "3", "K1"],
  why:
    "The tenant that recovered first moved to a site in another part of the country. Zones of one region share its " +
    "control planes, its weather and often its grid.",
  proves:
    "Takes each region away in the model: the cloud's region of each resource (its own `region` property, else its " +
    "provider's), the geographic region of each facility.",
  fix: {
    text: "Run active replicas in a second region and replicate the service's data there.",
    snippet: 'new aws.autoscaling.Group("login-tokyo", { ...loginGroup, region: "ap-northeast-1" });',
  },
  loss: "region",
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("region"),
};
