/** One policy tried on one stack, for the tests of whoever writes it. */
import { readEstate, readResources, type InventoryOptions } from "../inventory";
import { createEstateJudge, type PolicySettings } from "./judge";
import type { Finding, Policy } from "./policy";

/** What a policy is tried on. */
export interface StackState {
  /** Parsed JSON of `pulumi stack export`, or of `pulumi preview --json --show-sames`. */
  readonly document: unknown;
  /** Sites, clusters, tiers: what settings say of the stack. @default nothing */
  readonly inventory?: InventoryOptions;
  /** Level and knobs, as settings give them. @default the policy's own */
  readonly settings?: PolicySettings;
  /** The day of the judgement, `YYYY-MM-DD`. @default the first of days, on which nothing has expired */
  readonly today?: string;
}

/**
 * What a policy finds in a stack, as `duplex check` and the policy pack list it.
 *
 * @throws UserError where the document is neither a state export nor a preview's plan, or is damaged
 */
export function findingsIn(policy: Policy, { document, inventory, settings, today }: StackState): readonly Finding[] {
  const estate = readEstate(readResources(document).resources, inventory);
  return createEstateJudge(estate, { today }).judge(policy, settings).findings;
}
