import type { Format } from "./format";
import { github } from "./github";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { summary, table } from "./table";

/** Every format by the name that `--format` takes; `table` and `summary` are for people, the rest for machines. */
export const formats = { table, summary, json, sarif, junit, markdown, github } as const satisfies Record<
  string,
  Format
>;

export type FormatName = keyof typeof formats;

/** Names in the order in which help shows them. */
export const formatNames = Object.keys(formats) as readonly FormatName[];
