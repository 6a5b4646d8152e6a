import { judgeTools } from "../evidence/tools";
import type { Policy } from "../policy";

export const startupInOneSite: Policy = {
  name: "startup-in-one-site",
  code: "DPX362",
  title: "What a service needs to start does not stand in one site",
  family: "startup",
  severity: "high",
  rows: ["2", "3", "K2", "K3", "K5"],
  why:
    "Login, needed first at start-up, and the registry of images stood in the lost facility: servers that had power " +
    "elsewhere could not be started with new work.",
  proves:
    "Looks at each dependency that is needed to start, scale or move (images, keys, secrets, parameters): one of its members " +
    "must be left after the loss of any one zone, facility, power domain or region that the tier must survive.",
  fix: {
    text: "Replicate the registry, the keys and the secrets to every region in which the service starts.",
    snippet:
      'new aws.ecr.ReplicationConfiguration("images", { replicationConfiguration: { rules: [{ destinations: [{ region: "ap-northeast-1", registryId }] }] } });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeTools({
    looksAt: (dependency, layers) => dependency.strength === "startup" && !layers.includes("tooling"),
    must: "have what it needs to start",
  }),
};
