import { defaultRequirements, type Tier } from "../model";
import type { Policy } from "./policy";

/** How a policy speaks for a tier, in words: one whose requirement names no such loss is judged where settings ask. */
export function levelInWords({ levels, loss }: Policy, tier: Tier): string {
  const level = levels[tier];
  if (level === undefined) return "–";
  const isAsked = loss === undefined || defaultRequirements[tier].surviveOne.includes(loss);
  return isAsked ? level : `${level}, if asked for`;
}
