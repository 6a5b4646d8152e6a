/** Statements of policy documents (IAM User Guide, "IAM JSON policy elements reference"), and what they match. */
import { UNKNOWN, type Value } from "../../resource";
import { entries, field, items, text, texts } from "../../values";

export interface Statement {
  readonly allows: boolean;
  /** Patterns of actions in small letters; `except` where everything else is meant. */
  readonly actions: Matched;
  readonly resources: Matched;
  /** True where it is about whoever asks, as policies of resources write it. */
  readonly isForAll: boolean;
  /** Whether its conditions hold in a region; undefined where they hang on what a stack does not say. */
  readonly holdsIn: (region: string | undefined) => boolean | undefined;
}

export interface Matched {
  readonly patterns: readonly string[];
  readonly except: boolean;
}

/** The statements of a document, written as text or as an object; undefined where it is not known or is none. */
export function statementsIn(document: Value): readonly Statement[] | undefined {
  const parsed = typeof document === "string" ? parse(document) : document;
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const listed = field(parsed, "Statement");
  const statements: readonly Value[] = Array.isArray(listed) ? items(listed) : listed === undefined ? [] : [listed];
  return statements.includes(UNKNOWN) ? undefined : statements.map(statementOf);
}

function parse(document: string): Value {
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

function statementOf(statement: Value): Statement {
  const actions = matched(statement, "Action");
  return {
    allows: text(field(statement, "Effect")) === "Allow",
    actions: { ...actions, patterns: actions.patterns.map((pattern) => pattern.toLowerCase()) },
    resources: matched(statement, "Resource"),
    isForAll: isForAll(field(statement, "Principal")),
    holdsIn: (region) => holds(field(statement, "Condition"), region),
  };
}

function isForAll(principal: Value): boolean {
  const named = field(principal, "AWS");
  return principal === "*" || named === "*" || texts(named).includes("*");
}

function matched(statement: Value, key: string): Matched {
  const not = field(statement, `Not${key}`);
  const value = not ?? field(statement, key);
  return { patterns: typeof value === "string" ? [value] : texts(value), except: not !== undefined };
}

/** Of conditions the requested region alone is something that a stack says (IAM, "AWS global condition keys"). */
function holds(conditions: Value, region: string | undefined): boolean | undefined {
  let all: boolean | undefined = true;
  for (const [operator, keys] of entries(conditions)) {
    for (const [key, value] of entries(keys)) {
      const one = key.toLowerCase() === "aws:requestedregion" ? inRegion(operator, value, region) : undefined;
      if (one === false) return false;
      if (one === undefined) all = undefined;
    }
  }
  return all;
}

function inRegion(operator: string, value: Value, region: string | undefined): boolean | undefined {
  if (region === undefined) return undefined;
  const named = typeof value === "string" ? [value] : texts(value);
  const isNamed = named.some((pattern) => globMatches(pattern, region));
  if (/^String(Equals|Like|EqualsIgnoreCase)$/.test(operator)) return isNamed;
  return /^StringNot(Equals|Like|EqualsIgnoreCase)$/.test(operator) ? !isNamed : undefined;
}

/** `*` stands for any text and `?` for one letter. */
export function globMatches(pattern: string, whole: string): boolean {
  let [p, w, star, mark] = [0, 0, -1, 0];
  while (w < whole.length) {
    if (p < pattern.length && pattern[p] !== "*" && (pattern[p] === "?" || pattern[p] === whole[w])) {
      p++;
      w++;
    } else if (pattern[p] === "*") {
      star = p++;
      mark = w;
    } else if (star >= 0) {
      p = star + 1;
      w = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

export function covers({ patterns, except }: Matched, whole: string): boolean {
  return patterns.some((pattern) => globMatches(pattern, whole)) !== except;
}
