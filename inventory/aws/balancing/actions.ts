/** Actions of listeners and their rules: where they send requests, or what they answer themselves. */
import type { References, Stack } from "../../stack";
import { amount, at, field, items, text, textAt, texts } from "../../values";
import type { Resource, Value } from "../../resource";
import { membersBy } from "../../members";
import { byNumber } from "../../../lib/order";

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

/** The rule that takes every request of a listener before a rule of this priority; the default action has none. */
export function ruleBefore(listener: Resource, priority: number | undefined, stack: Stack): Resource | undefined {
  const rules = membersBy(stack, ruleTypes, "listenerArn", listenerTypes).get(listener) ?? [];
  const taking = rules.filter((rule) => takesAll(rule) && (priorityOf(rule) ?? Infinity) < (priority ?? Infinity));
  return [...taking].sort((a, b) => byNumber(priorityOf(a) ?? Infinity, priorityOf(b) ?? Infinity))[0];
}

export function priorityOf(rule: Resource): number | undefined {
  return amount(field(rule.properties, "priority"));
}

const keys = ["pathPattern", "hostHeader", "sourceIp"] as const;
const anything: ReadonlySet<string> = new Set(["*", "/*", "0.0.0.0/0"]);

/** True where each condition of a rule holds for every request. */
function takesAll(rule: Resource): boolean {
  const conditions = items(field(rule.properties, "conditions"));
  if (conditions.length === 0) return false;
  return conditions.every((condition) => {
    const others = ["httpHeader", "httpRequestMethod", "queryStrings"].map((key) => field(condition, key));
    if (others.some((value) => value !== undefined && items(value).length !== 0) || others.some(isObject)) return false;
    const values = [
      ...keys.flatMap((key) => texts(at(condition, key, "values"))),
      ...texts(field(condition, "values")),
    ];
    return values.some((value) => anything.has(value));
  });
}

function isObject(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Protocol of a listener in a sentence, such as `HTTPS on port 443`. */
export function listenerWords(listener: Resource): string {
  const port = amount(field(listener.properties, "port"));
  return [textAt(listener, "protocol") ?? "HTTP", port === undefined ? "" : `on port ${port}`].join(" ").trim();
}
