/** JSON Schema of a policy configuration, for editors: the same zod schemas that read it, and each policy's knobs. */
import { z } from "zod";
import { catalogue } from "../../policies/catalogue";
import type { Policy } from "../../policies/policy";
import { estateKey, estateSettingsSchema } from "../../policies/settings";
import { byText } from "../../lib/order";

const levels = ["mandatory", "advisory", "disabled", "remediate"];
const level = (description: string) => ({ enum: levels, description });

/** What `--config`, `--policy-pack-config` and `duplex:policies` take. */
export function settingsSchema(): Record<string, unknown> {
  const { $schema, ...estate } = z.toJSONSchema(estateSettingsSchema, { target: "draft-7", io: "input" });
  const policies = [...catalogue].sort((a, b) => byText(a.name, b.name));
  return {
    $schema,
    title: "Policy settings of Duplex",
    description: "Levels and settings by a policy's name, and under estate what no single policy owns.",
    type: "object",
    properties: {
      all: either(level("Level of every policy that is not named itself."), {}),
      [estateKey]: {
        description: "Sites, clusters, tiers and exemptions; a level alone is taken as its enforcementLevel.",
        anyOf: [{ enum: levels }, estate],
      },
      ...Object.fromEntries(policies.map((policy) => [policy.name, policySchema(policy)])),
    },
    additionalProperties: false,
  };
}

function policySchema({ title, config }: Policy) {
  const knobs = Object.entries(config).map(([name, knob]) => [name, knob] as const);
  return either(level(`${title}.`), {
    levels: {
      type: "object",
      description: "Level by tier.",
      properties: Object.fromEntries(
        ["critical", "important", "standard"].map((tier) => [tier, level(`Level for services of tier ${tier}.`)]),
      ),
      additionalProperties: false,
    },
    ...Object.fromEntries(knobs),
  });
}

/** A level alone, or an object of level and settings. */
function either(alone: ReturnType<typeof level>, properties: Readonly<Record<string, unknown>>) {
  return {
    description: alone.description,
    anyOf: [
      { enum: alone.enum },
      {
        type: "object",
        properties: { enforcementLevel: level("How it speaks, for all tiers."), ...properties },
        additionalProperties: false,
      },
    ],
  };
}
