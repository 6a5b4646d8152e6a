/** The sentences of drift. */
import type { Attribution, DriftVerdict, LostSurvival } from "../../drift";
import type { DriftRecord, JsonValue, ListedRecord, RuleRecord } from "../../drift/record";
import type { AcrossVerdict } from "../../drift/stacks";
import { count, named } from "../figures";
import type { DriftReport } from "./report";

/** Longest value in a line for people; the JSON holds all of it. */
const longestValue = 120;

/** At most so many stacks are named; the number of the rest is said. */
const mostNamed = 10;

const headlines: Record<DriftVerdict, string> = {
  none: "NO DRIFT",
  bearable: "DRIFT, SURVIVAL BEARS IT",
  lost: "SURVIVAL LOST BY DRIFT",
  unread: "COULD NOT TELL",
};

/** `SURVIVAL LOST BY DRIFT: 412 resources compared, 1 dangerous, 2 bearable, 3 cosmetic.` */
export function verdictLine({ verdict, changed, summary, stacks, source }: DriftReport): string {
  const { compared, dangerous, bearable, cosmetic, couldNotTell } = summary;
  const counts: readonly (readonly [number, string])[] = [
    [dangerous, "dangerous"],
    [bearable, "bearable"],
    [cosmetic, "cosmetic"],
  ];
  const found = counts.filter(([number]) => number > 0).map(([number, name]) => `${number} ${name}`);
  const drift = found.length === 0 ? "none has drifted" : `drift: ${found.join(", ")}`;
  const left = couldNotTell === 0 ? "" : `; ${count(couldNotTell, "resource")} could not be read`;
  const since = changed === null ? "" : changed ? " Changed since the last run." : " As in the last run.";
  const of = stacks === undefined ? "" : ` in ${count(stacks.length, "stack")}`;
  const ours = simulatedAmong({ stacks, source });
  const some = ours.length === 0 ? "" : ` (SIMULATED cloud: ${named(ours, mostNamed)})`;
  const cloud = source.simulated === true ? " (SIMULATED cloud)" : "";
  return `${headlines[verdict]}${cloud}: ${count(compared, "resource")} compared${of}${some}, ${drift}${left}.${since}`;
}

/** The stacks of the simulated cloud, among others that are of a real one. */
function simulatedAmong({ stacks, source }: Pick<DriftReport, "stacks" | "source">): readonly string[] {
  if (source.simulated === true) return [];
  return (stacks ?? []).filter(({ simulated }) => simulated === true).map(({ stack }) => stack);
}

export function sourceLine({ source, shard, stacks }: DriftReport): string {
  const cloud = source.simulated === true ? "; SIMULATED cloud" : "";
  if (source.kind === "stacks") {
    const part = shard === undefined ? "" : `shard ${shard.index}/${shard.count}, `;
    const ours = simulatedAmong({ stacks, source });
    const which = ours.length === 0 ? cloud : `; SIMULATED cloud: ${named(ours, mostNamed)}`;
    return `${part}stacks of the backend, each read by the engine; states untouched${which}`;
  }
  const stack = source.stack === null ? "" : `stack ${source.stack}, `;
  if (source.actual !== null) return `${stack}deployed ${source.desired}, actual ${source.actual}${cloud}`;
  return `${stack}read by the engine; state untouched, SHA-256 ${source.stateSha256 ?? "not known"}${cloud}`;
}

