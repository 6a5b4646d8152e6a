/** For people at a terminal, at two depths: everything, or what fits at the end of a longer run. */
import { listsBy } from "../../lib/lists";
import type { Block, Document, Entry, Finding, FindingsBlock } from "../document";
import { folded } from "./folded";
import { createPaint, headlineText, type Paint } from "./paint";
import { chainText, plain, titleOf, unjudgedLine } from "./sentences";
import { tableText } from "./textTable";
import type { Writer, WriterContext } from "./writer";

/** URNs shown of one finding unless all are asked for. */
const shownResources = 3;

interface Terminal extends WriterContext {
  readonly paint: Paint;
  /** True for one line where the long form has several. */
  readonly isBrief: boolean;
}

/** Verdict, findings, tables, what was not judged, lists: what can be read in a minute, or everything. */
export const table: Writer = (document, context) => {
  const isFolded = document.brevity !== undefined && !context.all && !context.verbose;
  return [isFolded ? folded(document, document.brevity, context) : written(document, context, false)];
};

/** The verdict, a line for each rule or resource that something was found of, and the tables. */
export const summary: Writer = (document, context) => [written(document, context, true)];

function written(document: Document, context: WriterContext, isBrief: boolean): string {
  const terminal: Terminal = { ...context, paint: createPaint(context.colour), isBrief };
  const blocks = document.body().filter((block) => block.isBrief || !isBrief);
  const sections = [
    headlineText(document.headline, terminal.paint),
    ...blocks.flatMap((block) => sectionsOf(block, terminal)),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/** Each stands by itself, with an empty line before the next. */
function sectionsOf(block: Block, terminal: Terminal): readonly string[] {
  const { paint, width, isBrief } = terminal;
  switch (block.kind) {
    case "findings":
      return findingsText(block, terminal);
    case "table":
      if (block.rows.length === 0 || block.columns.length === 0) return [];
      return [paint.bold(`${block.caption}:`), tableText(block, width, paint)];
    case "chain":
      return [listText(plain(block.title), [chainText(block)], paint)];
    case "unjudged":
      return [listText(block.title, block.items.map(unjudgedLine), paint)];
    case "list":
      return [listText(plain(block.title), block.items.map(plain), paint)];
    case "entries": {
      const texts = block.entries.map((entry) => entryText(entry, terminal));
      return [...(isBrief ? [texts.join("\n")] : texts), paint.plain(block.total)];
    }
    default:
      return block satisfies never;
  }
}

function findingsText({ title, findings }: FindingsBlock, terminal: Terminal): readonly string[] {
  const { paint, isBrief } = terminal;
  const texts = isBrief
    ? [summaryLines(findings, paint).join("\n")]
    : findings.map((finding) => findingText(finding, terminal));
  return title === undefined || findings.length === 0 ? texts : [paint.bold(`${plain(title)}:`), ...texts];
}

/** One line for every rule that found something, with those that it speaks of, or for every resource. */
function summaryLines(findings: readonly Finding[], paint: Paint): string[] {
  const groups = listsBy(findings, ({ level, name }) => `${level} ${name.by === "rule" ? name.rule : name.resource}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { level, mark, name, incidents, about } = first;
    const head = `${paint.mark(level, mark)} ${paint.bold(name.by === "rule" ? name.rule : name.resource)}`;
    if (name.by === "resource") return [`${head} ${paint.dim(`(${about.join(", ")})`)}`];
    const subjects = new Set(group.flatMap((each) => (each.name.by === "rule" ? (each.name.subject ?? []) : [])));
    const rows = incidents.length === 0 ? "" : paint.dim(` (incident ${incidents.join(", ")})`);
    return [`${head}${paint.plain(subjects.size === 0 ? "" : `: ${[...subjects].join(", ")}`)}${rows}`];
  });
}

function findingText(finding: Finding, { paint, verbose }: Terminal): string {
  const { level, mark, name, about, incidents, isUnproven, evidence } = finding;
  const notes = [
    ...about,
    ...(isUnproven ? ["not provable"] : []),
    ...(incidents.length === 0 ? [] : [`incident ${incidents.join(", ")}`]),
  ];
  const lines: (readonly [label: string, text: string])[] = [
    ...(name.by === "rule" ? [["", finding.message] as const] : []),
    ...evidence.map(({ label, text }) => [label === undefined ? "" : `${label}: `, plain(text)] as const),
    ...(name.by === "rule" ? resourceLines(finding, verbose) : []),
    ...propertyLines(finding, verbose),
    ...fixLines(finding),
  ];
  return [
    `${paint.mark(level, mark)} ${paint.bold(titleOf(name))} ${paint.dim(`(${notes.join(", ")})`)}`,
    ...lines.map(([label, text]) => `  ${label === "" ? "" : paint.dim(label)}${paint.plain(text)}`),
  ].join("\n");
}

function resourceLines({ resources }: Finding, verbose: boolean): readonly (readonly [string, string])[] {
  const shown = verbose ? resources : resources.slice(0, shownResources);
  const hidden = resources.length - shown.length;
  return [
    ...shown.map((resource) => ["Resource: ", resource] as const),
    ...(hidden > 0 ? [["", `and ${hidden} more (--verbose shows them)`] as const] : []),
  ];
}

function propertyLines({ properties, isUnproven }: Finding, verbose: boolean): readonly (readonly [string, string])[] {
  if (properties.length === 0 || !(verbose || isUnproven)) return [];
  return [[isUnproven ? "Missing: " : "Properties: ", properties.join(", ")]];
}

/** One below the other, the first behind the word. */
function fixLines({ fixes }: Finding): readonly (readonly [string, string])[] {
  return fixes.map(({ text }, index) => [index === 0 ? "Fix: " : "     ", plain(text)]);
}

function listText(title: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return "";
  return [paint.bold(`${title}:`), ...lines.map((line) => `  ${paint.plain(line)}`)].join("\n");
}

function entryText({ name, title, about, text, fix }: Entry, { paint, isBrief }: Terminal): string {
  const head = `${paint.bold(name)}${paint.plain(`: ${title}`)}`;
  if (isBrief) return head;
  const lines = [paint.dim(about.join(", ")), paint.plain(text), `${paint.dim("Fix: ")}${paint.plain(fix)}`];
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}
