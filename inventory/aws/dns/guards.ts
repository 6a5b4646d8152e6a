/**
 * Whether a health check judges the answer that it is given to: it asks what the answer leads to, where something
 * listens, and can call it dead.
 */
import { closedBy, type Gate } from "../../gate";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource } from "../../resource";
import { amount, at, field, flagAt, items, text, textAt } from "../../values";
import { listenerTypes, listenerWords, ownAnswer } from "../balancing/actions";
import { balancerTypes } from "../entrances";
import { clientsIn } from "../network/ipRanges";
import { healthCheckTypes } from "./healthCheck";

/** A check that judges nothing (`blind`), or one that calls the answer dead whatever it does (`dead`). */
export type Guard =
  | { readonly kind: "guards" }
  | { readonly kind: "blind"; readonly why: string }
  | { readonly kind: "dead"; readonly gate: Gate };

const guards: Guard = { kind: "guards" };
const alarmTypes = ["aws:cloudwatch/metricAlarm:MetricAlarm"] as const;

/** What an answer leads to, and who else has the name that a check asks. */
export interface Guarded {
  readonly targets: readonly Resource[];
  /** Addresses and names that it gives, as they are written. */
  readonly written: readonly string[];
  /** Everything that has a name or an address, records by their names among it; undefined for what nobody has. */
  readonly named: (address: string) => readonly Resource[] | undefined;
}

/** Checks of checks are at most so deep. */
const deepest = 8;

export function guardOf(check: Resource, guarded: Guarded, context: ReadContext, depth = 0): Guard {
  const type = textAt(check, "type") ?? "HTTP";
  const isOff = flagAt(check, "disabled") === true;
  // A disabled check is healthy, and turned round it is not.
  if (isOff && flagAt(check, "invertHealthcheck") === true) {
    return { kind: "dead", gate: closedBy(check, "disabled", `its health check "${check.name}" is off and inverted`) };
  }
  if (isOff) return blind(check, "is switched off");
  if (type === "CALCULATED") return depth < deepest ? calculated(check, guarded, context, depth) : guards;
  if (type === "CLOUDWATCH_METRIC") return byAlarm(check, context);
  if (type === "RECOVERY_CONTROL") return guards;
  if (flagAt(check, "invertHealthcheck") === true) return blind(check, "is inverted");
  return asks(check, type, guarded, context);
}

function blind({ name }: Resource, why: string): Guard {
  return { kind: "blind", why: `health check "${name}" ${why}` };
}

/** Route 53 asks the address where one is given; the name is then only what it asks for there. */
function asks(check: Resource, type: string, { targets, written, named }: Guarded, context: ReadContext): Guard {
  // A preview does not know the address yet, and the name alone is not what is asked.
  if (field(check.properties, "ipAddress") === UNKNOWN) return guards;
  const given = textAt(check, "ipAddress");
  if (given !== undefined && clientsIn([given]) === "none") {
    const why = `its health check "${check.name}" asks ${given}, which no checker of Route 53 reaches`;
    return { kind: "dead", gate: closedBy(check, "ipAddress", `${why}: the answer is never given`) };
  }
  const address = given ?? textAt(check, "fqdn");
  // What the answer itself says is the same, whoever else of the stack has that address in a network of its own.
  const isOwn = address !== undefined && written.includes(address);
  const found = address === undefined ? undefined : isOwn ? targets : named(address);
  if (found === undefined || targets.length === 0) return guards;
  const strangers = found.filter((one) => !targets.includes(one));
  if (strangers.length > 0) {
    const [first] = strangers as [Resource];
    return blind(check, `asks "${first.name}", and not only what the answer leads to`);
  }
  for (const target of found) {
    const guard = atPort(check, type, target, context);
    if (guard.kind !== "guards") return guard;
  }
  return guards;
}

