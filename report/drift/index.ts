import type { DriftFormat } from "./format";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { openmetrics } from "./openmetrics";
import { sarif } from "./sarif";
import { table } from "./table";

/** Every format by the name that `--format` takes; `table` is for people, the rest for machines. */
export const driftFormats = { table, json, markdown, sarif, junit, openmetrics } as const satisfies Record<
  string,
  DriftFormat
>;

export type DriftFormatName = keyof typeof driftFormats;
