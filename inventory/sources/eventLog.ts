/** The engine's event log (`--event-log`): one JSON object a line, in which each resource comes with its new state. */
import type { Mistake } from "../../model";
import type { Resource } from "../resource";
import { errorsOf, refuseUnlessWhole } from "./failure";
import { mistake, refuse, shown } from "./mistakes";
import { jsonOf } from "./json";
import type { Reading } from "./reading";
import { recorded } from "./record";
import { AfterSteps, changedProperties } from "./stepState";
import { isUrn } from "./urn";
import { isRecord } from "../../lib/records";

const how = "Give the file that `pulumi preview --event-log FILE` or `pulumi up --event-log FILE` has written.";
const again = "Run the operation to its end and give its whole log.";

/** True for a text whose first line is an event. */
export function looksLikeEventLog(text: string): boolean {
  return /^\s*\{\s*"(?:sequence|timestamp)"\s*:\s*\d+\s*,/.test(text);
}

type Fields = Readonly<Record<string, unknown>>;

/** What has been read of a log so far. */
interface Progress {
  readonly after: AfterSteps;
  readonly errors: string[];
  config: Fields | undefined;
  /** Of the operation that began last. */
  summary: Fields | undefined;
}

/**
 * What is there after the operation, and the configuration that it was made with. A log holds no edges between
 * resources, so what a preview does not know yet stays unknown; `pulumi preview --json` says more.
 *
 * @throws UserError (DPX414 where a line is no event, DPX415 where the operation has failed or was cut off)
 */
export function readEventLog(text: string): Reading {
  const mistakes: Mistake[] = [];
  const progress: Progress = { after: new AfterSteps(), errors: [], config: undefined, summary: undefined };
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const event = jsonOf(line);
    if (isRecord(event)) return take(event, progress);
    mistakes.push({
      ...mistake("DPX414", `A line must be one event as JSON; found ${shown(event ?? line)}.`, how),
      line: index + 1,
    });
  });
  refuse(mistakes);
  const { summary, errors, after, config } = progress;
  refuseUnlessWhole(
    { isSummed: summary !== undefined, result: summary?.result, maybeCorrupt: summary?.maybeCorrupt, errors },
    "The operation of a log",
    "DPX415",
    again,
  );
  const resources = after.records.map(recorded);
  const before = () => after.before.map(recorded);
  return { resources, before, doubts: [], leftOver: [], external: [], ...(config === undefined ? {} : { config }) };
}

/** The resources of a log alone. */
export function fromEventLog(text: string): readonly Resource[] {
  return readEventLog(text).resources;
}

function take(event: Fields, progress: Progress): void {
  const { preludeEvent, summaryEvent, diagnosticEvent, resOpFailedEvent, errorEvent } = event;
  if (isRecord(preludeEvent)) {
    // A log may hold a preview and the update after it: only what began last counts as ended.
    progress.summary = undefined;
    if (isRecord(preludeEvent.config)) progress.config = preludeEvent.config;
  }
  if (isRecord(summaryEvent)) progress.summary = summaryEvent;
  progress.errors.push(...errorsOf([diagnosticEvent]), ...failuresOf(resOpFailedEvent, errorEvent));
  const { resOutputsEvent, resourcePreEvent } = event;
  if (isRecord(resOutputsEvent)) takeStep(resOutputsEvent.metadata, progress.after);
  else if (isRecord(resourcePreEvent)) takeStep(resourcePreEvent.metadata, progress.after);
}

function failuresOf(failed: unknown, error: unknown): readonly string[] {
  const step = isRecord(failed) && isRecord(failed.metadata) ? failed.metadata : undefined;
  return [
    ...(isRecord(failed) ? [`the step ${String(step?.op)} of ${String(step?.urn)} has failed.`] : []),
    ...(isRecord(error) ? [String(error.error)] : []),
  ];
}

function takeStep(metadata: unknown, after: AfterSteps): void {
  if (!isRecord(metadata)) return;
  const { op, urn, new: state } = metadata;
  if (typeof op !== "string" || !isUrn(urn)) return;
  const old = isRecord(metadata.old) ? metadata.old : undefined;
  const now = isRecord(state) && typeof state.type === "string" ? { ...state, urn, type: state.type } : undefined;
  after.take({ op, urn, old, now, changed: changedProperties(metadata.diffs, metadata.detailedDiff) });
}
