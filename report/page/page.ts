/** One HTML file that opens from disk: no script, nothing fetched, all pictures laid out when it is made. */
import { createHash } from "node:crypto";
import type { Document } from "../document";
import type { PageData } from "./data";
import { html, Html } from "./html";
import { capacityBars } from "./parts/capacityBars";
import { chainList } from "./parts/chainList";
import { changeTable } from "./parts/changeTable";
import { findingList, openRisks } from "./parts/findingList";
import { headline } from "./parts/headline";
import { heatTables } from "./parts/heatTables";
import { mapPicture } from "./parts/mapPicture";
import { nameOfSource } from "./nameOfSource";
import { styleSheet } from "./style";
import type { Words } from "./words";

/** @param document of the same report: findings are told as every format tells them */
export function renderPage(data: PageData, document: Document, words: Words): string {
  const { source } = data.report;
  const title = words.title(nameOfSource(source));
  // Apart from the template: the formatter moves what stands in one, and the hash is of every blank.
  const style = new Html(`<style>${styleSheet}</style>`);
  const page = html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyOf(styleSheet)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <a class="skip" href="#verdict">${words.skip}</a>
        <main>
          <h1>${title}</h1>
          ${headline(data, document, words)} ${contents(data, words)} ${changeTable(data, words)}
          ${heatTables(data, words)} ${findingList(document, words)} ${openRisks(data, document, words)}
          ${mapPicture(data, words)} ${capacityBars(data, words)} ${chainList(data, words)}
        </main>
      </body>
    </html> `;
  return page.markup;
}

function contents({ report }: PageData, words: Words): Html {
  const sections: readonly (readonly [id: string, heading: string])[] = [
    ...(report.change === undefined ? [] : [["change", words.change.heading] as const]),
    ["heat", words.heat.heading],
    ["findings", words.findings.heading],
    ["risks", words.findings.exemptions],
    ["not-judged", words.findings.notJudged],
    ["map", words.map.heading],
    ["capacity", words.capacity.heading],
    ["chains", words.chains.heading],
  ];
  const links = sections.map(([id, heading]) => html`<li><a href="#${id}">${heading}</a></li>`);
  return html`<nav aria-label="${words.contents}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

/** Nothing may be loaded, run or sent; the one style sheet is known by its hash (CSP level 3, 2.3.1). */
function policyOf(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
