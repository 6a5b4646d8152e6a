/** What several formats make of a finding in the same way. */
import { visible } from "../../lib/visible";
import {
  findingsOf,
  type ChainBlock,
  type Document,
  type Finding,
  type FindingName,
  type Fix,
  type Level,
  type Span,
  type Text,
  type UnjudgedResource,
} from "../document";

/** A text for where nothing can be set apart but by signs. */
export function plain(text: Text): string {
  return text.map(plainSpan).join("");
}

function plainSpan(span: Span): string {
  if (typeof span === "string") return span;
  return "code" in span ? span.code : `\`${span.command}\``;
}

/** `DPX301 single-facility: messenger`, or the resource. */
export function titleOf(name: FindingName): string {
  switch (name.by) {
    case "rule":
      return name.subject === null ? name.rule : `${name.rule}: ${name.subject}`;
    case "resource":
      return name.resource;
    default:
      return name satisfies never;
  }
}

/** `Fix: Add a replica.` Of several ways out each says itself what it is. */
function fixSentence({ text, action }: Fix): string {
  return action === undefined ? `Fix: ${plain(text)}` : plain(text);
}

/** What is wrong, what shows it, and the ways out, a line each, for a format without a place for each. */
export function sentencesOf(finding: Finding): readonly string[] {
  const { name, message, evidence, fixes } = finding;
  const shown = evidence.filter(({ isDetail }) => isDetail !== true);
  return [
    ...(name.by === "rule" ? [message] : []),
    ...shown.map(({ label, text }) => (label === undefined ? plain(text) : `${label}: ${plain(text)}`)),
    ...fixes.map(fixSentence),
  ].map(visible);
}

/** `messenger (critical): down -> login (needs, hard) -> facility:pangyo, lost (falls with)`. */
export function chainText({ links }: ChainBlock): string {
  return links.map(({ text, by }) => (by === undefined ? text : `${text} (${by})`)).join(" -> ");
}

export function unjudgedLine({ resource, type, reason }: UnjudgedResource): string {
  return `${resource}${type === undefined ? "" : ` (${type})`}: ${reason}`;
}

export function countOf(document: Document, level: Level): number {
  return findingsOf(document).filter((finding) => finding.level === level).length;
}
