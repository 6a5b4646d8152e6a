import type { Policy } from "../../policies/policy";
import type { Rule } from "../document";
import { pageOf } from "../pages";
import { byText } from "../../lib/order";

/** The policies as rules, by their codes. */
export function rulesOf(policies: readonly Policy[]): readonly Rule[] {
  return [...policies].sort((a, b) => byText(a.code, b.code)).map(ruleOf);
}

function ruleOf({ code, name, title, levels, why, proves, fix, family, rows }: Policy): Rule {
  const helpUri = pageOf({ name });
  return {
    id: code,
    name,
    title,
    level: Object.values(levels).includes("mandatory") ? "error" : "warning",
    description: `${why} ${proves}`,
    help: fix,
    ...(helpUri === undefined ? {} : { helpUri }),
    tags: ["resilience", family, ...rows.map((row) => `incident-${row}`)],
  };
}
