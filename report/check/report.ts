/**
 * The answer of `duplex check` as plain data: what `--format json` prints, and what all other formats are made from, so
 * that they cannot say different things. Published as schema/check.schema.json.
 */
import { acceptanceOf } from "../../model";
import type { Dependency, DomainId, Estate, NotJudged, Service } from "../../model";
import type { Outcome, Survival } from "../../survival";
import { urnsOf } from "../../policies/evidence/read";
import type { FrailService } from "../../policies/evidence/frail";
import type { ExemptedFinding, Verdict } from "../../policies/judge";
import type { Exemption, Finding } from "../../policies/policy";
import type { ReportCell, ReportChange, ReportFinding, ReportMention, ReportOutcome, ReportRow, Source } from "./parts";
import { mentionOf } from "./mention";
import { reportBaseline, type BaselineInput, type ReportBaseline } from "./reportBaseline";
import { survivalTable } from "./survivalTable";
import { byText } from "../../lib/order";

export type {
  ChangedCell,
  ChangedFinding,
  ChangedService,
  FailOn,
  FindingChange,
  ReportCell,
  ReportChange,
  ReportFinding,
  ReportMention,
  ReportOutcome,
  ReportRow,
  Source,
} from "./parts";

/** A risk that somebody has taken for a time. */
export interface ReportExemption {
  readonly policy: string;
  readonly service: string | null;
  /** The resource that it stands beside. @default it stands in settings */
  readonly resource?: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly expired: boolean;
  /** Messages of the findings that it keeps out of the verdict; empty where it covers nothing. */
  readonly covers: readonly string[];
  /** The same findings, each with what says which one it is. */
  readonly findings: readonly ReportMention[];
}

export interface CheckReport {
  readonly $schema: string;
  readonly formatVersion: 1;
  readonly tool: { readonly name: "duplex"; readonly version: string };
  readonly source: Source;
  readonly verdict: Verdict;
  /** Services that are not proven to stay up when one zone or facility is lost, whatever their tier asks. */
  readonly frail: readonly FrailService[];
  readonly summary: {
    readonly services: number;
    readonly mandatory: number;
    readonly advisory: number;
    readonly notJudged: number;
  };
  readonly findings: readonly ReportFinding[];
  readonly survival: { readonly columns: readonly string[]; readonly rows: readonly ReportRow[] };
  readonly notJudged: readonly NotJudged[];
  readonly exemptions: readonly ReportExemption[];
  /** Beside the base that was given. @default none was given */
  readonly change?: ReportChange;
  /** What was known before. @default no baseline was given */
  readonly baseline?: ReportBaseline;
  /** What the reader should know about the input, such as a function that was answered without the cloud. */
  readonly notes: readonly string[];
}

