/**
 * Drift that somebody expects: declared with an owner, a reason and an end, so that it is listed and never forgotten.
 */
import type { PropertyChange, ResourceDrift } from "./change";
import { matchesGlob, matchesPath } from "./paths";

export interface ExpectedDrift {
  /** URN or type of the resource; `*` stands for any text. */
  readonly resource: string;
  /**
   * Path of the property and of all inside it; `*` stands for one member. @default every property, and the whole
   * resource
   */
  readonly property?: string;
  /** Why it is expected, as a sentence. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a rule does today. */
export interface RuleState {
  readonly rule: ExpectedDrift;
  readonly expired: boolean;
  /** What it matches now, as `<urn>` or `<urn> <path>`; of an expired rule this excuses nothing. */
  readonly matches: readonly string[];
}

/** A change parted by whether a rule that still holds expects it. */
export interface Parted {
  readonly open: readonly PropertyChange[];
  readonly expected: readonly PropertyChange[];
  /** True where the drift as a whole is expected, and so nothing of it is open. */
  readonly excused: boolean;
}

/** Parts one resource's drift by the rules that hold on this day. */
export function partByRules(drift: ResourceDrift, rules: readonly ExpectedDrift[], today: string): Parted {
  const holding = rules.filter((rule) => rule.expires >= today && matchesResource(rule, drift));
  if (drift.kind !== "changed") {
    return { open: [], expected: [], excused: holding.some((rule) => rule.property === undefined) };
  }
  const isExpected = (change: PropertyChange) => holding.some((rule) => matchesChange(rule, change));
  const open = drift.changes.filter((change) => !isExpected(change));
  return { open, expected: drift.changes.filter(isExpected), excused: open.length === 0 };
}

/** What each rule matches, in the order of the rules. */
export function statesOfRules(
  rules: readonly ExpectedDrift[],
  drifts: readonly ResourceDrift[],
  today: string,
): readonly RuleState[] {
  return rules.map((rule) => ({
    rule,
    expired: rule.expires < today,
    matches: drifts.filter((drift) => matchesResource(rule, drift)).flatMap((drift) => matchesOf(rule, drift)),
  }));
}

function matchesOf(rule: ExpectedDrift, drift: ResourceDrift): readonly string[] {
  if (drift.kind !== "changed") return rule.property === undefined ? [drift.urn] : [];
  return drift.changes.filter((change) => matchesChange(rule, change)).map(({ path }) => `${drift.urn} ${path}`);
}

function matchesResource({ resource }: ExpectedDrift, { urn, type }: ResourceDrift): boolean {
  return matchesGlob(resource, urn) || matchesGlob(resource, type);
}

function matchesChange({ property }: ExpectedDrift, { path }: PropertyChange): boolean {
  return property === undefined || matchesPath(property, path);
}
