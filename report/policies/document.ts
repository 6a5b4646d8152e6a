/** The catalogue of policies as the document of `duplex policies`. */
import { tiers } from "../../model";
import { levelInWords } from "../../policies/levels";
import type { Policy } from "../../policies/policy";
import { rulesOf } from "../check/rules";
import type { Document, Entry } from "../document";
import { byText } from "../../lib/order";

/** Sorted by code, then name. */
export function policiesDocument(policies: readonly Policy[], version: string): Document {
  const sorted = [...policies].sort((a, b) => byText(a.code, b.code) || byText(a.name, b.name));
  return {
    command: "policies",
    tool: { name: "duplex", version, fingerprint: "duplexFinding/v1" },
    rules: rulesOf(sorted),
    checks: [],
    body: () => [{ kind: "entries", isBrief: true, entries: sorted.map(entryOf), total: `${sorted.length} policies.` }],
    series: () => [],
    // JSON has no functions, so that what judges is left out.
    data: { value: sorted },
  };
}

function entryOf(policy: Policy): Entry {
  const { code, name, title, family, severity, levels, rows, proves, fix } = policy;
  const incident = rows.length === 0 ? [] : [`incident ${rows.join(", ")}`];
  const spoken = tiers.flatMap((tier) => (levels[tier] === undefined ? [] : [`${tier} ${levelInWords(policy, tier)}`]));
  return {
    name: `${code} ${name}`,
    title,
    about: [family, severity, ...spoken, ...incident],
    text: proves,
    fix: fix.text,
  };
}
