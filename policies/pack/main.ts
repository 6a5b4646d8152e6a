/**
 * The policy pack's process: the only file that opens a server. Bundled to bin/index.js, which PulumiPolicy.yaml names.
 */
import { PolicyPack } from "@pulumi/policy";
import { deserializeOnce } from "./deserializeOnce";
import { listenForLevels } from "./engineLevels";
import { createPack } from "./packPolicies";
import { projectFolder } from "./projectFolder";
import { loadRules } from "../loadRules";
import { rulesNamedIn } from "../settings";
import { listenForStackSettings } from "./stackSettingsCall";

deserializeOnce();
const pack = createPack({
  today: () => new Date().toISOString().slice(0, 10),
  stackSettings: listenForStackSettings((settings) => {
    const folders = rulesNamedIn(settings);
    pack.judgeBy((catalogue) => (folders.length === 0 ? [] : loadRules(folders, catalogue, projectFolder())));
  }),
  levelOf: listenForLevels(),
});
new PolicyPack("duplex", {
  displayName: "Duplex",
  description: "Refuses a stack that concentrates a critical service on something that fails as one.",
  tags: ["resilience", "disaster-recovery"],
  policies: pack.policies,
});
