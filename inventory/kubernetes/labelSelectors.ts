/** Selectors over labels (API reference, LabelSelector), with a third answer where one of the two is not known. */
import { UNKNOWN, type Value } from "../resource";
import { entries, field, items, text } from "../values";

export type Match = "yes" | "no" | "maybe";

/** "no" where any is "no", else "maybe" where any is; "yes" of none at all. */
export function every(matches: readonly Match[]): Match {
  return matches.includes("no") ? "no" : matches.includes("maybe") ? "maybe" : "yes";
}

/** "yes" where any is "yes", else "maybe" where any is; "no" of none at all. */
export function some(matches: readonly Match[]): Match {
  return matches.includes("yes") ? "yes" : matches.includes("maybe") ? "maybe" : "no";
}

/** Whether a selector picks what bears these labels. An empty one picks everything, one that is not there nothing. */
export function picks(selector: Value, labels: Value): Match {
  if (selector === UNKNOWN) return "maybe";
  if (typeof selector !== "object" || selector === null) return "no";
  const all: Value = field(selector, "matchLabels");
  const expressions: Value = field(selector, "matchExpressions");
  if (all === UNKNOWN || expressions === UNKNOWN) return "maybe";
  return every([
    ...entries(all).map(([key, value]) => meets("In", [value], field(labels, key))),
    ...items(expressions).map((one): Match => {
      const [key, operator] = [text(field(one, "key")), text(field(one, "operator"))];
      const values = field(one, "values");
      if (key === undefined || operator === undefined || values === UNKNOWN) return "maybe";
      return meets(operator, items(values), field(labels, key));
    }),
  ]);
}

function meets(operator: string, values: readonly Value[], label: Value): Match {
  if (label === UNKNOWN || values.includes(UNKNOWN)) return "maybe";
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label) ? "yes" : "no";
    case "NotIn":
      return label !== undefined && values.includes(label) ? "no" : "yes";
    case "Exists":
      return label === undefined ? "no" : "yes";
    case "DoesNotExist":
      return label === undefined ? "yes" : "no";
    default:
      return "maybe";
  }
}
