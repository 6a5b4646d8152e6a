/** What a user tells an inventory that no resource says. */
import type { AcceptedLoss, ServiceId, Site, Tier } from "../model";

/** What a stack may say by tags and labels of its own. */
export type OwnTag = "service" | "tier" | "owner";

export interface InventoryOptions {
  /** Own facilities and cloud regions, beside those that the stack's Site components publish. @default none */
  readonly sites?: readonly Site[];
  /**
   * Site by the kubeconfig context of a cluster or the name of its provider. A cluster stretched over several sites
   * names all of them, parted by commas. @default the site that the provider stands in or whose context it names
   */
  readonly clusters?: Readonly<Record<string, string>>;
  /** Tier by the stack's own words for it, such as `gold`. @default only the names of the tiers themselves */
  readonly tierNames?: Readonly<Record<string, Tier>>;
  /** Losses that need not be survived for a time, beside those that the stack's estate accepts. @default none */
  readonly acceptedLosses?: readonly AcceptedLoss[];
  /** Tier by service, as its tag or as a report names it; stronger than any tag. @default none */
  readonly tiers?: Readonly<Record<ServiceId, Tier>>;
  /** Tier of what says none. @default standard */
  readonly defaultTier?: Tier;
  /** Keys of the stack's own tags and labels, beside ours, that say the same. @default only ours */
  readonly tags?: Readonly<Partial<Record<OwnTag, string>>>;
}
