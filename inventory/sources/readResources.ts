/** Tells what kind of document of resources a JSON value is, and reads it. */
import { UserError } from "../../model";
import type { Resource } from "../resource";
import { mistake, shown } from "./mistakes";
import { fromPreviewJson } from "./previewJson";
import { fromStateExport } from "./stateExport";
import { isRecord } from "../../lib/records";

export type DocumentKind = "stateExport" | "preview";

export interface ReadDocument {
  readonly kind: DocumentKind;
  readonly resources: readonly Resource[];
}

/**
 * Reads a state export or a preview's plan.
 *
 * @throws UserError (DPX400 where it is neither; DPX401 to DPX408 where it is damaged)
 */
export function readResources(document: unknown): ReadDocument {
  if (isRecord(document)) {
    if ("deployment" in document) return { kind: "stateExport", resources: fromStateExport(document) };
    if ("steps" in document || "changeSummary" in document)
      return { kind: "preview", resources: fromPreviewJson(document) };
    if ("checkpoint" in document) throw unreadable("This is a checkpoint of a backend, not an export.");
  }
  throw unreadable(`The document must be a state export or a preview's plan; this is ${shown(document)}.`);
}

function unreadable(message: string): UserError {
  const fix = "Give the output of `pulumi stack export` or of `pulumi preview --json --show-sames`.";
  return new UserError([mistake("DPX400", message, fix)]);
}
