/** What a change does to the services, loss by loss. */
import { countsOf } from "../../check/change";
import type { ChangedCell, ChangedFinding, ChangedService, ReportCell } from "../../check/report";
import type { PageData } from "../data";
import { html, type Html } from "../html";
import type { Words } from "../words";
import { cellLine, reasonsOf } from "./heatTables";
import { tableOf } from "./table";
import { looks } from "./tones";

/** Nothing where no base was given. */
export function changeTable({ report: { change } }: PageData, words: Words): Html | undefined {
  if (change === undefined) return undefined;
  const { heading, since, caption, columns, noCells } = words.change;
  const rows = change.services.flatMap((service) => rowsOf(service, words));
  const changed = change.findings.filter((finding) => finding.change !== "unchanged");
  return html`<section id="change">
    <h2>${heading}</h2>
    <p>${since(change.base.path, countsOf(change))}</p>
    <ul>
      ${changed.map((finding) => findingItem(finding, words))}
    </ul>
    ${rows.length === 0 ? html`<p>${noCells}</p>` : tableOf({ caption, columns, rows, style: "heat" })}
  </section>`;
}

function findingItem({ change, code, policy, message }: ChangedFinding, words: Words): Html {
  const tone = change === "new" || change === "worse" ? "bad" : "good";
  return html`<li>
    <span class="mark ${tone}">${words.change.mark[change]}</span> <span lang="en">${code} ${policy}: ${message}</span>
  </li> `;
}

function rowsOf({ service, was, change, cells }: ChangedService, words: Words): readonly Html[] {
  const before = was === undefined ? "" : ` (${words.change.was(was)})`;
  const head = html`<th scope="row">${service} <small>${words.change.mark[change]}${before}</small></th>`;
  if (cells.length === 0)
    return [
      html`<tr>
        ${head}
        <td></td>
        <td></td>
        <td></td>
      </tr>`,
    ];
  return cells.map(({ column, before, after }: ChangedCell) => {
    const told = [before, after].map((cell) => changedCell(service, cell, words));
    return html`<tr>
      ${head}
      <td>${column}</td>
      ${told}
    </tr>`;
  });
}

function changedCell(service: string, cell: ReportCell | null, words: Words): Html {
  if (cell === null) return html`<td></td>`;
  const reasons = reasonsOf(service, cell, words).map((reason) => html`<small>${reason}</small>`);
  return html`<td class="${looks[cell.status].tone}">${cellLine(cell, words)}${reasons}</td>`;
}
