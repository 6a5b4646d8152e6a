/** The document of `duplex drift`, of one stack and of many. */
import { driftClasses, type DriftClass, type DriftVerdict } from "../../drift";
import type { DriftRecord, ListedRecord } from "../../drift/record";
import type { Block, Document, Evidence, Finding, Level, ListBlock, Place, Rule, Text, Tone } from "../document";
import { withCommands } from "../text";
import type { DriftReport } from "./report";
import {
  acrossLine,
  changedByLines,
  changeLines,
  dangerLines,
  listedLine,
  ruleLine,
  sourceLine,
  spellText,
  stackLines,
  verdictLine,
} from "./sentences";
import { seriesOf } from "./series";

const tones: Readonly<Record<DriftVerdict, Tone>> = {
  none: "good",
  bearable: "warning",
  lost: "bad",
  unread: "unknown",
};

const levels: Readonly<Record<DriftClass, Level>> = { cosmetic: "note", bearable: "warning", dangerous: "error" };

const titles: Readonly<Record<DriftClass, string>> = {
  cosmetic: "A resource has changed in what no reader of the failure model reads.",
  bearable: "A resource has changed, and every service survives what it survived before.",
  dangerous: "A resource has changed, and survival that the deployed state had is lost.",
};

export function driftDocument(report: DriftReport): Document {
  return {
    command: "drift",
    tool: { name: "duplex-drift", version: report.tool.version, fingerprint: "duplexDrift/v1" },
    headline: {
      tone: tones[report.verdict],
      text: verdictLine(report),
      verdict: report.verdict,
      source: sourceLine(report),
    },
    rules: driftClasses.map(ruleOf),
    checks: driftClasses.map((name) => ({ name, passed: "none" })),
    body: () => bodyOf(report),
    series: () => seriesOf(report),
    data: { value: report },
  };
}

/** A rule for each class; the policies that are newly broken are in the message. */
function ruleOf(name: DriftClass): Rule {
  return { id: `drift-${name}`, name: `${name}-drift`, title: titles[name], level: levels[name] };
}

function bodyOf(report: DriftReport): readonly Block[] {
  const listed = (list: readonly ListedRecord[]): readonly string[] => list.map(listedLine);
  return [
    listBlock(["Stacks"], stackLines(report), true),
    listBlock(["Across stacks"], (report.acrossStacks ?? []).map(acrossLine), true),
    { kind: "findings", isBrief: true, findings: report.drifts.map((drift) => findingOf(drift, report)) },
    {
      ...{ kind: "unjudged", isBrief: true, title: "Could not tell", name: "could-not-tell", level: "error" },
      items: report.couldNotTell.map(({ urn, reason }) => ({
        resource: urn,
        reason,
        place: placeOf(report.source, urn),
      })),
    },
    listBlock(["Expected"], listed(report.expected)),
    listBlock(["Ignored by the program (", { code: "ignoreChanges" }, ")"], listed(report.ignored)),
    listBlock(["Rules of expected drift"], report.rules.map(ruleLine)),
    listBlock(["Notes"], report.notes),
  ];
}

function listBlock(title: Text, lines: readonly string[], isBrief = false): ListBlock {
  return { kind: "list", isBrief, title, items: lines.map((line) => [line]) };
}

function findingOf(drift: DriftRecord, report: DriftReport): Finding {
  const { class: driftClass, kind, urn, changes, findings, changedBy } = drift;
  return {
    rule: `drift-${driftClass}`,
    check: driftClass,
    level: levels[driftClass],
    mark: driftClass,
    name: { by: "resource", resource: urn },
    about: [kind, spellText(drift)].filter(Boolean),
    incidents: [],
    kind,
    instance: urn,
    message: dangerLines(drift)[0] ?? changeLines(drift)[0] ?? kind,
    evidence: evidenceOf(drift),
    resources: [urn],
    properties: [],
    isUnproven: false,
    fixes: drift.fixes.map(({ action, text }) => ({ action, text: withCommands(text) })),
    place: placeOf(report.source, urn),
    identity: [kind, urn, changes.map(({ path }) => path)],
    facts: { class: driftClass, kind, policies: findings.map(({ code }) => code), changedBy },
  };
}

function evidenceOf(drift: DriftRecord): readonly Evidence[] {
  return [
    ...changeLines(drift).map((line) => ({ text: [{ code: line }] })),
    ...[...changedByLines(drift), ...dangerLines(drift)].map((line) => ({ text: [line] })),
  ];
}

function placeOf(source: DriftReport["source"], urn: string): Place {
  const file = fileOf(source, urn);
  return { path: file, file };
}

/**
 * Of many stacks nothing says where their folders are: the file of the stack's settings, in a folder named for its
 * project.
 */
function fileOf({ kind, desired }: DriftReport["source"], urn: string): string {
  switch (kind) {
    case "states":
      return desired;
    case "stack":
      return `${desired.replace(/[\\/]+$/, "")}/Pulumi.yaml`;
    case "stacks": {
      const [, stack = "", project = ""] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
      return `${project}/Pulumi.${stack}.yaml`;
    }
    default:
      return kind satisfies never;
  }
}
