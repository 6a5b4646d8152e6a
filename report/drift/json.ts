import type { DriftFormat } from "./format";

/** The report itself; see schema/drift.schema.json. */
export const json: DriftFormat = (report) => `${JSON.stringify(report, undefined, 2)}\n`;
