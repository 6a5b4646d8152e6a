/** Colours of a terminal report; the words alone carry the meaning. */
import picocolors from "picocolors";
import type { Status } from "../survival";

export interface Paint {
  readonly status: (status: Status | undefined, text: string) => string;
  readonly verdict: (verdict: "survives" | "advice" | "refused", text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** @param colour false leaves every text as it is. */
export function createPaint(colour: boolean): Paint {
  const colours = picocolors.createColors(colour);
  const byStatus = { up: colours.green, degraded: colours.yellow, unknown: colours.magenta, down: colours.red };
  const byVerdict = { survives: colours.green, advice: colours.yellow, refused: colours.red };
  return {
    status: (status, text) => (status === undefined ? text : byStatus[status](text)),
    verdict: (verdict, text) => colours.bold(byVerdict[verdict](text)),
    bold: colours.bold,
    dim: colours.dim,
  };
}
