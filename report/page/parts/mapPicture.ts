/** The estate's map: places framed by region, and below them lines that join the places which share something. */
import type { PageData } from "../data";
import type { EstateMap, MapPlace, MapRegion, SharedDomain } from "../estateMap";
import { html, type Html } from "../html";
import type { Words } from "../words";
import { fitting, picture, widthOf } from "./svg";
import { tableOf } from "./table";

const box = { width: 150, gap: 12, pad: 10, frameGap: 16, top: 30, lineHeight: 17, row: 26, font: 13, mostLabel: 340 };

/** Services named in a box; the table has all. */
const mostServices = 7;

export function mapPicture({ map }: PageData, words: Words): Html {
  const { heading, intro, table, nothingShared } = words.map;
  const isEmpty = map.regions.length === 0;
  return html`<section id="map">
    <h2>${heading}</h2>
    ${
      isEmpty
        ? html`<p>${words.story.noPlaces}</p>`
        : html`<p>${intro}</p>
            ${drawn(map, words)}`
    }
    ${map.shared.length === 0 && !isEmpty ? html`<p>${nothingShared}</p>` : undefined}
    ${
      isEmpty
        ? undefined
        : html`<details>
            <summary>${table}</summary>
            ${mapTable(map, words)}
          </details>`
    }
  </section>`;
}

interface Frame {
  readonly region: MapRegion;
  readonly left: number;
  readonly width: number;
}

function drawn(map: EstateMap, words: Words): Html {
  const labels = map.shared.map(({ kind, name }) => `${words.kind[kind]} ${name}`);
  const margin = Math.max(0, ...labels.map((label) => Math.min(box.mostLabel, widthOf(label, box.font)))) + 16;
  const frames = framesOf(map.regions, margin);
  const lines = Math.max(...map.regions.flatMap(({ places }) => places.map(linesOf)));
  const boxHeight = (lines + 2) * box.lineHeight + 2 * box.pad;
  const sharedTop = box.top + boxHeight + box.pad + 24;
  const last = frames.at(-1);
  const width = (last === undefined ? margin : last.left + last.width) + 4;
  const height = sharedTop + map.shared.length * box.row;
  const centres = new Map(frames.flatMap(centresOf));
  const ties = map.shared.map((shared, index) =>
    sharedLine(shared, labels[index] ?? "", sharedTop + index * box.row, margin, centres),
  );
  const shapes = html`${frames.map((frame) => frameShape(frame, boxHeight, words))} ${ties}`;
  return html`${picture(words.map.picture, width, height, shapes)}
    <p class="note">● ${words.map.alone} · ○ ${words.map.oneOfSeveral}</p>`;
}

function framesOf(regions: readonly MapRegion[], margin: number): readonly Frame[] {
  let left = margin;
  return regions.map((region) => {
    const inner = region.places.length * (box.width + box.gap) - box.gap;
    const frame = { region, left, width: inner + 2 * box.pad };
    left += frame.width + box.frameGap;
    return frame;
  });
}

function linesOf({ services }: MapPlace): number {
  return Math.max(1, Math.min(services.length, mostServices + 1));
}

function centresOf({ region, left }: Frame): readonly (readonly [id: string, x: number])[] {
  return region.places.map(({ id }, index) => [id, leftOf(left, index) + box.width / 2]);
}

function leftOf(left: number, index: number): number {
  return left + box.pad + index * (box.width + box.gap);
}

function frameShape({ region, left, width }: Frame, boxHeight: number, words: Words): Html {
  const name = fitting(region.name ?? words.map.noRegion, box.font, width - 16);
  return html`<rect class="frame" x="${left}" y="1" width="${width}" height="${box.top + boxHeight + box.pad}" rx="8" />
    <text class="strong" x="${left + box.pad}" y="20">${name}</text>
    ${region.places.map((place, index) => placeShape(place, leftOf(left, index), boxHeight, words))}`;
}

function placeShape({ kind, name, services }: MapPlace, left: number, height: number, words: Words): Html {
  const isLong = services.length > mostServices;
  const shown = services.slice(0, mostServices);
  const lines = [
    ...(services.length === 0 ? [words.map.empty] : shown),
    ...(isLong ? [words.map.more(services.length - mostServices)] : []),
  ];
  const room = box.width - 2 * box.pad;
  const text = (line: string, index: number, style: string) =>
    html`<text class="${style}" x="${left + box.pad}" y="${box.top + box.pad + (index + 0.7) * box.lineHeight}"
      >${fitting(line, box.font, room)}</text
    >`;
  const texts = [
    ...[text(words.kind[kind], 0, "soft"), text(name, 1, "strong")],
    ...lines.map((line, index) => text(line, index + 2, "plain")),
  ];
  return html`<g
    ><title>${words.kind[kind]} ${name}: ${services.join(", ")}</title>
    <rect class="place" x="${left}" y="${box.top}" width="${box.width}" height="${height}" rx="6" />
    ${texts}</g
  >`;
}

function sharedLine(
  { alone, oneOfSeveral }: SharedDomain,
  label: string,
  y: number,
  margin: number,
  centres: ReadonlyMap<string, number>,
): Html {
  const xsOf = (ids: readonly string[]) => ids.flatMap((id) => centres.get(id) ?? []);
  const [filled, hollow] = [xsOf(alone), xsOf(oneOfSeveral)];
  const all = [...filled, ...hollow];
  return html`<text x="${margin - 12}" y="${y + 5}" text-anchor="end">${fitting(label, box.font, box.mostLabel)}</text>
    <line
      class="${filled.length > 1 ? "tie" : "tie weak"}"
      x1="${Math.min(...all)}"
      x2="${Math.max(...all)}"
      y1="${y}"
      y2="${y}"
    />
    ${filled.map((x) => html`<circle class="alone" cx="${x}" cy="${y}" r="6" />`)}
    ${hollow.map((x) => html`<circle class="several" cx="${x}" cy="${y}" r="5" />`)}`;
}

function mapTable({ regions, shared }: EstateMap, words: Words): Html {
  const rows = regions.flatMap(({ name, places }) =>
    places.map((place) => {
      const ties = shared.flatMap(({ kind, name: what, alone, oneOfSeveral }) => {
        const tie = `${words.kind[kind]} ${what}`;
        if (alone.includes(place.id)) return [html`<li>${tie} (${words.map.alone})</li>`];
        return oneOfSeveral.includes(place.id) ? [html`<li>${tie} (${words.map.oneOfSeveral})</li>`] : [];
      });
      return html`<tr>
        <td>${name ?? words.map.noRegion}</td>
        <th scope="row">${words.kind[place.kind]} ${place.name}</th>
        <td>${place.services.join(", ") || words.map.empty}</td>
        <td>
          <ul>
            ${ties}
          </ul>
        </td>
      </tr>`;
    }),
  );
  const { columns, picture: caption } = words.map;
  return tableOf({ caption, columns, rows, style: "plain" });
}