/** A value in one line; nothing is `(not set)`. */
function shownValue(value: JsonValue): string {
  if (value === null) return "(not set)";
  const text = JSON.stringify(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** `3 → 1`; of a secret no more than that it is another. */
function shownChange(from: JsonValue, to: JsonValue): string {
  const [before, after] = [JSON.stringify(from), JSON.stringify(to)];
  return before === after ? "changed (a secret)" : `${shownValue(from)} → ${shownValue(to)}`;
}

/** `spec.replicas: 3 → 1`, one line a change; a resource that is gone or unmanaged in words. */
export function changeLines(drift: DriftRecord): readonly string[] {
  switch (drift.kind) {
    case "gone":
      return ["It has been deleted behind the engine's back."];
    case "unmanaged":
      return ["It is there, and the deployed state does not know it."];
    case "changed":
      return drift.changes.map(
        ({ path, from, to, ignored, live }) =>
          `${path}: ${shownChange(from, to)}` +
          `${ignored ? " (in ignoreChanges)" : ""}${live ? " (told by --live)" : ""}`,
      );
    default:
      return drift.kind satisfies never;
  }
}

/**
 * `Changed by arn:aws:…/kim at 2026-11-20T10:11:12Z: UpdateService (CloudTrail event 1f2e…).` Of several, any one; no
 * line where nothing tells it.
 */
export function changedByLines({ kind, changedBy }: DriftRecord): readonly string[] {
  if (changedBy.length === 0) return [];
  const verb = { changed: "Changed", gone: "Deleted", unmanaged: "Made" }[kind];
  const several = changedBy.length > 1 ? " by one of these, the latest first:" : "";
  return [`${verb}${several} ${changedBy.map(attributionText).join("; ")}.`];
}

function attributionText({ source, who, when, what, eventId }: Attribution): string {
  switch (source) {
    case "cloudTrail":
      return (
        `by ${who ?? "somebody whom the record does not name"} at ${when}: ${what} ` +
        `(CloudTrail event ${eventId ?? "without an id"})`
      );
    case "managedFields":
      return `by field manager ${who ?? "without a name"} at ${when}: ${what} (managedFields)`;
    default:
      return source satisfies never;
  }
}

/** `Service "pay" (critical) now goes down when facility:pangyo is lost.` */
function hangsOnSentence({ service, tier, domain }: LostSurvival): string {
  const name = `Service "${service}" (${tier})`;
  return domain === null ? `${name} is down, or not there at all.` : `${name} now goes down when ${domain} is lost.`;
}

/** The sentence of a loss between stacks, and the other stack's resources that it is lost through. */
export function acrossLine({ through, drift, ...lost }: AcrossVerdict): string {
  const since = drift ? "" : " It was so when the stacks were deployed: `duplex check --with` refuses it.";
  const by = through.length === 0 ? "" : ` Through ${through.join(", ")}.`;
  return `${hangsOnSentence(lost)}${by}${since}`;
}

/** One line for each stack that is not as it was deployed, or could not be read. */
export function stackLines({ stacks }: DriftReport): readonly string[] {
  return (stacks ?? []).flatMap(({ stack, verdict, summary, simulated, error }) => {
    if (verdict === "none") return [];
    const { dangerous, bearable, cosmetic, couldNotTell } = summary;
    const counts = [
      `${dangerous} dangerous`,
      `${bearable} bearable`,
      `${cosmetic} cosmetic`,
      `${couldNotTell} not read`,
    ];
    const found = counts.filter((each) => !each.startsWith("0 ")).join(", ");
    const cloud = simulated === true ? " (SIMULATED cloud)" : "";
    return [`${stack}${cloud}: ${headlines[verdict]}; ${error === null ? found : error.code}`];
  });
}

/** Why it is dangerous: the services first, then the policies. Empty for all other drift. */
export function dangerLines(drift: DriftRecord): readonly string[] {
  const together = drift.together ? ["Only together with the other drift that is named dangerous:"] : [];
  const services = drift.hangsOn.map(hangsOnSentence);
  const policies = drift.findings.map(({ code, policy, message }) => `${code} ${policy}: ${message}`);
  return services.length + policies.length === 0 ? [] : [...together, ...services, ...policies];
}

/** `since 2026-11-20, flapping`; empty without a history. */
export function spellText({ since, flapping }: DriftRecord): string {
  if (since === null) return "";
  return `since ${since}${flapping ? ", flapping" : ""}`;
}

export function listedLine({ urn, path, from, to }: ListedRecord): string {
  return path === null ? urn : `${urn} ${path}: ${shownChange(from, to)}`;
}

export function ruleLine({ resource, property, expired, expires, matches, reason, owner }: RuleRecord): string {
  const about = property === null ? resource : `${resource} ${property}`;
  const state = expired ? `EXPIRED on ${expires}, excuses nothing` : `until ${expires}`;
  return `${about}, ${state}, matches ${count(matches.length, "change")}: ${reason} (${owner})`;
}
