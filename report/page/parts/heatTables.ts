/** Services beside losses: a table that is its own picture. */
import { describeShare } from "../../figures";
import { parted } from "../../writers/causes";
import type { ReportCell } from "../../check/report";
import type { PageData } from "../data";
import { isUnfelt, type HeatMap, type HeatRow } from "../heatMap";
import { html, type Html } from "../html";
import type { Words } from "../words";
import { tableOf } from "./table";
import { looks } from "./tones";

/** Open from the start: what a person asks about first. */
const placeKinds: ReadonlySet<string> = new Set(["facility", "zone", "region"]);

export function heatTables({ heatMaps }: PageData, words: Words): Html {
  const { heading, intro, legend } = words.heat;
  return html`<section id="heat">
    <h2>${heading}</h2>
    <p>${intro}</p>
    <p class="note">${legend}</p>
    ${heatMaps.map((map) => heatGroup(map, words))}
  </section>`;
}

function heatGroup(map: HeatMap, words: Words): Html {
  const { kind, rows, columns } = map;
  const down = columns.filter((_, index) => rows.some(({ cells }) => cells[index]?.status === "down")).length;
  const shown = placeKinds.has(kind) ? map : withoutUntouched(map);
  const left = columns.filter((column) => !shown.columns.includes(column)).map(({ name }) => name);
  const [minor, own] = parted(shown.rows, ({ isMinor }) => isMinor);
  const open = placeKinds.has(kind) ? html` open` : undefined;
  return html`<details${open}><summary>${words.heat.group(words.kinds[kind], columns.length, down)}</summary>
${own.length === 0 || shown.columns.length === 0 ? undefined : table(shown, own, words)}
${left.length === 0 ? undefined : html`<p>${words.heat.untouched(left)}</p>`}
${
  minor.length === 0 || shown.columns.length === 0
    ? undefined
    : html`<details>
        <summary>${words.heat.minor(minor.length)}</summary>
        ${table(shown, minor, words)}
      </details>`
}
</details>`;
}

/** Of what is no place, only losses that somebody feels have a column. */
function withoutUntouched({ kind, columns, rows }: HeatMap): HeatMap {
  const felt = columns.map((_, index) =>
    rows.some(({ cells }) => cells[index] !== undefined && !isUnfelt(cells[index])),
  );
  return {
    kind,
    columns: columns.filter((_, index) => felt[index]),
    rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => felt[index]) })),
  };
}

function table({ kind, columns }: HeatMap, rows: readonly HeatRow[], words: Words): Html {
  const caption = words.heat.caption(words.kinds[kind]);
  const titles = [words.heat.corner, ...columns.map(({ name }) => name)];
  return tableOf({ caption, columns: titles, rows: rows.map((row) => heatRow(row, words)), style: "heat" });
}

function heatRow({ service, tier, cells }: HeatRow, words: Words): Html {
  return html`<tr>
    <th scope="row">${service} <small>${words.tier[tier]}</small></th>
    ${cells.map((cell) => heatCell(service, cell, words))}
  </tr> `;
}

function heatCell(service: string, cell: ReportCell, words: Words): Html {
  const { tone } = looks[cell.status];
  const reasons = reasonsOf(service, cell, words).map((reason) => html`<small>${reason}</small>`);
  return html`<td class="${tone}">${cellLine(cell, words)}${reasons}</td>`;
}

/** `✓ 100%`, `▼ 66%`, `✕ down`, `? 0%–50%`. */
export function cellLine({ status, share, bestShare }: ReportCell, words: Words): string {
  const { sign } = looks[status];
  switch (status) {
    case "up":
    case "degraded":
      return `${sign} ${describeShare(share)}`;
    case "down":
      return `${sign} ${words.status.down}`;
    case "unknown":
      return `${sign} ${describeShare(share)}–${describeShare(bestShare)}`;
    default:
      return status satisfies never;
  }
}

/** Why it is no more than that, and after how long. */
export function reasonsOf(service: string, cell: ReportCell, words: Words): readonly string[] {
  const { status, share, rtoSeconds, rpoSeconds, weakest, missing, needsControlPlane, accepted } = cell;
  const told = words.heat;
  const isLess = status !== "up" || share < 1;
  const [property] = missing;
  return [
    ...(isLess && status !== "unknown" ? [weakest === service ? told.byItself : told.needs(weakest)] : []),
    ...(status === "unknown" && property !== undefined ? [told.missing(property)] : []),
    ...(status !== "down" && rtoSeconds !== null && rtoSeconds > 0 ? [told.after(words.time(rtoSeconds))] : []),
    ...(rtoSeconds === null && status !== "unknown" ? [told.never] : []),
    ...(rpoSeconds !== null && rpoSeconds > 0 ? [told.data(words.time(rpoSeconds))] : []),
    ...(needsControlPlane && status !== "down" ? [told.controlPlane] : []),
    ...(accepted === undefined ? [] : [told.accepted(accepted.until)]),
  ];
}
