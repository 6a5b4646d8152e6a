/** The engine's event log (`--event-log`): one JSON object a line, in which each resource comes with its new state. */
import { UserError, type Mistake, type Urn } from "../../model";
import type { Resource } from "../resource";
import { mistake, refuse, shown } from "./mistakes";
import { jsonOf } from "./json";
import { leaves } from "./previewJson";
import { recorded } from "./record";
import { isUrn } from "./urn";
import { isRecord } from "../../lib/records";

const how = "Give the file that `pulumi preview --event-log FILE` or `pulumi up --event-log FILE` has written.";

/** True for a text whose first line is an event. */
export function looksLikeEventLog(text: string): boolean {
  return /^\s*\{\s*"(?:sequence|timestamp)"\s*:\s*\d+\s*,/.test(text);
}

/**
 * The resources that are there after the operation. A log holds no edges between resources, so what a preview does not
 * know yet stays unknown; `pulumi preview --json` says more.
 *
 * @throws UserError (DPX414 where a line is no event, DPX415 where the operation has failed or was cut off)
 */
export function fromEventLog(text: string): readonly Resource[] {
  const mistakes: Mistake[] = [];
  const resources = new Map<Urn, Resource>();
  let finished = false;
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const event = jsonOf(line);
    if (!isRecord(event)) {
      mistakes.push({
        ...mistake("DPX414", `A line must be one event as JSON; found ${shown(event ?? line)}.`, how),
        line: index + 1,
      });
      return;
    }
    finished ||= isRecord(event.summaryEvent);
    // A state after the operation replaces the one that was planned.
    const step = isRecord(event.resOutputsEvent) ? event.resOutputsEvent : event.resourcePreEvent;
    const metadata = isRecord(step) ? step.metadata : undefined;
    if (isRecord(metadata)) take(metadata, resources);
  });
  refuse(mistakes);
  if (finished) return [...resources.values()];
  const message = "The log must end with the operation's summary; this one has none, so resources may be missing.";
  throw new UserError([mistake("DPX415", message, "Run the operation to its end and give its whole log.")]);
}

function take(metadata: Readonly<Record<string, unknown>>, resources: Map<Urn, Resource>): void {
  const state = metadata.new;
  if (typeof metadata.op !== "string" || !isUrn(metadata.urn)) return;
  if (leaves(metadata.op)) {
    // A replacement deletes the old object under the URN that the new one has: that one stays.
    if (metadata.op === "delete") resources.delete(metadata.urn);
    return;
  }
  if (!isRecord(state) || typeof state.type !== "string") return;
  resources.set(metadata.urn, recorded({ ...state, urn: metadata.urn, type: state.type }));
}
