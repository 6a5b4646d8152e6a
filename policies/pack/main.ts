/**
 * The policy pack's process: the only file that opens a server. Bundled to bin/index.js, which PulumiPolicy.yaml names.
 */
import { PolicyPack } from "@pulumi/policy";
import { deserializeOnce } from "./deserializeOnce";
import { listenForLevels } from "./engineLevels";
import { packPolicies } from "./packPolicies";
import { listenForStackSettings } from "./stackSettingsCall";

deserializeOnce();
new PolicyPack("duplex", {
  displayName: "Duplex",
  description: "Refuses a stack that concentrates a critical service on something that fails as one.",
  tags: ["resilience", "disaster-recovery"],
  policies: packPolicies({
    today: () => new Date().toISOString().slice(0, 10),
    stackSettings: listenForStackSettings(),
    levelOf: listenForLevels(),
  }),
});
