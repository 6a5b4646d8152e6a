/** The sentences of a judgement. */
import type { Verdict } from "../../policies/judge";
import { isMinorRow } from "./causes";
import { nameOfUrn } from "../names";
import { count, describeSeconds, describeShare } from "../figures";
import type { CheckReport, ReportExemption, ReportFinding, ReportOutcome } from "./report";

/** A verdict, and what stands in its place where the table below would deny it. */
export type Standing = Verdict | "known" | "goesDown" | "notProven";

const headlines: Readonly<Record<Standing, string>> = {
  survives: "SURVIVES",
  advice: "SURVIVES, WITH ADVICE",
  refused: "REFUSED",
  nothingJudged: "NOTHING JUDGED",
  known: "KNOWN FINDINGS, NOT REFUSED",
  goesDown: "GOES DOWN, NOT REFUSED",
  notProven: "NOT PROVEN, NOT REFUSED",
};

/** `REFUSED: 8 services judged, 3 findings refuse, 1 advises; 2 resources are not judged.` */
export function verdictLine(report: CheckReport): string {
  const { mandatory, advisory, notJudged } = report.summary;
  const parts = [
    mandatory > 0 ? `${count(mandatory, "finding")} ${mandatory === 1 ? "refuses" : "refuse"}` : "no finding refuses",
    advisory > 0 ? `${advisory} ${advisory === 1 ? "advises" : "advise"}` : "",
  ].filter(Boolean);
  const left = notJudged > 0 ? `; ${count(notJudged, "resource")} ${notJudged === 1 ? "is" : "are"} not judged` : "";
  const simulated = report.source.simulated === true ? " (SIMULATED cloud)" : "";
  return (
    `${headlines[standingOf(report)]}${simulated}: ${judgedOf(report)} judged, ` +
    `${parts.join(", ")}${left}${frailTail(report)}.`
  );
}

/** `8 services`; a key, a secret or a bucket of logs is no service of its own. */
function judgedOf({ summary, survival }: CheckReport): string {
  const parts = survival.rows.filter(isMinorRow).length;
  const services = count(summary.services - parts, "service");
  return parts === 0 ? services : `${services} and ${count(parts, "part")} that only others use`;
}

/** No word of survival stands above a table in which a service goes down with one site, or may. */
export function standingOf({ verdict, frail, baseline }: CheckReport): Standing {
  const isKnown = baseline?.known.some(({ level }) => level === "mandatory") === true;
  if (isKnown && frail.length === 0 && verdict === "advice") return "known";
  if (frail.length === 0 || verdict === "refused" || verdict === "nothingJudged") return verdict;
  return frail.some(({ status }) => status === "down") ? "goesDown" : "notProven";
}

/** What takes it down; of a refused stack the findings say so. */
function frailTail({ verdict, frail }: CheckReport): string {
  const worst = frail.find(({ status }) => status === "down") ?? frail[0];
  if (worst === undefined || verdict === "refused" || verdict === "nothingJudged") return "";
  const alike = frail.filter(({ status }) => status === worst.status).length - 1;
  const others = alike > 0 ? ` and ${count(alike, "more service")}` : "";
  const what = worst.status === "down" ? "down" : "not proven to stay up";
  const are = alike > 0 ? "are" : "is";
  return `; ${worst.service} (${worst.tier})${others} ${are} ${what} without ${alike > 0 ? "one site" : worst.lost}`;
}

/** `state.json, stack prod, 412 resources`. */
export function sourceLine({ source }: CheckReport): string {
  const stack = source.stack === undefined ? "" : `, stack ${source.stack}`;
  const cloud = source.simulated === true ? ", SIMULATED cloud" : "";
  return `${source.path}${stack}, ${count(source.resources, "resource")}${cloud}`;
}

/**
 * What is left after the loss that a finding names. Nothing is told where all of the peak is served at once: the
 * finding is then about what the loss takes beside the replicas, such as data in an account, and that would deny it.
 */
export function outcomeSentence(finding: ReportFinding): string | undefined {
  const { outcome } = finding;
  if (outcome === null || isUntouched(outcome)) return undefined;
  return `Without ${finding.lost.join(" and ")}: ${describeOutcome(outcome)}`;
}

export function isUntouched({ status, share, rtoSeconds }: ReportOutcome): boolean {
  return status === "up" && share >= 1 && rtoSeconds === 0;
}

function describeOutcome(outcome: ReportOutcome): string {
  const rto = describeSeconds(outcome.rtoSeconds ?? Infinity);
  const plane = outcome.needsControlPlane ? ", needs a control plane" : "";
  switch (outcome.status) {
    case "up":
      return `up, ${describeShare(outcome.share)} of the peak is served after ${rto}${plane}.`;
    case "degraded":
      return `degraded, ${describeShare(outcome.share)} of the peak is served after ${rto}${plane}.`;
    case "down":
      return `down, nothing of the peak is served.`;
    case "unknown":
      return (
        `not known, between ${describeShare(outcome.share)} and ${describeShare(outcome.bestShare)} of the peak ` +
        `is served.`
      );
    default:
      return outcome.status satisfies never;
  }
}

/** The edge that makes a service as weak as it is (finding K6); undefined where it is its own limit. */
export function weakestSentence(finding: ReportFinding): string | undefined {
  const edges = finding.outcome?.weakestEdges ?? [];
  return edges.length === 0 ? undefined : `${edges.join(", ")}.`;
}

/** Who has taken which risk, until when, and how much it covers. */
export function exemptionSentence(exemption: ReportExemption): string {
  const service = exemption.service === null ? "" : ` for ${exemption.service}`;
  const subject = exemption.resource === undefined ? service : ` beside ${nameOfUrn(exemption.resource)}`;
  const state = exemption.expired ? "EXPIRED on" : "until";
  const covers = `covers ${count(exemption.covers.length, "finding")}`;
  return (
    `${exemption.policy}${subject}, ${state} ${exemption.expires}, ${covers}: ${exemption.reason} ` +
    `(${exemption.owner}, ${exemption.ticket})`
  );
}