function atPort(check: Resource, type: string, target: Resource, { stack }: ReadContext): Guard {
  const secure = type.startsWith("HTTPS");
  const port = amount(field(check.properties, "port")) ?? (secure ? 443 : 80);
  const dead = (why: string): Guard => ({
    kind: "dead",
    gate: closedBy(check, "port", `its health check "${check.name}" ${why}: the answer is never given`),
  });
  if (target.type === "kubernetes:core/v1:Service") {
    const ports = items(at(target.properties, "spec", "ports")).map((one) => amount(field(one, "port")));
    if (ports.length === 0 || ports.includes(undefined) || ports.includes(port)) return guards;
    return dead(`asks port ${port}, which "${target.name}" does not have`);
  }
  const listeners = membersBy(stack, listenerTypes, "loadBalancerArn", balancerTypes).get(target) ?? [];
  if (listeners.length === 0) return guards;
  const ports = listeners.map((one) => amount(field(one.properties, "port")));
  if (ports.includes(undefined)) return guards;
  const asked = listeners.find((_, index) => ports[index] === port);
  if (asked === undefined) return dead(`asks port ${port}, on which "${target.name}" does not listen`);
  const protocol = textAt(asked, "protocol");
  const speaks = protocol === "HTTPS" || protocol === "TLS" ? "HTTPS" : protocol === "HTTP" ? "HTTP" : undefined;
  if (type !== "TCP" && speaks !== undefined && type.startsWith("HTTP") && secure !== (speaks === "HTTPS")) {
    return dead(`speaks ${secure ? "HTTPS" : "HTTP"} to a listener of ${listenerWords(asked)}`);
  }
  return answeredBy(asked, check, type);
}

/** A listener that answers itself says nothing of what is behind another one. */
function answeredBy(listener: Resource, check: Resource, type: string): Guard {
  const answer = ownAnswer(listener, "defaultActions");
  if (answer === undefined || type === "TCP") return guards;
  const last = items(field(listener.properties, "defaultActions")).at(-1);
  const redirects = text(field(last, "type")) === "redirect";
  return redirects ? blind(check, `hears a redirect, for ${answer}`) : guards;
}

/** Healthy while so many children are: dead only if those that see this answer are enough to make too few. */
function calculated(check: Resource, guarded: Guarded, context: ReadContext, depth: number): Guard {
  if (flagAt(check, "invertHealthcheck") === true) return blind(check, "is inverted");
  const value = field(check.properties, "childHealthchecks");
  const { resources, open } = context.stack.references(check, "childHealthchecks", healthCheckTypes, value);
  const children = resources.filter((child) => child !== check);
  const given = field(check.properties, "childHealthThreshold");
  if (open || typeof given === "symbol") return guards;
  const needed = amount(given) ?? children.length;
  // What it goes by is not in the stack: how long it takes is not known then, and is told.
  if (children.length === 0 && given !== 0) return guards;
  if (needed === 0) return blind(check, "needs 0 of its children to be healthy");
  if (needed > children.length && children.length > 0) {
    const why = `its health check "${check.name}" needs ${needed} healthy children and has ${children.length}`;
    return { kind: "dead", gate: closedBy(check, "childHealthThreshold", `${why}: the answer is never given`) };
  }
  const judged = children.map((child) => guardOf(child, guarded, context, depth + 1));
  const dead = judged.filter(({ kind }) => kind === "dead");
  if (children.length - dead.length < needed && dead[0]?.kind === "dead") return dead[0];
  const seeing = judged.filter(({ kind }) => kind === "guards").length;
  if (children.length - dead.length - seeing < needed) return guards;
  const why = judged.find((one) => one.kind === "blind")?.why;
  return blind(check, `stays healthy by other children${why === undefined ? "" : `: ${why}`}`);
}

/** Where a site is gone its figures stop: an alarm that takes silence for health sees nothing. */
function byAlarm(check: Resource, { stack }: ReadContext): Guard {
  if (textAt(check, "insufficientDataHealthStatus") === "Healthy") return blind(check, "is healthy without data");
  const name = textAt(check, "cloudwatchAlarmName");
  const alarm = name === undefined ? undefined : stack.byIdentifier(alarmTypes, name);
  const silent = alarm !== undefined && textAt(alarm, "treatMissingData") === "notBreaching";
  return silent ? blind(check, `goes by the alarm "${alarm.name}", which takes missing data for good`) : guards;
}
