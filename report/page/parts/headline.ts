/** The verdict, and what it means, in sentences. */
import type { Document } from "../../document";
import { describeShare } from "../../figures";
import { standingOf } from "../../check/sentences";
import type { PageData } from "../data";
import { html, type Html } from "../html";
import { nameOfSource } from "../nameOfSource";
import { storyOf, type LossStory, type Story } from "../story";
import type { Words } from "../words";

/** Losses told one by one; the tables below have all. */
const mostLosses = 4;

export function headline(data: PageData, document: Document, words: Words): Html {
  const { report } = data;
  const { source, summary, tool } = report;
  return html`<header id="verdict">
    <p class="verdict ${document.headline?.tone ?? "unknown"}">${words.standing[standingOf(report)]}</p>
    <p>${words.summary(summary)}</p>
    <p class="note">
      ${words.madeOf(nameOfSource(source), source.resources, tool.version)}
      ${source.simulated === true ? words.simulated : undefined} ${words.untranslated}
    </p>
    ${storyPart(storyOf(data), words)}
  </header>`;
}

function storyPart(story: Story, words: Words): Html {
  const strong = story.strong.map((one) => html`<li class="good">${strongSentence(one, words)}</li>`);
  return html`${
      strong.length === 0
        ? undefined
        : html`<section>
            <h2>${words.story.strongHeading}</h2>
            <ul class="story">
              ${strong}
            </ul>
          </section>`
    }
    <section>
      <h2>${words.story.heading}</h2>
      <ul class="story">
        ${sentencesOf(story, words)}
      </ul>
    </section>`;
}

function sentencesOf(story: Story, words: Words): readonly Html[] {
  const { harmful, harmless, services, accepted, otherLosses } = story;
  const told = words.story;
  const names = harmless.map(({ kind, name }) => told.lost(kind, name));
  const all = harmful.flatMap(({ places }) => places).length + harmless.length;
  const fine =
    all === 0
      ? [html`<li>${told.noPlaces}</li>`]
      : harmful.length === 0
        ? [html`<li class="good">${told.noHarm(all, services)}</li>`]
        : harmless.length === 0
          ? []
          : [html`<li class="good">${told.harmless(placeText(names, words), services)}</li>`];
  return [
    ...harmful.slice(0, mostLosses).map((loss) => lossItem(loss, services, words)),
    ...fine,
    ...accepted.map(({ kind, name, services: whom, by, until }) => {
      return html`<li class="warning">${told.accepted(told.lost(kind, name), whom, by, until)}</li>`;
    }),
    ...(otherLosses === 0 ? [] : [html`<li class="warning">${told.otherLosses(otherLosses)}</li>`]),
  ];
}

function lossItem(loss: LossStory, services: number, words: Words): Html {
  const told = words.story;
  const names = loss.places.map(({ kind, name }) => told.lost(kind, name));
  const place = placeText(names, words);
  const degraded = loss.degraded.map(({ service, share }) => [service, describeShare(share)] as const);
  const reasons = [
    ...(loss.byThemselves.length === 0 ? [] : [told.byThemselves(loss.byThemselves)]),
    ...loss.because.map(({ of, services: whom }) => told.because(whom, of)),
  ];
  return html`<li class="${loss.isGrave ? "bad" : loss.unknown.length > 0 ? "unknown" : "warning"}">
    ${loss.down.length === 0 ? undefined : html`<strong>${told.down(place, loss.down, services)}</strong>`}
    ${loss.unknown.length === 0 ? undefined : told.unknown(place, loss.unknown)}
    ${degraded.length === 0 ? undefined : told.degraded(place, degraded)}
    ${
      reasons.length === 0
        ? undefined
        : html`<ul>
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
    }
  </li>`;
}

function strongSentence(
  { services, places, peakShare, slowestSeconds }: Story["strong"][number],
  words: Words,
): string {
  const slowest = slowestSeconds === 0 ? words.story.atOnce : words.heat.after(words.time(slowestSeconds));
  return words.story.strong(services, places, peakShare === undefined ? undefined : describeShare(peakShare), slowest);
}

function placeText(names: readonly string[], words: Words): string {
  const [first = ""] = names;
  return names.length === 1 ? first : words.story.anyOf(names);
}
