/** Health checks of Route 53, as records and endpoints name them. */
import { domainId, known, unknown, type DomainId, type HealthCheck, type Known } from "../../../model";
import { isSwitchedOff } from "../../live";
import type { Resource } from "../../resource";
import type { Stack } from "../../stack";
import { amount, amountAt, field, flagAt, propertyPath, sortedUnique, textAt, texts } from "../../values";

export const healthCheckTypes = ["aws:route53/healthCheck:HealthCheck"] as const;
const routingControlTypes = ["aws:route53recoverycontrol/routingControl:RoutingControl"] as const;

const kinds: ReadonlyMap<string, HealthCheck["kind"]> = new Map([
  ["CALCULATED", "calculated"],
  ["CLOUDWATCH_METRIC", "alarm"],
  ["RECOVERY_CONTROL", "recoveryControl"],
]);

/** Checks of checks are at most so deep: one that names itself, by others or not, ends there. */
const deepest = 8;

/**
 * Reads a check; a calculated one sees no more than its children do. Undefined for a disabled check, and for a
 * calculated one of which every child is: Route 53 takes it for healthy whatever happens, so that it never takes a dead
 * target out. Undefined as well for an inverted check of an endpoint, which calls the endpoint healthy once it is dead:
 * a switch for a hand, and where it was left so after a drill, the opposite of a check.
 */
export function readCheck(check: Resource, stack: Stack, depth = 0): HealthCheck | undefined {
  const type = textAt(check, "type") ?? "HTTP";
  const kind = kinds.get(type) ?? "endpoint";
  if (flagAt(check, "disabled") === true) return undefined;
  if (kind === "endpoint" && flagAt(check, "invertHealthcheck") === true) return undefined;
  if (kind === "calculated" && depth < deepest) return calculated(check, stack, depth);
  const path = textAt(check, "resourcePath") ?? "/";
  const alarmRegion = textAt(check, "cloudwatchAlarmRegion");
  const regions =
    kind === "alarm" ? (alarmRegion === undefined ? [] : [alarmRegion]) : texts(field(check.properties, "regions"));
  // Named, not described: a checker is part of Route 53, whose loss is that of `vendor:route53` and not of the operator
  // of our own regions. Where the stack itself stands in that region, it is described there, and the checker falls with
  // it.
  const observers: readonly DomainId[] = sortedUnique(regions.map((region) => domainId("region", region)));
  return {
    urn: check.urn,
    intervalSeconds: amountAt(check, ["requestInterval"], 30),
    failureThreshold: amountAt(check, ["failureThreshold"], 3),
    observers,
    kind,
    shallow: kind === "endpoint" && (path === "/" || type === "TCP"),
  };
}

/**
 * Whether a check calls its target dead because somebody has turned a switch off. A calculated check is dead where
 * fewer children are healthy than its threshold asks for (Route 53 Developer Guide, "Values that you specify").
 */
function isTurnedOff(check: Resource, stack: Stack, depth = 0): boolean {
  if (flagAt(check, "disabled") === true) return false;
  const kind = kinds.get(textAt(check, "type") ?? "");
  if (kind === "recoveryControl") {
    const value = field(check.properties, "routingControlArn");
    return stack.references(check, "routingControlArn", routingControlTypes, value).resources.some(isSwitchedOff);
  }
  if (kind !== "calculated" || depth >= deepest) return false;
  const value = field(check.properties, "childHealthchecks");
  const children = stack
    .references(check, "childHealthchecks", healthCheckTypes, value)
    .resources.filter((child) => child !== check);
  const off = children.filter((child) => isTurnedOff(child, stack, depth + 1)).length;
  if (off === 0) return false;
  const needed = amount(field(check.properties, "childHealthThreshold")) ?? children.length;
  return children.length - off < needed;
}

/** Whether a switch that is off keeps clients away from what a record leads to. */
export function isTurnedAway(record: Resource, stack: Stack): boolean {
  // Most stacks have no switch, and every record asks.
  if (stack.ofType(routingControlTypes[0]).length === 0) return false;
  const value = field(record.properties, "healthCheckId");
  return stack
    .references(record, "healthCheckId", healthCheckTypes, value)
    .resources.some((check) => isTurnedOff(check, stack));
}

/** As slow as its slowest child, and as shallow as all of them together. */
function calculated(check: Resource, stack: Stack, depth: number): HealthCheck | undefined {
  const value = field(check.properties, "childHealthchecks");
  const { resources, open } = stack.references(check, "childHealthchecks", healthCheckTypes, value);
  const others = resources.filter((child) => child !== check);
  const children = others.flatMap((child) => readCheck(child, stack, depth + 1) ?? []);
  if (others.length > 0 && children.length === 0 && !open) return undefined;
  const missing = propertyPath(check, "childHealthchecks");
  const base = { urn: check.urn, kind: "calculated" as const, failureThreshold: known(1) };
  if (children.length === 0 || open) {
    return { ...base, intervalSeconds: unknown(missing), observers: [], shallow: false };
  }
  return {
    ...base,
    intervalSeconds: slowest(children, missing),
    observers: sortedUnique(children.flatMap(({ observers }) => observers)),
    shallow: children.every(({ shallow }) => shallow),
  };
}

function slowest(children: readonly HealthCheck[], missing: string): Known<number> {
  let longest = 0;
  for (const { intervalSeconds, failureThreshold } of children) {
    if (!intervalSeconds.known || !failureThreshold.known) return unknown(missing);
    longest = Math.max(longest, intervalSeconds.value * failureThreshold.value);
  }
  return known(longest);
}
