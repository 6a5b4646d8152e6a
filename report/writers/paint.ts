/**
 * Colours of a terminal; the words alone carry the meaning. Every text of a document goes through one of these styles,
 * so that what a terminal must not see is kept from it here.
 */
import picocolors from "picocolors";
import type { Level, Tone } from "../document";

export interface Paint {
  readonly plain: (text: string) => string;
  readonly headline: (tone: Tone, text: string) => string;
  readonly mark: (level: Level, text: string) => string;
  readonly cell: (tone: Tone | undefined, text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** @param colour false leaves every text as it is. */
export function createPaint(colour: boolean): Paint {
  const { bold, dim, green, yellow, red, magenta } = picocolors.createColors(colour);
  const byTone = { good: green, warning: yellow, bad: red, unknown: magenta };
  const byLevel = { note: green, warning: yellow, error: red };
  return {
    plain: (text) => text,
    // Bold magenta is as good as invisible on many a dark ground.
    headline: (tone, text) => bold((tone === "unknown" ? yellow : byTone[tone])(text)),
    mark: (level, text) => bold(byLevel[level](text)),
    cell: (tone, text) => (tone === undefined ? text : byTone[tone](text)),
    bold,
    dim,
  };
}
