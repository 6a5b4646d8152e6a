/** Exemptions that stand beside resources: their texts alone, for what they mean is known to whoever judges. */
import { by } from "../lib/order";
import type { ExemptionWord } from "../model";
import type { Identities } from "./identity";
import type { Stack } from "./stack";

/** Sorted by URN. */
export function exemptionWordsOf(stack: Stack, identities: Identities): readonly ExemptionWord[] {
  const words: ExemptionWord[] = [];
  for (const resource of stack.resources) {
    const text = identities.claim(resource, "exempt");
    if (text === undefined) continue;
    const owner = identities.claim(resource, "owner");
    words.push({ urn: resource.urn, text, ...(owner === undefined ? {} : { owner }) });
  }
  return words.sort(by(({ urn }) => urn));
}
