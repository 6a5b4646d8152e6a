/** Exemptions beside the resource that they excuse, as the words that `duplex check` and the policy pack read. */
import { isDay } from "../../lib/day";
import { labelKeys, tagKeys, type Mistake } from "../../model";
import { argumentMistake, refuseIfAny } from "./refuse";

export interface ExemptionArgs {
  /** Code of the policy, such as `DPX352`; changing it changes the tag in place. */
  readonly policy: `DPX${number}`;
  /** Last day on which it holds, `YYYY-MM-DD`; the day after, the policy `exemption-expired` refuses. */
  readonly until: string;
  /** Where the remedy is tracked, one word such as `OPS-12`. */
  readonly ticket: string;
  /** Why the risk is taken, in the characters of a tag. @default nothing is said beside the ticket */
  readonly reason?: string;
}

/** What a value of a tag may hold (AWS, "Tag naming limits and requirements"), and how much of it. */
const tagText = /^[\p{L}\p{N}\s_.:/=+@-]*$/u;
const longestTag = 256;

/**
 * The tag by which findings on a resource of AWS are accepted for a while.
 *
 * @throws UserError (DPX240) where a day, a ticket or a character of it would not be read
 */
export function exemptTags(...exemptions: readonly ExemptionArgs[]): Readonly<Record<string, string>> {
  return { [tagKeys.exempt]: textOf("exemptTags", exemptions) };
}

/**
 * The annotation by which findings on an object of Kubernetes are accepted for a while.
 *
 * @throws UserError (DPX240) where a day, a ticket or a character of it would not be read
 */
export function exemptAnnotations(...exemptions: readonly ExemptionArgs[]): Readonly<Record<string, string>> {
  return { [labelKeys.exempt]: textOf("exemptAnnotations", exemptions) };
}

function textOf(component: string, exemptions: readonly ExemptionArgs[]): string {
  const text = exemptions
    .map(({ policy, until, ticket, reason }) => [policy, "until", until, ticket, ...(reason ? [reason] : [])].join(" "))
    .join(" + ");
  const refused = (message: string, fix: string): Mistake => argumentMistake("DPX240", component, message, fix);
  refuseIfAny([
    ...exemptions.flatMap((one) => mistakesOf(one, refused)),
    ...(exemptions.length > 0 ? [] : [refused("No exemption is given.", "Give one, or leave the call out.")]),
    ...(text.length <= longestTag
      ? []
      : [refused(`The exemptions take ${text.length} characters of ${longestTag}.`, "Shorten the reasons.")]),
  ]);
  return text;
}

function mistakesOf(
  { policy, until, ticket, reason = "" }: ExemptionArgs,
  refused: (message: string, fix: string) => Mistake,
): readonly Mistake[] {
  const isReason = tagText.test(reason) && !/(^|\s)\+(\s|$)/.test(reason);
  return [
    ...(/^DPX3\d\d$/.test(policy) ? [] : [refused(`"${policy}" is no policy's code.`, "Write one, such as DPX352.")]),
    ...(isDay(until) ? [] : [refused(`until is "${until}", which is no day.`, "Write one, such as 2027-01-31.")]),
    ...(/^\S+$/.test(ticket) && tagText.test(ticket) && ticket !== "+"
      ? []
      : [refused(`ticket is "${ticket}", which is not one word of a tag.`, "Write one, such as OPS-12.")]),
    ...(isReason
      ? []
      : [
          refused(
            `reason is "${reason}", which a tag cannot hold.`,
            "Write letters, digits, spaces and _.:/=+-@ only, and no + by itself.",
          ),
        ]),
  ];
}
