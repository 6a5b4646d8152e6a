/** A comment on a pull request, or an issue. */
import type { Block, Cell, Document, Entry, Evidence, Finding, Fix, Level, Span } from "../document";
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
  const sections = document.body().map((block) => ({ block, parts: partsOf(block).filter(Boolean) }));
  const isCut = ({ kind }: Block): boolean => kind === "findings";
  const fixed = sections.filter(({ block }) => !isCut(block)).flatMap(({ parts }) => parts);
  let room = longestComment - [...head, ...fixed].join("\n\n").length;
  const fitting = sections.flatMap(({ block, parts }) => {
    if (!isCut(block)) return parts;
    const { shown, left } = fit(parts, room);
    room = left;
    return shown;
  });
  return [`${[...head, ...fitting].join("\n\n")}\n`];
};

function headOf({ command, headline }: Document): readonly string[] {
  if (headline === undefined) return [markerOf(command)];
  const { tone, text, source } = headline;
  return [markerOf(command), `## ${headlineSigns[tone]} ${escaped(text)}`, `_${escaped(source)}_`];
}

/** Each stands by itself, with an empty line before the next. */
function partsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "findings":
      return [...headingOf(block.title), ...block.findings.map(findingPart)];
    case "table":
      return block.rows.length === 0 || block.columns.length === 0 ? [] : [tablePart(block)];
    case "unjudged":
      return [
        listPart(
          [block.title],
          block.items.map(({ resource, reason }) => [{ code: resource }, `: ${reason}`]),
        ),
      ];
    case "list":
      return [listPart(block.title, block.items)];
    case "entries":
      return [...block.entries.map(entryPart), escaped(block.total)];
    default:
      return block satisfies never;
  }
}

function headingOf(title: Text | undefined): readonly string[] {
  return title === undefined ? [] : [`### ${inline(title)}`];
}

/** The first sections that fit into so many characters, how many were left out, and the room that is left. */
function fit(sections: readonly string[], room: number): { readonly shown: readonly string[]; readonly left: number } {
  const fitting: string[] = [];
  let left = room;
  for (const section of sections) {
    if (left < section.length + 2) break;
    left -= section.length + 2;
    fitting.push(section);
  }
  const hidden = sections.length - fitting.length;
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

function listPart(title: Text, items: readonly Text[]): string {
  return items.length === 0 ? "" : [`### ${inline(title)}`, "", ...items.map((item) => `- ${inline(item)}`)].join("\n");
}

function entryPart({ name, title, about, text, fix }: Entry): string {
  return [
    `### ${escaped(`${name}: ${title}`)}`,
    `_${escaped(about.join(", "))}_`,
    escaped(text),
    `**Fix:** ${escaped(fix)}`,
  ].join("\n\n");
}

function inline(text: Text): string {
  return text.map(inlineSpan).join("");
}

function inlineSpan(span: Span): string {
  if (typeof span === "string") return escaped(span);
  return code("code" in span ? span.code : span.command);
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

function code(value: string): string {
  const flat = value.replace(/[\r\n]+/g, " ");
  let longest = 0;
  for (const [run] of flat.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
