/** The document of `duplex explain`: what a policy is for, and, of a stack, the proof of what it finds there. */
import { tiers, type Estate } from "../../model";
import { levelInWords } from "../../policies/levels";
import type { Policy } from "../../policies/policy";
import type { CheckReport, ReportFinding } from "../check/report";
import type { Positions } from "../check/document";
import { rulesOf } from "../check/rules";
import { outcomeSentence, sourceLine, weakestSentence } from "../check/sentences";
import type { Block, Document, ListBlock, Text } from "../document";
import { count, named } from "../figures";
import { nameOfUrn, typedNameOfUrn } from "../names";
import { pageOf } from "../pages";
import { chainOf, type PartEvidence, type ReplicaEvidence } from "./evidence";

/** Replicas named of one part; the rest is counted. */
const mostReplicas = 4;

/** Resources named of one finding. */
const mostResources = 6;

export interface ExplainedStack {
  readonly report: CheckReport;
  readonly estate: Estate;
  readonly positions: Positions;
  /** Of this service alone. @default of all */
  readonly service?: string;
}

/** @param stack @default the policy alone is explained */
export function explainDocument(policy: Policy, version: string, stack?: ExplainedStack): Document {
  const findings = stack === undefined ? [] : findingsOf(policy, stack);
  const explained = findings.map((finding) => ({ ...finding, chain: chainOf(finding, stack?.estate ?? noEstate) }));
  const page = pageOf(policy);
  return {
    command: "explain",
    tool: { name: "duplex", version, fingerprint: "duplexFinding/v1" },
    rules: rulesOf([policy]),
    checks: [],
    body: () => [
      about(policy),
      ...(stack === undefined ? [] : proofs(explained, stack)),
      { kind: "list", isBrief: true, title: ["Fix"], items: [[policy.fix.text], ...snippetLines(policy)] },
      ...(page === undefined ? [] : [{ kind: "list", isBrief: true, title: ["Page"], items: [[page]] } as const]),
    ],
    series: () => [],
    data: {
      value: {
        formatVersion: 1,
        policy: { ...policy, page },
        ...(stack === undefined ? {} : { source: stack.report.source, findings: explained }),
      },
    },
  };
}

const noEstate: Estate = { domains: [], services: [], facts: [], notJudged: [] };

type Explained = ReportFinding & { readonly chain: readonly PartEvidence[] };

function findingsOf({ name }: Policy, { report, service }: ExplainedStack): readonly ReportFinding[] {
  const isMeant = (id: string | null): boolean =>
    service === undefined || id === service || id?.startsWith(`${service}/`) === true;
  return report.findings.filter((finding) => finding.policy === name && isMeant(finding.service));
}

function about(policy: Policy): ListBlock {
  const { code, name, title, levels, why, proves, severity, rows } = policy;
  const spoken = tiers.flatMap((tier) => (levels[tier] === undefined ? [] : [`${tier} ${levelInWords(policy, tier)}`]));
  const incident = rows.length === 0 ? "" : `; incident ${rows.join(", ")} (docs/incident.md)`;
  return {
    ...{ kind: "list", isBrief: true, title: [`${code} ${name}`] },
    items: [
      [`${title}.`],
      [`Level: ${spoken.join("; ")}; severity ${severity}${incident}.`],
      [`Why: ${why}`],
      [proves],
    ],
  };
}

function snippetLines({ fix }: Policy): readonly Text[] {
  return fix.snippet.split("\n").map((line) => [{ code: line }]);
}

function proofs(findings: readonly Explained[], { report, positions, service }: ExplainedStack): readonly Block[] {
  const seen: ListBlock = {
    ...{ kind: "list", isBrief: true, title: ["In"] },
    items: [[sourceLine(report)], ...(findings.length > 0 ? [] : [[nothingFound(report, service)]])],
  };
  return [seen, ...findings.map((finding) => proof(finding, positions))];
}

function nothingFound({ summary }: CheckReport, service: string | undefined): string {
  const whom = service === undefined ? `any of ${count(summary.services, "service")}` : `"${service}"`;
  return `It finds nothing about ${whom} here: it holds, does not apply, is switched off, or an exemption covers it.`;
}

function proof(finding: Explained, positions: Positions): ListBlock {
  const { level, tier, service, verdict, message, properties, urns, fix, chain } = finding;
  const outcome = outcomeSentence(finding);
  const weakest = weakestSentence(finding);
  const isUnproven = verdict === "unknown";
  const mark = level === "mandatory" ? "refused" : "advice";
  const hidden = urns.length - mostResources;
  return {
    ...{ kind: "list", isBrief: true },
    title: [`${mark}: ${service ?? "the stack"} (${tier}${isUnproven ? ", not provable" : ""})`],
    items: [
      [message],
      ...(outcome === undefined ? [] : [[outcome]]),
      ...chain.flatMap(partLines),
      ...(weakest === undefined ? [] : [[`Chain: ${weakest}`]]),
      ...(properties.length === 0 ? [] : [[`${isUnproven ? "Missing" : "Read"}: ${properties.join(", ")}`]]),
      ...urns.slice(0, mostResources).map((urn) => [`Where: ${placed(urn, positions)}`]),
      ...(hidden > 0 ? [[`and ${count(hidden, "more resource")} (--format json has all)`]] : []),
      [`Fix: ${fix}`],
    ],
  };
}

/** `login loses 1 of its 1 replica: login-pangyo (facility:pangyo)`. */
function partLines({ service, replicas }: PartEvidence): readonly Text[] {
  if (replicas.length === 0) return [];
  const gone = replicas.filter(({ isLost }) => isLost === true);
  const doubtful = replicas.filter(({ isLost }) => isLost === null);
  const left = replicas.filter(({ isLost }) => isLost === false);
  const all = count(replicas.length, "replica");
  if (gone.length + doubtful.length === 0) return [[`${service} has ${all}: ${replicaNames(left)}.`]];
  return [
    ...(gone.length === 0 ? [] : [[`${service} loses ${gone.length} of its ${all}: ${replicaNames(gone)}.`]]),
    ...(doubtful.length === 0
      ? []
      : [[`${service} may lose ${doubtful.length} of its ${all}: ${replicaNames(doubtful)}.`]]),
    ...(left.length === 0 ? [] : [[`${service} keeps ${left.length}: ${replicaNames(left)}.`]]),
  ];
}

function replicaNames(replicas: readonly ReplicaEvidence[]): string {
  return named(
    replicas.map(({ id, standsIn }) => {
      const place = standsIn === null ? "where is not known" : standsIn.join(", ") || "nowhere that is named";
      return `${nameOfUrn(id)} (${place})`;
    }),
    mostReplicas,
  );
}

function placed(urn: string, positions: Positions): string {
  const position = positions(urn);
  return position === undefined ? urn : `${position.file}:${position.line} (${typedNameOfUrn(urn)})`;
}
