/** Findings by what mends them, the worst first; what somebody has accepted; what was not judged. */
import { blocksOf, findingsOf, type Document, type Finding, type Fix } from "../../document";
import { listsBy } from "../../../lib/lists";
import { nameOfUrn } from "../../names";
import { toldOf, whereOf, type CauseGroup } from "../../writers/causes";
import { plain, titleOf } from "../../writers/sentences";
import type { PageData } from "../data";
import { html, type Html } from "../html";
import type { Words } from "../words";

/** Findings told of one cause; the rest is counted. */
const mostAlike = 40;

const levelTones: Readonly<Record<Finding["level"], string>> = { error: "bad", warning: "warning", note: "unknown" };

export function findingList(document: Document, words: Words): Html {
  const { groups, lines } = toldOf(findingsOf(document));
  const { heading, none } = words.findings;
  const isEmpty = groups.length + lines.length === 0;
  return html`<section id="findings">
    <h2>${heading}</h2>
    ${
      isEmpty
        ? html`<p>${none}</p>`
        : html`<ol class="findings">
            ${groups.map((group) => causeItem(group, words))}
          </ol>`
    }
    ${lines.map((line) => html`<p lang="en">${line}</p>`)}
  </section>`;
}

function causeItem(group: CauseGroup, words: Words): Html {
  const { lead } = group;
  const others = group.findings.slice(1);
  const { where, fix, level, alike, more } = words.findings;
  const hidden = others.length - mostAlike;
  return html`<li>
    <h3>
      <span class="mark ${levelTones[lead.level]}">${level[lead.level]}</span>
      <span lang="en">${titleOf(lead.name)}</span>
    </h3>
    <p lang="en">${lead.message}</p>
    <p><b>${fix}:</b> <span lang="en">${lead.fixes.map(fixText).join(" / ")}</span></p>
    <p class="note">${where}: <span lang="en">${whereOf(group)}</span></p>
    ${
      others.length === 0
        ? undefined
        : html`<details>
            <summary>${alike(others.length)}</summary>
            <ul lang="en">
              ${others
                .slice(0, mostAlike)
                .map(
                  ({ name, message, place }) => html`<li><b>${titleOf(name)}</b>: ${message}${placeText(place)}</li>`,
                )}
            </ul>
            ${hidden > 0 ? html`<p>${more(hidden)}</p>` : undefined}
          </details>`
    }
  </li> `;
}

function fixText({ text }: Fix): string {
  return plain(text);
}

function placeText({ file, line }: Finding["place"]): string {
  return line === undefined ? "" : ` (${file}:${line})`;
}

/** Exemptions with their reasons, resources that were not judged, and notes on the input. */
export function openRisks({ report }: PageData, document: Document, words: Words): Html {
  const { exemptions, noExemptions, exemption, notJudged, allJudged, notes } = words.findings;
  const risks = report.exemptions.map((one) => {
    const subject = [one.policy, one.service ?? one.resource].filter(Boolean).join(": ");
    const sentence = exemption({ ...one, subject, covers: one.covers.length });
    return html`<li class="${one.expired ? "bad" : "plain"}">${sentence}: <span lang="en">${one.reason}</span></li>`;
  });
  const unjudged = blocksOf(document, "unjudged").flatMap(({ items }) => items);
  return html`<section id="risks">
      <h2>${exemptions}</h2>
      ${
        risks.length === 0
          ? html`<p>${noExemptions}</p>`
          : html`<ul>
              ${risks}
            </ul>`
      }
    </section>
    <section id="not-judged">
      <h2>${notJudged}</h2>
      ${unjudged.length === 0 ? html`<p>${allJudged}</p>` : unjudgedDetails(unjudged, words)}
      ${
        report.notes.length === 0
          ? undefined
          : html`<h3>${notes}</h3>
              <ul lang="en">
                ${report.notes.map((note) => html`<li>${note}</li>`)}
              </ul>`
      }
    </section>`;
}

type Unjudged = { readonly resource: string; readonly reason: string };

/** One reason is often that of many: it is told once. */
function unjudgedDetails(items: readonly Unjudged[], words: Words): Html {
  const reasons = [...listsBy(items, ({ reason }) => reason)];
  return html`<ul>
    ${reasons.map(([reason, those]) => {
      const shown = those.slice(0, mostAlike).map(({ resource }) => html`<li>${nameOfUrn(resource)}</li>`);
      const hidden = those.length - shown.length;
      return html`<li>
        <span lang="en">${reason}</span>
        <details>
          <summary>${those.length}</summary>
          <ul lang="en">
            ${shown}
          </ul>
          ${hidden > 0 ? html`<p>${words.findings.more(hidden)}</p>` : undefined}
        </details>
      </li>`;
    })}
  </ul>`;
}
