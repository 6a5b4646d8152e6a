/** Weakest chains as pictures: a list whose items are joined by arrows, so that it is read aloud in order too. */
import { kindOf, nameOf } from "../../../model";
import { needsAlong } from "../../check/chain";
import type { PageData, WeakestChain } from "../data";
import { html, type Html } from "../html";
import type { Words } from "../words";
import { cellLine } from "./heatTables";
import { looks } from "./tones";

export function chainList({ chains }: PageData, words: Words): Html {
  const { heading, intro, noCritical } = words.chains;
  return html`<section id="chains">
    <h2>${heading}</h2>
    ${
      chains.length === 0
        ? html`<p>${noCritical}</p>`
        : html`<p>${intro}</p>
            ${chains.map((chain) => chainPart(chain, words))}`
    }
  </section>`;
}

function chainPart({ row, cell }: WeakestChain, words: Words): Html {
  const { service } = row;
  if (cell === undefined) return html`<p class="good">${looks.up.sign} ${words.chains.holds(service)}</p>`;
  const links = needsAlong(service, cell.weakestEdges).map((need, index, all) => {
    const tone = index === all.length - 1 ? looks[cell.status].tone : "plain";
    return link(need.service, tone, words.chains.strength(need.strength));
  });
  const lost = cell.lost.map((id) => link(words.chains.lost(kindOf(id), nameOf(id)), "bad", words.chains.fallsWith));
  return html`<ol class="chain" aria-label="${service}">
    ${[link(`${service}: ${cellLine(cell, words)}`, looks[cell.status].tone, undefined), ...links, ...lost]}
  </ol> `;
}

function link(text: string, tone: string, by: string | undefined): Html {
  return html`<li>
    ${by === undefined ? undefined : html`<small>${by} →</small>`}<span class="box ${tone}">${text}</span>
  </li>`;
}