/** What a judgement must say to be reported. */
export interface ReportInput {
  readonly estate: Estate;
  readonly survival: Survival;
  readonly verdict: Verdict;
  readonly frail: readonly FrailService[];
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  readonly exempted: readonly ExemptedFinding[];
  /** What a baseline knows of, and which. @default none was given */
  readonly knownFrom?: BaselineInput;
  /** All that were given, expired and idle ones among them. */
  readonly exemptions: readonly Exemption[];
  /** Day of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
  readonly source: Source;
  readonly notes?: readonly string[];
  readonly version: string;
}

const checkSchemaId = "https://duplex.dev/schema/check.schema.json";

/** Makes the report; keeps the order of findings, which `judge` has sorted. */
export function checkReport(input: ReportInput): CheckReport {
  const { estate, survival } = input;
  const told = outcomesTold(estate);
  const findings = input.findings.map((finding) => reportFinding(finding, survival, told));
  return {
    $schema: checkSchemaId,
    formatVersion: 1,
    tool: { name: "duplex", version: input.version },
    source: input.source,
    verdict: input.verdict,
    frail: input.frail,
    summary: {
      services: estate.services.length,
      mandatory: findings.filter((finding) => finding.level === "mandatory").length,
      advisory: findings.filter((finding) => finding.level === "advisory").length,
      notJudged: input.notJudged.length,
    },
    findings,
    survival: toldSurvival(input, told),
    notJudged: input.notJudged,
    exemptions: input.exemptions.map((exemption) => reportExemption(exemption, input)),
    ...(input.knownFrom === undefined ? {} : { baseline: reportBaseline(input.knownFrom) }),
    notes: input.notes ?? [],
  };
}

/** The table as the report has it. */
export function toldSurvival(
  input: Pick<ReportInput, "estate" | "survival" | "today">,
  told: (outcome: Outcome) => ReportOutcome,
): CheckReport["survival"] {
  const table = survivalTable(input.estate, input.survival);
  const logTargets = new Set(input.estate.facts.flatMap(({ kind, urn }) => (kind === "logTarget" ? [urn] : [])));
  return {
    columns: table.columns.map((column) => column.title),
    rows: table.rows.map(({ service, normal, cells }) => ({
      service: service.id,
      tier: service.tier,
      layer: service.layer,
      ...(urnsOf(service).every((urn) => logTargets.has(urn)) ? { takesLogs: true as const } : {}),
      normal: told(normal),
      cells: cells.map(({ lost, outcome }) => ({
        ...told(outcome),
        lost,
        ...acceptedIn(input, service.id, lost, outcome),
      })),
    })),
  };
}

/** What somebody has accepted of this, and until when. */
export function acceptedIn(
  { estate, today }: Pick<ReportInput, "estate" | "today">,
  id: string,
  lost: readonly DomainId[],
  { status }: Outcome,
): Pick<ReportCell, "accepted"> {
  const accepted = status === "up" ? undefined : acceptanceOf(estate.acceptedLosses, id, lost, today);
  return accepted === undefined ? {} : { accepted: { by: accepted.by, until: accepted.until } };
}

function reportExemption(exemption: Exemption, { exempted, today }: ReportInput): ReportExemption {
  const covered = exempted.filter((entry) => entry.exemption === exemption).map(({ finding }) => finding);
  return {
    policy: exemption.policy,
    service: exemption.service ?? null,
    ...(exemption.resource === undefined ? {} : { resource: exemption.resource }),
    owner: exemption.owner,
    reason: exemption.reason,
    ticket: exemption.ticket,
    expires: exemption.expires,
    expired: exemption.expires < today,
    covers: covered.map(({ message }) => message),
    findings: covered.map(mentionOf),
  };
}

function reportFinding(finding: Finding, survival: Survival, told: (outcome: Outcome) => ReportOutcome): ReportFinding {
  const shows = finding.service !== undefined && finding.lost.length > 0;
  const outcome = shows ? told(survival.outcome(finding.service, finding.lost)) : null;
  return {
    policy: finding.policy,
    code: finding.code,
    severity: finding.severity,
    level: finding.level,
    verdict: finding.verdict,
    tier: finding.tier,
    service: finding.service ?? null,
    lost: finding.lost,
    message: finding.message,
    fix: finding.fix,
    rows: finding.rows,
    urns: finding.urns,
    properties: finding.properties ?? [],
    outcome,
  };
}

/**
 * Outcomes as the report tells them, each made once: survival hands out one for all losses that a service feels alike.
 */
export function outcomesTold({ services: all }: Estate): (outcome: Outcome) => ReportOutcome {
  const services = new Map(all.map((service) => [service.id, service]));
  const known = new Map<Outcome, ReportOutcome>();
  return (outcome) => {
    let told = known.get(outcome);
    if (!told) known.set(outcome, (told = reportOutcome(outcome, services)));
    return told;
  };
}

function reportOutcome(outcome: Outcome, services: ReadonlyMap<string, Service>): ReportOutcome {
  return {
    status: outcome.status,
    share: outcome.share,
    bestShare: outcome.bestShare,
    immediateShare: outcome.immediateShare,
    rtoSeconds: finite(outcome.rtoSeconds),
    rpoSeconds: finite(outcome.rpoSeconds),
    needsControlPlane: outcome.needsControlPlane,
    weakest: outcome.weakest,
    weakestEdges: edgesTo(outcome.service, outcome.weakest, services),
    missing: outcome.missing,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The shortest chain of dependencies by which one service reaches another; the first in name order among equals. */
function edgesTo(from: string, to: string, services: ReadonlyMap<string, Service>): readonly string[] {
  if (from === to) return [];
  const chains = new Map<string, string[]>([[from, []]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) break;
    for (const [next, dependency] of targetsOf(services.get(id)?.dependencies ?? [])) {
      if (chains.has(next)) continue;
      chains.set(next, [...(chains.get(id) ?? []), `${id} -> ${next} (${dependency.strength})`]);
      queue.push(next);
    }
  }
  return chains.get(to) ?? [];
}

function targetsOf(dependencies: readonly Dependency[]): [string, Dependency][] {
  return dependencies
    .flatMap((dependency) => dependency.anyOf.map((id): [string, Dependency] => [id, dependency]))
    .sort(([a], [b]) => byText(a, b));
}
