import { judgeLossOf } from "../evidence/loss";
import type { Policy } from "../policy";

export const singleZone: Policy = {
  name: "single-zone",
  code: "DPX302",
  title: "No service goes down with one availability zone",
  family: "concentration",
  severity: "critical",
  rows: ["1", "3", "K1"],
  why:
    "A zone is a cloud's building: one fire, one cut of power. A service whose replicas share a zone hangs on it as " +
    "the messenger hung on Pangyo.",
  proves:
    "Takes each zone away in the model. Zones are compared by zone id, read from the subnets and instances; zone " +
    "names differ from account to account and prove nothing.",
  fix: {
    text: "Spread the service, and everything it needs, over subnets in at least two zones.",
    snippet:
      'new aws.autoscaling.Group("login", { vpcZoneIdentifiers: [subnetA.id, subnetB.id, subnetC.id], minSize: 3, ' +
      "maxSize: 9 });",
  },
  loss: "zone",
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeLossOf("zone"),
};
