/** The weakest chain of the worst service: from it, over what it needs, to what is lost. */
import { tiers } from "../../model";
import type { Status } from "../../survival";
import type { ChainBlock, ChainLink, Tone } from "../document";
import type { CheckReport, ReportCell, ReportRow } from "./report";

const badness: Readonly<Record<Status, number>> = { down: 3, unknown: 2, degraded: 1, up: 0 };

/** A service whose loss is told, and which loss it is. */
export interface Worst {
  readonly row: ReportRow;
  readonly cell: ReportCell;
}

/** One step of a chain: what is needed, and how. */
export interface Need {
  readonly service: string;
  readonly strength: string;
}

/** Undefined where every service stays up, whatever is lost. */
export function chainBlock({ survival }: CheckReport): ChainBlock | undefined {
  const worst = worstOf(survival.rows);
  if (worst === undefined) return undefined;
  const { row, cell } = worst;
  const tone: Tone = cell.status === "down" ? "bad" : "warning";
  const needs = needsAlong(row.service, cell.weakestEdges).map(({ service, strength }): ChainLink => {
    return { text: service, by: `needs, ${strength}` };
  });
  const lost = cell.lost.map((domain, index): ChainLink => {
    return { text: `${domain}, lost`, by: index === 0 ? "falls with" : "and with", tone: "bad" };
  });
  return {
    ...{ kind: "chain", isBrief: false, title: ["Weakest chain"] },
    links: [{ text: `${row.service} (${row.tier}): ${cell.status}`, tone }, ...needs, ...lost],
  };
}

/** What a loss does counts first, then for which tier, then the longest chain; of equals the first in the table. */
export function worstOf(rows: readonly ReportRow[]): Worst | undefined {
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
export function needsAlong(service: string, edges: readonly string[]): readonly Need[] {
  let from = service;
  return edges.map((edge) => {
    const rest = edge.slice(`${from} -> `.length);
    const at = rest.lastIndexOf(" (");
    from = rest.slice(0, at);
    return { service: from, strength: rest.slice(at + 2, -1) };
  });
}
