/** Knobs of policies: their defaults, and what a value may be. */
import { tiers, type Tier } from "../model";
import type { KnobSchema, Policy } from "./policy";

/** The knobs of a policy with the schema's defaults filled in. */
export function withDefaults(
  schema: Readonly<Record<string, KnobSchema>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schema).map(([name, knob]) => [name, given[name] ?? knob.default]));
}

/** The strictest tier that a policy judges: what a finding about no service is ranked with. */
export function strictestTier(policy: Policy): Tier {
  return tiers.find((tier) => policy.levels[tier] !== undefined) ?? "standard";
}

/** What is wrong with a knob's value, as the end of a sentence; undefined where it is fine. */
export function faultOf(knob: KnobSchema, value: unknown): string | undefined {
  switch (knob.type) {
    case "number":
    case "integer":
      if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number";
      if (knob.type === "integer" && !Number.isInteger(value)) return "must be a whole number";
      if (knob.minimum !== undefined && value < knob.minimum) return `must be at least ${knob.minimum}`;
      if (knob.maximum !== undefined && value > knob.maximum) return `must be at most ${knob.maximum}`;
      return undefined;
    case "string":
      if (typeof value !== "string") return "must be a text";
      return knob.enum && !knob.enum.includes(value) ? `must be one of ${knob.enum.join(", ")}` : undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "array":
      return Array.isArray(value) && value.every((item) => !knob.items || typeof item === knob.items.type)
        ? undefined
        : `must be a list${knob.items ? ` of ${knob.items.type}s` : ""}`;
  }
}
