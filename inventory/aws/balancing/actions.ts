/** Actions of listeners and their rules: where they send requests, or what they answer themselves. */
import type { References, Stack } from "../../stack";
import { amount, at, field, items, text, textAt, texts } from "../../values";
import type { Resource, Value } from "../../resource";
import { membersBy } from "../../members";
import { byNumber } from "../../../lib/order";
import { globMatches } from "../identity/statements";

export const targetGroupTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;
export const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
export const ruleTypes = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"] as const;

export interface ActionGroups {
  readonly groups: readonly Resource[];
  /** True where it names target groups that the stack does not hold. */
  readonly open: boolean;
  /** Number of target groups that it names. */
  readonly count: number;
}

/** The target groups that actions send requests to; a group of weight 0 beside one with a weight gets none. */
export function groupsOfActions(resource: Resource, property: string, stack: Stack): ActionGroups {
  const list = field(resource.properties, property);
  const present = items(list).flatMap((action): readonly Value[] => {
    const groups = items(at(action, "forward", "targetGroups"));
    const weighed = groups.filter((group) => amount(field(group, "weight")) !== 0);
    const named = (weighed.length > 0 ? weighed : groups).map((group) => field(group, "arn"));
    const one = field(action, "targetGroupArn");
    return named.length > 0 || one === undefined ? named : [one];
  });
  const given = present.filter((value) => value !== undefined && value !== null);
  const found: References = stack.references(
    resource,
    property,
    targetGroupTypes,
    typeof list === "symbol" ? list : given,
  );
  return { groups: found.resources, open: found.open, count: given.length };
}

/** True where each target group that an action names has weight 0: none of them gets a request. */
export function sendsToNobody(resource: Resource, property: string): boolean {
  const last = items(field(resource.properties, property)).at(-1);
  const groups = items(at(last, "forward", "targetGroups"));
  return groups.length > 0 && groups.every((group) => amount(field(group, "weight")) === 0);
}

/** What actions answer themselves, as half a sentence; undefined where they send requests on, or nobody knows. */
export function ownAnswer(resource: Resource, property: string): string | undefined {
  const last = items(field(resource.properties, property)).at(-1);
  const type = text(field(last, "type"));
  const name = `"${resource.name}"`;
  if (type === "fixed-response") {
    const code =
      text(at(last, "fixedResponse", "statusCode")) ?? String(amount(at(last, "fixedResponse", "statusCode")) ?? "");
    return `${name} answers ${code === "" ? "" : `${code} `}by itself`;
  }
  return type === "redirect" ? `${name} sends clients elsewhere` : undefined;
}

/**
 * The rule that takes every request of a listener before a rule of this priority; the default action has none.
 *
 * @param names by which clients ask, as far as the stack gives any: a rule that answers all of them itself takes every
 *   request too
 */
export function ruleBefore(
  listener: Resource,
  priority: number | undefined,
  stack: Stack,
  names: readonly string[] = [],
): Resource | undefined {
  const rules = membersBy(stack, ruleTypes, "listenerArn", listenerTypes).get(listener) ?? [];
  const taking = rules.filter((rule) => {
    if ((priorityOf(rule) ?? Infinity) >= (priority ?? Infinity)) return false;
    return takesAll(rule, ownAnswer(rule, "actions") === undefined ? [] : names);
  });
  return [...taking].sort((a, b) => byNumber(priorityOf(a) ?? Infinity, priorityOf(b) ?? Infinity))[0];
}

export function priorityOf(rule: Resource): number | undefined {
  return amount(field(rule.properties, "priority"));
}

const keys = ["pathPattern", "hostHeader", "sourceIp"] as const;
const anything: ReadonlySet<string> = new Set(["*", "/*", "0.0.0.0/0"]);
/** Methods by which nearly every request of a service is made. */
const methods = ["GET", "POST", "PUT", "DELETE"] as const;

/** True where each condition of a rule holds for every request. */
function takesAll(rule: Resource, names: readonly string[]): boolean {
  const conditions = items(field(rule.properties, "conditions"));
  return conditions.length > 0 && conditions.every((condition) => holdsForAll(condition, names));
}

function holdsForAll(condition: Value, names: readonly string[]): boolean {
  if (["httpHeader", "queryStrings"].some((key) => isGiven(field(condition, key)))) return false;
  const asked = texts(at(condition, "httpRequestMethod", "values"));
  if (asked.length > 0) return asked.includes("*") || methods.every((method) => asked.includes(method));
  const values = [...keys.flatMap((key) => texts(at(condition, key, "values"))), ...texts(field(condition, "values"))];
  if (values.some((value) => anything.has(value))) return true;
  const hosts = texts(at(condition, "hostHeader", "values")).map((host) => host.toLowerCase());
  return names.length > 0 && names.every((name) => hosts.some((host) => globMatches(host, name)));
}

function isGiven(value: Value): boolean {
  return items(value).length > 0 || (typeof value === "object" && value !== null && !Array.isArray(value));
}

/** Protocol of a listener in a sentence, such as `HTTPS on port 443`. */
export function listenerWords(listener: Resource): string {
  const port = amount(field(listener.properties, "port"));
  return [textAt(listener, "protocol") ?? "HTTP", port === undefined ? "" : `on port ${port}`].join(" ").trim();
}
