/** The catalogue of policies, for people and for machines. */
import type { Policy } from "../policies/policy";
import type { Paint } from "./paint";
import { compare } from "./survivalTable";

/** One paragraph for each policy, in the order of codes. */
export function policyList(policies: readonly Policy[], paint: Paint): string {
  const paragraphs = sorted(policies).map((policy) =>
    [
      `${paint.bold(`${policy.code} ${policy.name}`)}: ${policy.title}`,
      `  ${paint.dim(`${policy.family}, ${policy.severity}, ${levelsOf(policy)}${rowsOf(policy)}`)}`,
      `  ${policy.proves}`,
      `  ${paint.dim("Fix: ")}${policy.fix.text}`,
    ].join("\n"),
  );
  return `${[...paragraphs, `${policies.length} policies.`].join("\n\n")}\n`;
}

/** Everything that a policy is but its function. */
export function policyListJson(policies: readonly Policy[]): string {
  // JSON has no functions, so that what judges is left out.
  return `${JSON.stringify(sorted(policies), undefined, 2)}\n`;
}

function sorted(policies: readonly Policy[]): Policy[] {
  return [...policies].sort((a, b) => compare(a.code, b.code) || compare(a.name, b.name));
}

function levelsOf(policy: Policy): string {
  return Object.entries(policy.levels)
    .map(([tier, level]) => `${tier} ${level}`)
    .join(", ");
}

function rowsOf(policy: Policy): string {
  return policy.rows.length === 0 ? "" : `, incident ${policy.rows.join(", ")}`;
}
