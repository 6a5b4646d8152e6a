import type { Writer } from "./writer";

/** How each format is loaded: help and mistakes of usage need none of them, and a run one or two. */
const writers = {
  table: async () => (await import("./terminal")).table,
  summary: async () => (await import("./terminal")).summary,
  json: async () => (await import("./json")).json,
  sarif: async () => (await import("./sarif")).sarif,
  junit: async () => (await import("./junit")).junit,
  markdown: async () => (await import("./markdown")).markdown,
  github: async () => (await import("./github")).github,
  openmetrics: async () => (await import("./openmetrics")).openmetrics,
  csv: async () => (await import("./csv")).csv,
} satisfies Record<string, () => Promise<Writer>>;

/** A format by the name that `--format` takes; `table` and `summary` are for people at a terminal. */
export type FormatName = keyof typeof writers;

/** Names in the order in which help shows them. */
export const formatNames = Object.keys(writers) as readonly FormatName[];

export function openWriter(format: FormatName): Promise<Writer> {
  return writers[format]();
}
