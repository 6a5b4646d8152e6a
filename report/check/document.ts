/** The document of `duplex check`. */
import type { Verdict } from "../../policies/judge";
import { identityOf } from "../../policies/identity";
import type { Policy } from "../../policies/policy";
import type { Block, Document, Evidence, Finding, Place, Text, Tone, UnjudgedBlock } from "../document";
import type { CheckReport, ReportFinding, Source } from "./report";
import { shellCommand } from "../../lib/shell";
import { asidesOf, instanceOf } from "./asides";
import { chainBlock } from "./chain";
import { besideBase, changeBlocks, changeLine } from "./changeBlocks";
import { causesOf } from "./causes";
import { rulesOf } from "./rules";
import { baselineSentence, besideKnown } from "./baseline";
import { exemptionSentence, outcomeSentence, sourceLine, verdictLine, weakestSentence } from "./sentences";
import { seriesOf } from "./series";
import { survivalBlock } from "./table";

const tones: Readonly<Record<Verdict, Tone>> = {
  survives: "good",
  advice: "warning",
  refused: "bad",
  nothingJudged: "unknown",
};

/** Where a program makes what has this URN. */
export type Positions = (urn: string) => { readonly file: string; readonly line: number } | undefined;

/**
 * @param policies the catalogue: what was judged, also where nothing was found
 * @param positions @default nothing tells them: findings are shown at what was judged
 */
export function checkDocument(
  report: CheckReport,
  policies: readonly Policy[],
  positions: Positions = () => undefined,
): Document {
  const names = new Set(
    [...policies, ...report.findings.map(({ policy: name }) => ({ name }))].map(({ name }) => name),
  );
  return {
    command: "check",
    tool: { ...report.tool, fingerprint: "duplexFinding/v1" },
    headline: {
      tone: toneOf(report),
      text: report.change === undefined ? verdictLine(report) : changeLine(report, report.change),
      verdict: report.change?.verdict ?? report.verdict,
      source: sourceLine(report),
    },
    rules: rulesOf(policies),
    checks: [...names].sort().map((name) => ({ name, passed: "holds" })),
    brevity: {
      lines: linesFor(report.source.resources),
      more: () => moreOf(report, policies),
    },
    body: () => bodyOf(report, policies, positions),
    asides: () => {
      const place = placeOf(report.source);
      return asidesOf(report, (urn) => (urn === null ? undefined : placeIn([urn], positions)) ?? place);
    },
    series: () => seriesOf(report),
    data: { value: report, longLists: ["findings", "survival.rows"] },
  };
}

function toneOf({ verdict, frail, change }: CheckReport): Tone {
  const told = change?.verdict ?? verdict;
  return told === "survives" && frail.length > 0 ? "warning" : tones[told];
}

/** Read in a minute: 20 lines for a program of 10 resources, 60 for one of 200 and more. */
function linesFor(resources: number): number {
  return Math.max(20, Math.min(60, 20 + Math.floor(((resources - 10) * 40) / 190)));
}

/** What to type to see why the worst of the findings is one. */
function moreOf(report: CheckReport, policies: readonly Policy[]): Text {
  const everything: Text = ["everything: ", { command: "--all" }];
  const worst = [...causesOf(report, policies)].reduce<Worst | undefined>(
    (found, [{ code }, { gravity }]) => (found !== undefined && found.gravity >= gravity ? found : { code, gravity }),
    undefined,
  );
  if (worst === undefined) return ["For ", ...everything];
  const { kind, path } = report.source;
  const isAgain = kind !== "cluster" && path !== "<stdin>";
  const command = isAgain ? shellCommand("duplex explain", worst.code, path) : undefined;
  return ["Why, and the proof: ", { command: command ?? `duplex explain ${worst.code}` }, "; ", ...everything];
}

interface Worst {
  readonly code: string;
  readonly gravity: number;
}

function bodyOf(report: CheckReport, policies: readonly Policy[], positions: Positions): readonly Block[] {
  const place = placeOf(report.source);
  const causes = causesOf(report, policies);
  const chain = chainBlock(report);
  const baseline = baselineSentence(report);
  return [
    {
      kind: "findings",
      isBrief: true,
      findings: report.findings.map((finding, index) => ({
        ...besideBase(
          besideKnown(findingOf(finding, placeIn(finding.urns, positions) ?? place), finding, report),
          report.change,
          index,
        ),
        cause: causes.get(finding),
      })),
    },
    ...(report.change === undefined ? [] : changeBlocks(report.change)),
    survivalBlock(report.survival),
    ...(chain === undefined ? [] : [chain]),
    notJudged(report, place),
    {
      kind: "list",
      isBrief: true,
      title: ["Baseline"],
      items: baseline === undefined ? [] : [[baseline]],
    },
    {
      kind: "list",
      isBrief: false,
      title: ["Exemptions"],
      items: report.exemptions.map((exemption) => [exemptionSentence(exemption)]),
    },
    { kind: "list", isBrief: false, title: ["Notes"], items: report.notes.map((note) => [note]) },
  ];
}

function notJudged(report: CheckReport, place: Place): UnjudgedBlock {
  return {
    kind: "unjudged",
    isBrief: true,
    title: "Not judged",
    name: "not-judged",
    level: "note",
    items: report.notJudged.map(({ urn, type, reason }) => ({ resource: urn, type, reason, place })),
  };
}

function findingOf(finding: ReportFinding, place: Place): Finding {
  const { policy, code, level, verdict, tier, service, lost, urns, severity } = finding;
  const isMandatory = level === "mandatory";
  return {
    rule: code,
    check: policy,
    level: isMandatory ? "error" : "warning",
    mark: isMandatory ? "refused" : "advice",
    name: { by: "rule", rule: `${code} ${policy}`, subject: service },
    about: [tier, severity],
    incidents: finding.rows,
    kind: `${code} ${verdict}`,
    instance: instanceOf(finding),
    message: finding.message,
    evidence: evidenceOf(finding),
    resources: urns,
    properties: finding.properties,
    isUnproven: verdict === "unknown",
    fixes: [{ text: [finding.fix] }],
    place,
    identity: identityOf(finding),
    facts: { policy, verdict, severity, tier, lost, ...(service === null ? {} : { service }) },
  };
}

function evidenceOf(finding: ReportFinding): readonly Evidence[] {
  const [outcome, weakest] = [outcomeSentence(finding), weakestSentence(finding)];
  return [
    ...(outcome === undefined ? [] : [{ text: [outcome] }]),
    ...(weakest === undefined ? [] : [{ label: "Weakest edge", text: [weakest], isDetail: true }]),
  ];
}

/** At the first of its resources whose line is known. */
function placeIn(urns: readonly string[], positions: Positions): Place | undefined {
  for (const urn of urns) {
    const found = positions(urn);
    if (found !== undefined) return { path: found.file, ...found };
  }
  return undefined;
}

/** A project's findings are shown at its Pulumi.yaml. */
function placeOf({ kind, path }: Source): Place {
  if (path === "<stdin>") return { path: null, file: "stdin" };
  return { path, file: kind === "program" ? `${path.replace(/[\\/]+$/, "")}/Pulumi.yaml` : path };
}
