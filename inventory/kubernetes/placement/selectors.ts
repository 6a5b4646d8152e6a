/**
 * Selectors over labels, as the scheduler and the controllers read them (Kubernetes 1.34, "Labels and Selectors" and
 * "Assigning Pods to Nodes"), with a third answer where a label or a selector is not known.
 */
import { UNKNOWN, type Value } from "../../resource";
import { entries, field, items, text } from "../../values";

export type Match = "yes" | "no" | "maybe";

/** What is known of one label. */
export type Have =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "absent" }
  /** A value that parts it from others, under a name that may also be another. */
  | { readonly kind: "named"; readonly value: string; readonly mayBe: (value: string) => boolean }
  /** Taken to be whatever is asked for. */
  | { readonly kind: "any" }
  /** Some value, or none: of these it may be any for which `mayBe` answers true. */
  | { readonly kind: "unsaid"; readonly mayBe: (value: string) => boolean };

export type LabelsOf = (key: string) => Have;

/** A label's value as text: YAML reads some as numbers or truths. Empty of what is none, and of the unknown. */
export function wordOf(value: Value): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** "no" where any is "no", else "maybe" where any is; "yes" of none at all. */
export function every(matches: Iterable<Match>): Match {
  let found: Match = "yes";
  for (const one of matches) {
    if (one === "no") return "no";
    if (one === "maybe") found = "maybe";
  }
  return found;
}

/** "yes" where any is "yes", else "maybe" where any is; "no" of none at all. */
export function some(matches: Iterable<Match>): Match {
  return not(every([...matches].map(not)));
}

function not(match: Match): Match {
  return match === "maybe" ? "maybe" : match === "yes" ? "no" : "yes";
}

/** Labels of an object, as a selector reads them. */
export function labelsIn(labels: Value): LabelsOf {
  return (key) => {
    const value = labels === UNKNOWN ? UNKNOWN : field(labels, key);
    if (value === UNKNOWN) return { kind: "unsaid", mayBe: () => true };
    return value === undefined ? { kind: "absent" } : { kind: "value", value: wordOf(value) };
  };
}

/**
 * Whether a label selector picks what bears these labels. An empty one picks everything, one that is not there nothing
 * (API reference, LabelSelector).
 */
export function picks(selector: Value, labels: LabelsOf): Match {
  if (selector === UNKNOWN) return "maybe";
  if (typeof selector !== "object" || selector === null) return "no";
  return every([
    ...parts(field(selector, "matchLabels"), (all) => selectsAll(all, labels)),
    ...parts(field(selector, "matchExpressions"), (all) => requirementsMet(all, labels)),
  ]);
}

function parts(value: Value, read: (value: Value) => Match): readonly Match[] {
  return value === undefined ? [] : value === UNKNOWN ? ["maybe"] : [read(value)];
}

/** Whether labels have all values of a map, as `nodeSelector` and `matchLabels` ask. */
export function selectsAll(wanted: Value, labels: LabelsOf): Match {
  if (wanted === UNKNOWN) return "maybe";
  return every(
    entries(wanted).map(([key, value]) => (value === UNKNOWN ? "maybe" : meets("In", [wordOf(value)], labels(key)))),
  );
}

/** Whether labels meet all requirements of a list, of which each has a key, an operator and values. */
export function requirementsMet(list: Value, labels: LabelsOf): Match {
  return every(
    items(list).map((one): Match => {
      const key = text(field(one, "key"));
      const operator = text(field(one, "operator"));
      const values = field(one, "values");
      if (key === undefined || operator === undefined || values === UNKNOWN) return "maybe";
      const named = items(values);
      return named.includes(UNKNOWN) ? "maybe" : meets(operator, named.map(wordOf), labels(key));
    }),
  );
}

function meets(operator: string, values: readonly string[], have: Have): Match {
  if (have.kind === "any") return "yes";
  switch (operator) {
    case "In":
      return isOneOf(values, have);
    case "NotIn":
      return not(isOneOf(values, have));
    case "Exists":
      return isThere(have);
    case "DoesNotExist":
      return not(isThere(have));
    case "Gt":
    case "Lt":
      return compares(operator, values[0], have);
    default:
      return "maybe";
  }
}

function isThere({ kind }: Have): Match {
  return kind === "unsaid" ? "maybe" : kind === "absent" ? "no" : "yes";
}

function isOneOf(values: readonly string[], have: Have): Match {
  if ((have.kind === "value" || have.kind === "named") && values.includes(have.value)) return "yes";
  return (have.kind === "unsaid" || have.kind === "named") && values.some(have.mayBe) ? "maybe" : "no";
}

/** Both have to be whole numbers (API reference, NodeSelectorRequirement). */
function compares(operator: "Gt" | "Lt", bound: string | undefined, have: Have): Match {
  if (have.kind === "absent") return "no";
  if (have.kind !== "value") return "maybe";
  if (!/^-?\d+$/.test(have.value) || !/^-?\d+$/.test(bound ?? "")) return "no";
  const [value, other] = [Number(have.value), Number(bound)];
  return (operator === "Gt" ? value > other : value < other) ? "yes" : "no";
}
