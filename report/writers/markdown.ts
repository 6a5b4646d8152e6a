/** A comment on a pull request, or an issue. */
import type { Block, Cell, Document, Entry, Evidence, Finding, Fix, Level } from "../document";
import type { TableBlock, Text, Tone } from "../document";
import { count } from "../figures";
import { titleOf } from "./sentences";
import type { Writer } from "./writer";

/** A job finds its earlier comment or issue by this line and replaces it. */
export function markerOf(command: string): string {
  return `<!-- duplex ${command} -->`;
}

/** GitHub refuses a comment, or an issue, of more than 65,536 characters; the rest is room for what a job adds. */
const longestComment = 60_000;

const headlineSigns: Readonly<Record<Tone, string>> = { good: "✅", warning: "⚠️", bad: "⛔", unknown: "❔" };
const cellSigns: Readonly<Record<Tone, string>> = { good: "🟢", warning: "🟡", bad: "🔴", unknown: "❔" };
const levelSigns: Readonly<Record<Level, string>> = { error: "⛔ ", warning: "⚠️ ", note: "" };

export const markdown: Writer = (document) => {
  const head = headOf(document);
  const sections = document.body().map(sectionOf);
  const fixed = sections.flatMap(({ fixed: parts }) => parts);
  let room = longestComment - [...head, ...fixed].join("\n\n").length;
  const fitting = sections.flatMap(({ fixed: parts, findings }) => {
    const { shown, left } = fit(findings, room);
    room = left;
    return [...parts, ...shown];
  });
  return [`${[...head, ...fitting].join("\n\n")}\n`];
};

function headOf({ command, headline }: Document): readonly string[] {
  if (headline === undefined) return [markerOf(command)];
  const { tone, text, source } = headline;
  return [markerOf(command), `## ${headlineSigns[tone]} ${escaped(text)}`, `_${escaped(source)}_`];
}

/** Parts of a block, each with an empty line before the next. */
interface Section {
  /** What is written whatever its length. */
  readonly fixed: readonly string[];
  /** What is written as far as there is room for it. */
  readonly findings: readonly string[];
}

function sectionOf(block: Block): Section {
  switch (block.kind) {
    case "findings": {
      const { title, findings } = block;
      const heading = title === undefined || findings.length === 0 ? [] : [`### ${inline(title)}`];
      return { fixed: heading, findings: findings.map(findingPart) };
    }
    case "table":
      return { fixed: block.rows.length === 0 || block.columns.length === 0 ? [] : [tablePart(block)], findings: [] };
    case "unjudged": {
      const lines = block.items.map(({ resource, reason }): Text => [{ code: resource }, `: ${reason}`]);
      return { fixed: listParts([block.title], lines), findings: [] };
    }
    case "list":
      return { fixed: listParts(block.title, block.items), findings: [] };
    case "entries":
      return { fixed: [...block.entries.map(entryPart), escaped(block.total)], findings: [] };
    default:
      return block satisfies never;
  }
}

/** The first findings that fit into so many characters, how many were left out, and the room that is left. */
function fit(findings: readonly string[], room: number): { readonly shown: readonly string[]; readonly left: number } {
  const fitting: string[] = [];
  let left = room;
  for (const finding of findings) {
    if (left < finding.length + 2) break;
    left -= finding.length + 2;
    fitting.push(finding);
  }
  const hidden = findings.length - fitting.length;
  const rest = hidden === 0 ? [] : [`_${count(hidden, "more finding")}: see \`--format json\`._`];
  return { shown: [...fitting, ...rest], left };
}

/** What a rule says is read first and its evidence folded; of a resource the evidence is all there is. */
function findingPart(finding: Finding): string {
  const { level, mark, name, about, incidents } = finding;
  const sign = `**${levelSigns[level]}${escaped(mark)}**`;
  const notes = escaped([...about, ...(incidents.length === 0 ? [] : [`incident ${incidents.join(", ")}`])].join(", "));
  if (name.by === "resource") {
    const lines = [...finding.evidence.map(evidenceLine), ...finding.fixes.map((fix) => `- ${fixText(fix)}`)];
    return [`${sign} · ${notes} · ${code(name.resource)}`, lines.join("\n")].join("\n\n");
  }
  return [
    `${sign} · **${escaped(titleOf(name))}** (${notes})`,
    escaped(finding.message),
    ...finding.fixes.map(fixText),
    `<details><summary>Evidence</summary>\n\n${evidenceLines(finding).join("\n")}\n\n</details>`,
  ].join("\n\n");
}

function evidenceLines({ evidence, properties, isUnproven, resources }: Finding): readonly string[] {
  return [
    ...evidence.map(evidenceLine),
    ...(properties.length === 0
      ? []
      : [`- ${isUnproven ? "Missing" : "Properties"}: ${properties.map(code).join(", ")}`]),
    ...resources.map((urn) => `- Resource: ${code(urn)}`),
  ];
}

function evidenceLine({ label, text }: Evidence): string {
  return `- ${label === undefined ? "" : `${escaped(label)}: `}${inline(text)}`;
}

function fixText({ action, text }: Fix): string {
  return `**Fix${action === undefined ? "" : ` (${escaped(action)})`}:** ${inline(text)}`;
}

function tablePart({ title, corner, columns, rows }: TableBlock): string {
  return [
    `### ${escaped(title)}`,
    "",
    tableRow([corner, ...columns].map(escaped)),
    tableRow(["---", ...columns.map(() => "---")]),
    ...rows.map(({ name, cells }) => tableRow([escaped(name), ...cells.map(cellText)])),
  ].join("\n");
}

function cellText({ text, tone }: Cell): string {
  return tone === undefined ? escaped(text) : `${cellSigns[tone]} ${escaped(text)}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function listParts(title: Text, items: readonly Text[]): readonly string[] {
  if (items.length === 0) return [];
  return [[`### ${inline(title)}`, "", ...items.map((item) => `- ${inline(item)}`)].join("\n")];
}

function entryPart({ name, title, about, text, fix }: Entry): string {
  return [
    `### ${escaped(`${name}: ${title}`)}`,
    `_${escaped(about.join(", "))}_`,
    escaped(text),
    `**Fix:** ${escaped(fix)}`,
  ].join("\n\n");
}

/** Two spans of code side by side would be one with other fences: a blank parts them. */
function inline(text: Text): string {
  return text
    .map((span, index) => {
      if (typeof span === "string") return escaped(span);
      const gap = typeof (text[index - 1] ?? "") === "string" ? "" : " ";
      return `${gap}${code("code" in span ? span.code : span.command)}`;
    })
    .join("");
}

/** Names come from the stack under review: they may not become markup, mentions or table cells. */
function escaped(value: string): string {
  return value
    .replace(/[\r\n]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_[\]|#~!]/g, "\\$&")
    .replace(/@/g, "@\u200b");
}

/** What is empty would have no code between its fences, and open that of whatever comes next. */
function code(value: string): string {
  const flat = value.replace(/[\r\n]+/g, " ") || " ";
  let longest = 0;
  for (const [run] of flat.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
