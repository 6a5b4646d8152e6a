/**
 * Exemptions that stand beside the resource in code, as a tag of AWS or an annotation of Kubernetes:
 * `DPX301 until 2027-01-31 OPS-12`. A tag takes letters, digits, spaces and `_.:/=+-@` only, so several are parted by
 * ` + `.
 */
import type { ExemptionWord } from "../model";
import type { Exemption, MisreadExemption, Policy } from "./policy";

const example = "DPX301 until 2027-01-31 OPS-12";
const form = /^(\S+)(?: +until +(\S+))?(?: +(\S+))?(?: +(.+))?$/i;

export interface ExemptionsInCode {
  readonly exemptions: readonly Exemption[];
  readonly misread: readonly MisreadExemption[];
}

/** @param policies those that an exemption may name, by code or by name */
export function exemptionsInCode(words: readonly ExemptionWord[], policies: readonly Policy[]): ExemptionsInCode {
  const exemptions: Exemption[] = [];
  const misread: MisreadExemption[] = [];
  for (const word of words) {
    for (const text of word.text.split(/\s+\+\s+|[;,]/).map((part) => part.trim())) {
      const read = readOne(text, word, policies);
      if (typeof read === "string") misread.push({ urn: word.urn, text, fault: read });
      else exemptions.push(read);
    }
  }
  return { exemptions, misread };
}

/** An exemption, or what is wrong with the text. */
function readOne(text: string, { urn, owner }: ExemptionWord, policies: readonly Policy[]): Exemption | string {
  const [, name = "", until, ticket, reason] = form.exec(text) ?? [];
  const wanted = name.toLowerCase();
  const policy = policies.find((one) => one.code.toLowerCase() === wanted || one.name === wanted);
  if (policy === undefined) return "begin with the code of a policy";
  if (until === undefined || !isDay(until)) return "say until which day it holds";
  if (ticket === undefined) return "end with the ticket of the remedy";
  return {
    policy: policy.name,
    resource: urn,
    owner: owner ?? "no owner named",
    reason: reason ?? "Written beside the resource.",
    ticket,
    expires: until,
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What is told of an exemption that cannot be read. */
export function misreadMessage({ text, fault, urn }: MisreadExemption): string {
  return `The exemption "${text}" beside ${urn} must ${fault}, as in "${example}".`;
}
