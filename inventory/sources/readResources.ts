/** Tells what kind of document of resources a JSON value is, and reads it. */
import { UserError } from "../../model";
import { mistake, shown } from "./mistakes";
import { readPreviewJson } from "./previewJson";
import type { Reading } from "./reading";
import { readStateExport } from "./stateExport";
import { isRecord } from "../../lib/records";

export type DocumentKind = "stateExport" | "preview";

export interface ReadDocument extends Reading {
  readonly kind: DocumentKind;
}

/**
 * Reads a state export or a preview's plan.
 *
 * @throws UserError (DPX400 where it is neither; DPX401 to DPX408, DPX416 to DPX418 where it is damaged or has failed)
 */
export function readResources(document: unknown): ReadDocument {
  if (isRecord(document)) {
    if ("deployment" in document) return { kind: "stateExport", ...readStateExport(document) };
    if ("steps" in document || "changeSummary" in document) return { kind: "preview", ...readPreviewJson(document) };
    if ("checkpoint" in document) throw unreadable("This is a checkpoint of a backend, not an export.");
  }
  throw unreadable(`The document must be a state export or a preview's plan; this is ${shown(document)}.`);
}

function unreadable(message: string): UserError {
  const fix = "Give the output of `pulumi stack export` or of `pulumi preview --json --show-sames`.";
  return new UserError([mistake("DPX400", message, fix)]);
}
