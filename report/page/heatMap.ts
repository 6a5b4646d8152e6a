/** Every service beside the loss of every single failure domain, by kind. */
import { listsBy } from "../../lib/lists";
import { by } from "../../lib/order";
import type { DomainId, DomainKind, Estate, FailureDomain } from "../../model";
import type { Survival } from "../../survival";
import { isUntouched } from "../check/sentences";
import { isMinorRow } from "../check/causes";
import { acceptedIn, outcomesTold, type ReportCell, type ReportRow } from "../check/report";

export interface HeatMap {
  readonly kind: DomainKind;
  /** By id; each is one loss. */
  readonly columns: readonly HeatColumn[];
  readonly rows: readonly HeatRow[];
}

export interface HeatColumn {
  readonly id: DomainId;
  readonly name: string;
}

export interface HeatRow extends ReportRow {
  /** True of a part that only others use: their rows say what it does to them. */
  readonly isMinor: boolean;
}

/** Places first: they are what burns. Then what places share, from what people think of first. */
const kinds: readonly DomainKind[] = [
  ...(["facility", "zone", "region", "power", "carrier", "operator"] as const),
  ...(["hazard", "vendor", "controlPlane", "account"] as const),
];

export function heatMaps(
  rows: readonly ReportRow[],
  estate: Estate,
  survival: Survival,
  today: string,
): readonly HeatMap[] {
  const told = outcomesTold(estate);
  const cellOf = (service: string, id: DomainId): ReportCell => {
    const outcome = survival.outcome(service, [id]);
    return { ...told(outcome), lost: [id], ...acceptedIn({ estate, today }, service, [id], outcome) };
  };
  const domains = listsBy(estate.domains, ({ kind }) => kind);
  return kinds.flatMap((kind): readonly HeatMap[] => {
    const columns = columnsOf(domains.get(kind) ?? []);
    if (columns.length === 0) return [];
    const heatRows = rows.map((row) => ({
      ...row,
      isMinor: isMinorRow(row) || row.layer === "monitoring",
      cells: columns.map(({ id }) => cellOf(row.service, id)),
    }));
    return [{ kind, columns, rows: heatRows }];
  });
}

function columnsOf(domains: readonly FailureDomain[]): readonly HeatColumn[] {
  return [...domains].sort(by(({ id }) => id)).map(({ id, name }) => ({ id, name }));
}

/** True where the loss is not felt: all of the peak is served, at once, and no data is missing. */
export function isUnfelt(cell: ReportCell): boolean {
  return isUntouched(cell) && cell.rpoSeconds === 0;
}
