/** Capacity by place before and after each loss, as bars with the peak as a line, and as a table. */
import { describeShare } from "../../figures";
import type { CapacityLeft, ServiceCapacity } from "../capacity";
import type { PageData } from "../data";
import { html, type Html } from "../html";
import type { Words } from "../words";
import { fitting, picture, widthOf } from "./svg";
import { tableOf } from "./table";

const bars = { width: 460, row: 26, height: 18, top: 24, font: 13, tail: 150, mostLabel: 260 };

/** Shades that the style sheet has. */
const shades = 6;

export function capacityBars({ capacities }: PageData, words: Words): Html {
  const { heading, intro, none } = words.capacity;
  return html`<section id="capacity">
    <h2>${heading}</h2>
    ${
      capacities.length === 0
        ? html`<p>${none}</p>`
        : html`<p>${intro}</p>
            ${capacities.map((one) => serviceBars(one, words))}`
    }
  </section>`;
}

function serviceBars(capacity: ServiceCapacity, words: Words): Html {
  const { service, peakRps, places, normal, losses, untouchedBy } = capacity;
  const { table, untouched } = words.capacity;
  return html`<figure>
    <figcaption>${words.capacity.service(service, figure(peakRps))}</figcaption>
    ${chart(capacity, words)}
    ${untouchedBy.length === 0 ? undefined : html`<p class="note">${untouched(untouchedBy)}</p>`}
    <details>
      <summary>${table}</summary>
      ${capacityTable([normal, ...losses], places, words)}
    </details>
  </figure> `;
}

function chart({ service, peakRps, places, normal, losses }: ServiceCapacity, words: Words): Html {
  const rows = [normal, ...losses];
  const labels = rows.map(({ lost }) => labelOf(lost, words));
  const margin = Math.max(...labels.map((label) => Math.min(bars.mostLabel, widthOf(label, bars.font)))) + 10;
  const scale = bars.width / Math.max(peakRps, ...rows.map(({ totalRps }) => totalRps));
  const width = margin + bars.width + bars.tail;
  const height = bars.top + rows.length * bars.row;
  const peakX = margin + peakRps * scale;
  const common = { margin, scale, peakRps, places };
  const drawn = rows.map((row, index) => bar({ ...common, row, index, label: labels[index] ?? "" }, words));
  const shapes = html`${drawn}
    <line class="peak" x1="${round(peakX)}" x2="${round(peakX)}" y1="${bars.top - 6}" y2="${height}" />
    <text x="${round(peakX)}" y="13" text-anchor="middle">${words.capacity.peak}</text>`;
  return picture(words.capacity.picture(service), width, height, shapes);
}

interface Bar {
  readonly row: CapacityLeft;
  readonly label: string;
  readonly margin: number;
  readonly scale: number;
  readonly peakRps: number;
  readonly places: readonly string[];
  readonly index: number;
}

function bar({ row, label, margin, scale, peakRps, places, index }: Bar, words: Words): Html {
  const y = bars.top + index * bars.row;
  let x = margin;
  const parts = row.rps.map((rps, place) => {
    const left = x;
    x += rps * scale;
    if (rps === 0) return undefined;
    return html`<rect
        class="shade${place % shades}"
        x="${round(left)}"
        y="${y}"
        width="${round(rps * scale)}"
        height="${bars.height}"
        ><title>${places[place]}: ${figure(rps)}</title></rect
      >${placeLabel(places[place] ?? "", left, rps * scale, y)}`;
  });
  const share = row.totalRps / peakRps;
  const sign = share >= 1 ? "✓" : "▼";
  return html`<text x="${margin - 8}" y="${y + 14}" text-anchor="end"
      >${fitting(label, bars.font, bars.mostLabel)}</text
    >
    ${parts}<text class="strong" x="${round(x + 8)}" y="${y + 14}">${sign} ${describeShare(share)}</text>
    <title>${label}: ${words.capacity.ofPeak(describeShare(share))}</title>`;
}

/** The place's name, where the bar has room for it. */
function placeLabel(name: string, left: number, width: number, y: number): Html | undefined {
  if (widthOf(name, 11) > width - 8) return undefined;
  return html`<text class="inside" x="${round(left + 4)}" y="${y + 13}">${name}</text>`;
}

function labelOf(lost: string | null, words: Words): string {
  return lost === null ? words.capacity.nothingLost : words.capacity.without(lost);
}

function capacityTable(rows: readonly CapacityLeft[], places: readonly string[], words: Words): Html {
  const { lossColumn, totalColumn, table: caption } = words.capacity;
  const columns = [lossColumn, ...places, totalColumn];
  const told = rows.map(({ lost, rps, totalRps }) => {
    const cells = [...rps, totalRps].map((one) => html`<td>${figure(one)}</td>`);
    return html`<tr>
      <th scope="row">${labelOf(lost, words)}</th>
      ${cells}
    </tr>`;
  });
  return tableOf({ caption, columns, rows: told, style: "figures" });
}

function figure(rps: number): string {
  return Math.floor(rps).toLocaleString("en-US");
}

/** A tenth of a pixel is enough, and keeps the page small. */
function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
