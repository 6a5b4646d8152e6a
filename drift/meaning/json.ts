/**
 * Documents in JSON. The order of an object's members, white space and escapes mean nothing (RFC 8259, 4 and 7); in a
 * policy of IAM neither does the order of statements, actions or resources, nor whether one of them stands in a list
 * ("IAM JSON policy elements reference"; "Policy grammar").
 */
import { byText } from "../../lib/order";
import { isRecord } from "../../lib/records";

/** Whether both are documents in JSON, and what they say; undefined where one of them is none. */
export function sameJson(one: string, other: string): boolean | undefined {
  const [left, right] = [parsed(one), parsed(other)];
  if (left === undefined || right === undefined) return undefined;
  return formOf(left) === formOf(right) && longNumbers(one) === longNumbers(other);
}

/** Objects and lists alone: a text of digits or `true` is no document. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Numbers that JavaScript cannot tell apart any more. */
function longNumbers(text: string): string {
  return (text.match(/\d{16,}/g) ?? []).sort().join();
}

/** One text for all that means the same. */
function formOf(document: object): string {
  const isPolicy = isRecord(document) && "Statement" in document;
  return JSON.stringify(isPolicy ? policyForm(document) : plainForm(document, ""));
}

/** Sorted, and without what says nothing: an answer fills in what was left out. */
function plainForm(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plainForm(item, ""));
    return namedLists.has(key) ? sorted(items) : items;
  }
  if (!isRecord(value)) return value;
  return members(
    value,
    (member, name) => plainForm(member, name),
    (member, name) => isNothing(member, name),
  );
}

/** Of a container of ECS (API reference, ContainerDefinition): lists of pairs, whose order is none. */
const namedLists: ReadonlySet<string> = new Set([
  "environment",
  "secrets",
  "ulimits",
  "extraHosts",
  "environmentFiles",
]);

/** What ECS answers where nothing was asked for. */
const defaults: Readonly<Record<string, unknown>> = { cpu: 0, essential: true, protocol: "tcp", readOnly: false };

function isNothing(value: unknown, key: string): boolean {
  if (value === null || (Object.hasOwn(defaults, key) && defaults[key] === value)) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Members of a statement that hold one value or a list of them. */
const valueSets: ReadonlySet<string> = new Set(["Action", "NotAction", "Resource", "NotResource"]);

function policyForm(policy: Readonly<Record<string, unknown>>): unknown {
  return members(policy, (value, key) => (key === "Statement" ? sorted(listOf(value).map(statementForm)) : value));
}

function statementForm(statement: unknown): unknown {
  if (!isRecord(statement)) return statement;
  return members(statement, (value, key) => {
    if (valueSets.has(key)) return sorted(listOf(value).map((each) => (key.endsWith("Action") ? lower(each) : each)));
    if (key === "Principal" || key === "NotPrincipal") return principalForm(value);
    if (key === "Condition" && isRecord(value)) return members(value, (test) => conditionForm(test));
    return value;
  });
}

/** `"*"` is `{"AWS": "*"}`, and an account its root ("AWS JSON policy elements: Principal"). */
function principalForm(principal: unknown): unknown {
  if (principal === "*") return { AWS: ["*"] };
  if (!isRecord(principal)) return principal;
  return members(principal, (value, key) =>
    sorted(listOf(value).map((each) => (key === "AWS" && isAccount(each) ? `arn:aws:iam::${each}:root` : each))),
  );
}

function isAccount(value: unknown): value is string {
  return typeof value === "string" && /^\d{12}$/.test(value);
}

/** Keys of a condition are compared without regard to case, values are a set of texts. */
function conditionForm(test: unknown): unknown {
  if (!isRecord(test)) return test;
  const lowered = Object.fromEntries(Object.entries(test).map(([key, value]) => [key.toLowerCase(), value]));
  return members(lowered, (value) => sorted(listOf(value).map(String)));
}

function lower(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function sorted(values: readonly unknown[]): readonly unknown[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(value) ?? "" }))
    .sort((a, b) => byText(a.text, b.text))
    .map(({ value }) => value);
}

/** Members by name, each in its own form. */
function members(
  object: Readonly<Record<string, unknown>>,
  form: (value: unknown, key: string) => unknown,
  isLeftOut: (value: unknown, key: string) => boolean = () => false,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(object).sort(byText);
  const told = keys.map((key): [string, unknown] => [key, form(object[key], key)]);
  return Object.fromEntries(told.filter(([key, value]) => !isLeftOut(value, key)));
}
