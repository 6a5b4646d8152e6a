/**
 * Colours of a terminal; the words alone carry the meaning. Every text of a document goes through one of these styles,
 * so that what a terminal must not see is kept from it here.
 */
import picocolors from "picocolors";
import { visible } from "../../lib/visible";
import type { Headline, Level, Tone } from "../document";

export interface Paint {
  readonly plain: (text: string) => string;
  readonly headline: (tone: Tone, text: string) => string;
  readonly mark: (level: Level, text: string) => string;
  readonly cell: (tone: Tone | undefined, text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** @param colour false sets nothing apart; what steers a terminal is shown as such either way. */
export function createPaint(colour: boolean): Paint {
  const { bold, dim, green, yellow, red, magenta } = picocolors.createColors(colour);
  const byTone = { good: green, warning: yellow, bad: red, unknown: magenta };
  const byLevel = { note: green, warning: yellow, error: red };
  return {
    plain: visible,
    // Bold magenta is as good as invisible on many a dark ground.
    headline: (tone, text) => bold((tone === "unknown" ? yellow : byTone[tone])(visible(text))),
    mark: (level, text) => bold(byLevel[level](visible(text))),
    cell: (tone, text) => (tone === undefined ? visible(text) : byTone[tone](visible(text))),
    bold: (text) => bold(visible(text)),
    dim: (text) => dim(visible(text)),
  };
}

/** The verdict, and below it what was looked at; empty where nothing is judged. */
export function headlineText(head: Headline | undefined, paint: Paint): string {
  return head === undefined ? "" : `${paint.headline(head.tone, head.text)}\n${paint.dim(head.source)}`;
}
