/** The weakest chain of the worst service: from it, over what it needs, to what is lost. */
import { tiers } from "../../model";
import type { Status } from "../../survival";
import type { ChainBlock, ChainLink, Tone } from "../document";
import type { CheckReport, ReportCell, ReportRow } from "./report";

const badness: Readonly<Record<Status, number>> = { down: 3, unknown: 2, degraded: 1, up: 0 };

interface Worst {
  readonly row: ReportRow;
  readonly cell: ReportCell;
}

/** Undefined where every service stays up, whatever is lost. */
export function chainBlock({ survival }: CheckReport): ChainBlock | undefined {
  const worst = worstOf(survival.rows);
  if (worst === undefined) return undefined;
  const { row, cell } = worst;
  const tone: Tone = cell.status === "down" ? "bad" : "warning";
  const needs = linksOf(row.service, cell.weakestEdges);
  const lost = cell.lost.map((domain, index): ChainLink => {
    return { text: `${domain}, lost`, by: index === 0 ? "falls with" : "and with", tone: "bad" };
  });
  return {
    ...{ kind: "chain", isBrief: false, title: ["Weakest chain"] },
    links: [{ text: `${row.service} (${row.tier}): ${cell.status}`, tone }, ...needs, ...lost],
  };
}

/** What a loss does counts first, then for which tier, then the longest chain; of equals the first in the table. */
function worstOf(rows: readonly ReportRow[]): Worst | undefined {
  let worst: Worst | undefined;
  for (const row of rows) {
    for (const cell of row.cells) {
      if (cell.status === "up" || cell.accepted !== undefined) continue;
      if (worst === undefined || isWorse({ row, cell }, worst)) worst = { row, cell };
    }
  }
  return worst;
}

function isWorse(one: Worst, other: Worst): boolean {
  const difference =
    badness[one.cell.status] - badness[other.cell.status] ||
    tiers.indexOf(other.row.tier) - tiers.indexOf(one.row.tier) ||
    one.cell.weakestEdges.length - other.cell.weakestEdges.length;
  return difference > 0;
}

/** Edges are told as `from -> to (strength)`, each from where the one before it ends; a name may hold an arrow too. */
function linksOf(service: string, edges: readonly string[]): readonly ChainLink[] {
  let from = service;
  return edges.map((edge) => {
    const rest = edge.slice(`${from} -> `.length);
    const at = rest.lastIndexOf(" (");
    from = rest.slice(0, at);
    return { text: from, by: `needs, ${rest.slice(at + 2, -1)}` };
  });
}
