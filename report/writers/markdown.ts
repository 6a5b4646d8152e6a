/** A comment on a pull request, or an issue. */
import { visible } from "../../lib/visible";
import type { Block, Cell, Document, Entry, Evidence, Finding, Fix, Level } from "../document";
import type { TableBlock, Text, Tone } from "../document";
import { count } from "../figures";
import { bounded, bytesOf, type Section } from "./bounded";
import { toldOf, whereOf, type CauseGroup } from "./causes";
import { mermaidText } from "./mermaid";
import { titleOf } from "./sentences";
import type { Writer } from "./writer";

/** A job finds its earlier comment or issue by this line and replaces it. */
export function markerOf(command: string): string {
  return `<!-- duplex ${command} -->`;
}

/**
 * GitHub refuses a comment, or an issue, of more than 65,536 characters (REST API, "Create an issue comment"); the rest
 * is room for what a job adds.
 */
const longestComment = 60_000;

/** A longer name or sentence is cut: it would take the room of all others. */
const longestText = 2_000;

const headlineSigns: Readonly<Record<Tone, string>> = { good: "✅", warning: "⚠️", bad: "⛔", unknown: "❔" };
const cellSigns: Readonly<Record<Tone, string>> = { good: "🟢", warning: "🟡", bad: "🔴", unknown: "❔" };
const levelSigns: Readonly<Record<Level, string>> = { error: "⛔ ", warning: "⚠️ ", note: "" };

/** Findings of one cause that have a line of their own. */
const mostAlike = 10;

/** What was found gets the most of the room: the tables and lists say how it came about. */
const findingsWeight = 4;

export const markdown: Writer = (document) => {
  const head = headOf(document).join("\n\n");
  const sections = document.body().flatMap(sectionsOf);
  const fitting = bounded(sections, longestComment - bytesOf(head)).filter((text) => text !== "");
  return [`${[head, ...fitting].join("\n\n")}\n`];
};

function headOf({ command, headline }: Document): readonly string[] {
  if (headline === undefined) return [markerOf(command)];
  const { tone, text, source } = headline;
  return [markerOf(command), `## ${headlineSigns[tone]} ${escaped(text)}`, `_${escaped(source)}_`];
}

/** None of what is empty. */
function sectionsOf(block: Block): readonly Section[] {
  switch (block.kind) {
    case "findings": {
      const { title, findings } = block;
      if (findings.length === 0) return [];
      const { groups, lines } = toldOf(byLevel(findings));
      const parts = [...groups.map(causePart), ...lines.map(escaped)];
      const head = title === undefined ? "" : `### ${inline(title)}`;
      return [{ head, parts, gap: "\n\n", rest: moreOf("finding"), weight: findingsWeight }];
    }
    case "table":
      if (block.rows.length === 0 || block.columns.length === 0) return [];
      return [{ head: tableHead(block), parts: tableRows(block), gap: "\n", rest: moreOf("row"), weight: 2 }];
    case "chain": {
      const head = `### ${inline(block.title)}`;
      const parts = [`\`\`\`mermaid\n${mermaidText(block)}\n\`\`\``];
      return [{ head, parts, gap: "\n\n", rest: () => "_Left out: there is no room._", weight: 1 }];
    }
    case "unjudged":
      return listSections(
        [block.title],
        block.items.map(({ resource, reason }): Text => [{ code: resource }, `: ${reason}`]),
      );
    case "list":
      return listSections(block.title, block.items);
    case "entries": {
      const parts = block.entries.map(entryPart);
      const total = { head: escaped(block.total), parts: [], gap: "", rest: () => "", weight: 1 };
      return [{ head: "", parts, gap: "\n\n", rest: moreOf("item"), weight: findingsWeight }, total];
    }
    default:
      return block satisfies never;
  }
}

/** What refuses stands before what advises, wherever the room ends. */
function byLevel(findings: readonly Finding[]): readonly Finding[] {
  const levels: readonly Level[] = ["error", "warning", "note"];
  return levels.flatMap((wanted) => findings.filter(({ level }) => level === wanted));
}

function moreOf(noun: string): (hidden: number) => string {
  return (hidden) => `_… and ${count(hidden, `more ${noun}`)}: see \`--format json\`._`;
}

/** Findings of one cause, told by the worst of them; the others in a line each below its evidence. */
function causePart(group: CauseGroup): string {
  const { lead, findings } = group;
  if (findings.length === 1) return findingPart(lead);
  const others = findings.slice(1);
  const shown = others.slice(0, mostAlike).map((one) => `- ${escaped(titleOf(one.name))}: ${escaped(one.message)}`);
  const hidden = others.length - shown.length;
  const lines = [
    `_${escaped(`Where: ${whereOf(group)}`)}_`,
    `<details><summary>${count(others.length, "more finding")} of the same cause</summary>\n\n${shown.join("\n")}`,
    ...(hidden > 0 ? [moreOf("finding")(hidden)] : []),
    "</details>",
  ];
  return [findingPart(lead), ...lines].join("\n\n");
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

function tableHead({ title, corner, columns }: TableBlock): string {
  return [
    `### ${escaped(title)}`,
    "",
    tableRow([corner, ...columns].map(escaped)),
    tableRow(["---", ...columns.map(() => "---")]),
  ].join("\n");
}

function tableRows({ rows }: TableBlock): readonly string[] {
  return rows.map(({ name, cells }) => tableRow([escaped(name), ...cells.map(cellText)]));
}

function cellText({ text, tone }: Cell): string {
  return tone === undefined ? escaped(text) : `${cellSigns[tone]} ${escaped(text)}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function listSections(title: Text, items: readonly Text[]): readonly Section[] {
  if (items.length === 0) return [];
  const parts = items.map((item) => `- ${inline(item)}`);
  return [{ head: `### ${inline(title)}\n`, parts, gap: "\n", rest: moreOf("line"), weight: 1 }];
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

/**
 * Names come from the stack under review: they may become neither markup, mentions, references, addresses, cells of a
 * table, nor (GitLab's quick actions, a slash at the start of a line) orders.
 */
function escaped(value: string): string {
  return shortened(value)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_[\]|#~!]/g, "\\$&")
    .replace(/^[-+=>/]/, "\\$&")
    .replace(/@|\\[#!](?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
}

/** In one line; a break of lines reads as a blank, as it does in Markdown. */
function shortened(value: string): string {
  const line = visible(value.replace(/[\r\n]+/g, " "));
  return line.length <= longestText ? line : `${line.slice(0, longestText).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** What is empty would have no code between its fences, and open that of whatever comes next. */
function code(value: string): string {
  const flat = shortened(value) || " ";
  let longest = 0;
  for (const [run] of flat.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
