/** A sign beside each colour: nobody needs to tell red from green. */
import type { Status } from "../../../survival";

export interface Look {
  /** Class of the style sheet. */
  readonly tone: "good" | "warning" | "bad" | "unknown";
  readonly sign: string;
}

export const looks: Readonly<Record<Status, Look>> = {
  up: { tone: "good", sign: "✓" },
  degraded: { tone: "warning", sign: "▼" },
  down: { tone: "bad", sign: "✕" },
  unknown: { tone: "unknown", sign: "?" },
};
