/** What can be read in a minute: each cause in three lines, the worst first, and the rest counted. */
import { findingsOf, type Block, type Brevity, type Document, type Finding } from "../document";
import type { TableBlock, Tone } from "../document";
import { count, named } from "../figures";
import { bounded, inLines, type Section } from "./bounded";
import { otherRulesOf, parted, toldOf, whereOf, type CauseGroup } from "./causes";
import { createPaint, headlineText, type Paint } from "./paint";
import { plain, unjudgedLine } from "./sentences";
import { tableLines } from "./textTable";
import type { WriterContext } from "./writer";

/** Rules named of the causes that are left out. */
const mostRules = 4;

const badness: Readonly<Record<Tone, number>> = { bad: 3, unknown: 2, warning: 1, good: 0 };

export function folded(document: Document, { lines, more }: Brevity, { width, colour }: WriterContext): string {
  const paint = createPaint(colour);
  const head = headlineText(document.headline, paint);
  const blocks = document
    .body()
    .map((block) => ({
      isList: block.kind !== "findings" && block.kind !== "table",
      sections: sectionsOf(block, width, paint),
    }))
    .filter((block) => block.sections.length > 0);
  const sections = blocks.flatMap((block, index) => {
    const isApart = !block.isList || blocks[index - 1]?.isList !== true;
    return isApart ? block.sections.map(blankBefore) : block.sections;
  });
  const room = lines - inLines.sizeOf(head) - 2;
  const shown = bounded(sections, room, inLines);
  const isShortened =
    findingsOf(document).length > 0 || shown.join("\n") !== bounded(sections, Infinity, inLines).join("\n");
  return `${[head, ...shown, ...(isShortened ? ["", paint.dim(plain(more()))] : [])].join("\n")}\n`;
}

function sectionsOf(block: Block, width: number, paint: Paint): readonly Section[] {
  switch (block.kind) {
    case "findings":
      return findingsSections(block.findings, paint);
    case "table":
      return tableSections(block, width, paint);
    case "chain":
      // The entries say where; a picture is for who wants everything.
      return [];
    case "unjudged":
      return listSections(block.title, block.items.map(unjudgedLine), paint);
    case "list":
      return listSections(plain(block.title), block.items.map(plain), paint);
    case "entries":
      return listSections("", [block.total], paint);
    default:
      return block satisfies never;
  }
}

function findingsSections(findings: readonly Finding[], paint: Paint): readonly Section[] {
  const { groups, lines } = toldOf(findings);
  const causes: Section = {
    head: "",
    parts: groups.map((group) => causeText(group, paint)),
    ...{ gap: "\n", weight: 4 },
    rest: (hidden) => paint.dim(hiddenCauses(groups.slice(groups.length - hidden))),
  };
  const folds: Section = { head: lines.map(paint.plain).join("\n"), parts: [], gap: "", rest: () => "", weight: 1 };
  return [...(groups.length === 0 ? [] : [causes]), ...(lines.length === 0 ? [] : [folds])];
}

/** The blank line is counted too. */
function blankBefore(section: Section): Section {
  const [first = "", ...others] = section.parts;
  if (section.head !== "") return { ...section, head: `\n${section.head}` };
  return { ...section, parts: [`\n${first}`, ...others] };
}

/** One line of what breaks, one of where, one of the fix. */
function causeText(group: CauseGroup, paint: Paint): string {
  const { lead } = group;
  const { level, mark, name, message, evidence, fixes } = lead;
  const what = name.by === "rule" ? message : evidence.map(({ text }) => plain(text)).join(" ");
  const rules = otherRulesOf(group);
  const also = rules === "" ? "" : `; also ${rules}`;
  const fix = fixes.map(({ text }) => plain(text)).join(" Or: ");
  return [
    `${paint.mark(level, mark)} ${paint.bold(name.by === "rule" ? name.rule : name.resource)}: ${paint.plain(what)}`,
    `  ${paint.dim("Where: ")}${paint.plain(`${whereOf(group)}${also}`)}`,
    ...(fix === "" ? [] : [`  ${paint.dim("Fix: ")}${paint.plain(fix)}`]),
  ].join("\n");
}

function hiddenCauses(groups: readonly CauseGroup[]): string {
  const rules = groups.map(({ lead: { name } }) => (name.by === "rule" ? name.rule : name.resource));
  const refusing = groups.filter(({ lead }) => lead.level === "error").length;
  const refused = refusing === 0 ? "" : `, ${refusing} of which ${refusing === 1 ? "refuses" : "refuse"}`;
  return `… and ${count(groups.length, "more cause")}${refused}: ${named(rules, mostRules)}`;
}

/** The rows that are worst first, as the room may end. */
function tableSections(block: TableBlock, width: number, paint: Paint): readonly Section[] {
  const [minor, own] = parted(block.rows, ({ isMinor }) => isMinor === true);
  const rows = [...own].sort((one, other) => worstOf(other) - worstOf(one));
  if (rows.length === 0 || block.columns.length === 0) return [];
  return tableLines({ ...block, rows }, width, paint).map(([titles = "", ...lines], index, all): Section => {
    const isLast = index === all.length - 1;
    const folds =
      isLast && minor.length > 0 ? [paint.dim(`(${count(minor.length, "part")} that only others use)`)] : [];
    return {
      head: index === 0 ? `${paint.bold(`${block.caption}:`)}\n${titles}` : titles,
      parts: [...lines, ...folds],
      ...{ gap: "\n", weight: 3, rest: (hidden) => paint.dim(`… and ${count(hidden, "more row")}`) },
    };
  });
}

function worstOf({ cells }: TableBlock["rows"][number]): number {
  return Math.max(...cells.map(({ tone }) => (tone === undefined ? 0 : badness[tone])));
}

/** The first beside its title, so that a list takes one line at least. */
function listSections(title: string, items: readonly string[], paint: Paint): readonly Section[] {
  const [first, ...others] = items;
  if (first === undefined) return [];
  const head = title === "" ? "" : `${paint.bold(items.length === 1 ? `${title}:` : `${title} (${items.length}):`)} `;
  const parts = others.map((item) => `  ${paint.plain(item)}`);
  return [{ head: `${head}${paint.plain(first)}`, parts, gap: "\n", weight: 1, rest: () => "" }];
}
