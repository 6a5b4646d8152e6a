/** What a change does, as a part of the document. */
import type { Block, Finding, TableRow, Tone } from "../document";
import { count } from "../figures";
import { countsOf } from "./change";
import type { ChangedCell, ChangedService, CheckReport, ReportChange } from "./report";
import { verdictLine } from "./sentences";
import { cellText } from "./table";

/** `REFUSED BY WHAT IS NEW: 2 findings new, 1 worse, 3 as before, 1 gone since old.json.` */
export function changeLine(report: CheckReport, change: ReportChange): string {
  const counts = countsOf(change);
  const parts = [
    `${count(counts.new, "finding")} new`,
    ...(["worse", "better"] as const).flatMap((one) => (counts[one] === 0 ? [] : [`${counts[one]} ${one}`])),
    `${counts.unchanged} as before`,
    ...(counts.gone === 0 ? [] : [`${counts.gone} gone`]),
  ];
  const since = `${parts.join(", ")} since ${change.base.path}`;
  if (report.verdict !== "refused") return `${verdictLine(report).replace(/\.$/, "")}; ${since}.`;
  if (change.failOn === "any") return `REFUSED: ${since}.`;
  return `${headlineOf(change)}: ${since}${lessTail(change)}.`;
}

function headlineOf({ verdict, services }: ReportChange): string {
  if (verdict === "refused") return "REFUSED BY WHAT IS NEW";
  return services.some(isLess) ? "REFUSED BEFORE, NOTHING NEW REFUSES" : "REFUSED BEFORE, NOT MADE WORSE";
}

/** No word of what is not worse stands above a row that is. */
function lessTail({ services }: ReportChange): string {
  const less = services.filter(isLess).length;
  return less === 0 ? "" : `; ${count(less, "service")} ${less === 1 ? "serves" : "serve"} less after a loss`;
}

function isLess({ change }: ChangedService): boolean {
  return change === "worse";
}

const baselines = { new: "new", worse: "updated", better: "updated", unchanged: "unchanged", gone: "absent" } as const;

/** A finding as the change makes it: what was there before refuses nothing, where only new ones do. */
export function besideBase(finding: Finding, change: ReportChange | undefined, index: number): Finding {
  const how = change?.findings[index]?.change;
  if (change === undefined || how === undefined) return finding;
  const about = how === "unchanged" ? finding.about : [how, ...finding.about];
  const beside: Finding = { ...finding, about, baseline: baselines[how], facts: { ...finding.facts, change: how } };
  const refuses = change.failOn === "any" || how === "new" || how === "worse";
  return refuses || finding.level !== "error" ? beside : { ...beside, level: "warning", mark: "refused before" };
}

const tones: Readonly<Record<ChangedService["change"], Tone>> = {
  new: "unknown",
  worse: "bad",
  better: "good",
  gone: "unknown",
  renamed: "unknown",
};

/** The services whose survival changes, loss by loss, and the findings that are gone. */
export function changeBlocks({ services, findings, base }: ReportChange): readonly Block[] {
  const gone = findings.filter(({ change }) => change === "gone");
  return [
    {
      kind: "table",
      isBrief: true,
      title: "What the change does",
      caption: `What the change does since ${base.path}: share of the peak served, when a site is lost`,
      corner: "service (tier)",
      columns: ["", "lost site", "before", "after"],
      rows: services.flatMap(rowsOf),
    },
    {
      kind: "list",
      isBrief: false,
      title: ["Gone since the base"],
      items: gone.map(({ code, policy, service, message }) => [
        { code: `${code} ${policy}` },
        `${service === null ? "" : ` ${service}`}: ${message}`,
      ]),
    },
  ];
}

function rowsOf({ service, was, tier, change, cells }: ChangedService): readonly TableRow[] {
  const name = was === undefined ? `${service} (${tier})` : `${service} (${tier}), was ${was}`;
  const word = { text: change, tone: tones[change] };
  if (cells.length === 0) return [{ name, cells: [word, { text: "" }, { text: "" }, { text: "" }] }];
  return cells.map(({ column, before, after }) => ({
    name,
    cells: [word, { text: column }, textOf(before), textOf(after)],
  }));
}

function textOf(cell: ChangedCell["before"]): { readonly text: string } {
  return { text: cell === null ? "" : cellText(cell) };
}
