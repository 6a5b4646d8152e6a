import type { Format } from "./format";

/** The report itself; see schema/check.schema.json. */
export const json: Format = (report) => `${JSON.stringify(report, undefined, 2)}\n`;
