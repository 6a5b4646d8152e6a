/** The catalogue of policies as the document of `duplex policies`. */
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

function entryOf({ code, name, title, family, severity, levels, rows, proves, fix }: Policy): Entry {
  const incident = rows.length === 0 ? [] : [`incident ${rows.join(", ")}`];
  const spoken = Object.entries(levels).map(([tier, level]) => `${tier} ${level}`);
  return {
    name: `${code} ${name}`,
    title,
    about: [family, severity, ...spoken, ...incident],
    text: proves,
    fix: fix.text,
  };
}
