/** What the page shows, as plain data without words: the report, and what only the estate says. */
import type { Estate } from "../../model";
import type { Survival } from "../../survival";
import { worstOf } from "../check/chain";
import { outcomesTold, toldSurvival, type CheckReport, type ReportCell, type ReportRow } from "../check/report";
import { capacities, type ServiceCapacity } from "./capacity";
import { estateMap, type EstateMap } from "./estateMap";
import { heatMaps, type HeatMap } from "./heatMap";

export interface PageData {
  readonly report: CheckReport;
  /** The rows of the report's table, by the names that the estate has for them. */
  readonly services: readonly ReportRow[];
  /** One for each kind of failure domain that there is, places first. */
  readonly heatMaps: readonly HeatMap[];
  readonly map: EstateMap;
  /** Of services that say their peak and their capacity. */
  readonly capacities: readonly ServiceCapacity[];
  /** Of every critical service, in the order of the report. */
  readonly chains: readonly WeakestChain[];
}

export interface WeakestChain {
  readonly row: ReportRow;
  /** Undefined where no single loss leaves it less than up, but for what is accepted. */
  readonly cell: ReportCell | undefined;
}

/**
 * Services are asked for by their names, of which a report may have hidden parts: what is known to be secret is taken
 * out of the whole afterwards.
 *
 * @param today `YYYY-MM-DD`, by which acceptances expire
 */
export function pageData(report: CheckReport, estate: Estate, survival: Survival, today: string): PageData {
  const table = toldSurvival({ estate, survival, today }, outcomesTold(estate));
  const maps = heatMaps(table.rows, estate, survival, today);
  return {
    report,
    services: table.rows,
    heatMaps: maps,
    map: estateMap(estate),
    capacities: capacities(table, estate),
    chains: table.rows.filter(({ tier }) => tier === "critical").map((row) => ({ row, cell: worstCellOf(row, maps) })),
  };
}

/** Over all kinds: what one vendor takes down is no less down. */
function worstCellOf(row: ReportRow, maps: readonly HeatMap[]): ReportCell | undefined {
  const cells = maps.flatMap(({ rows }) => rows.find(({ service }) => service === row.service)?.cells ?? []);
  return worstOf([{ ...row, cells }])?.cell;
}
