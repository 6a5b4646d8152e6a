/**
 * What a tier asks for. The defaults follow the remedies announced after the 2022 fire: critical services survive any
 * single domain and any two sites, the rest any single building.
 */
import type { DomainKind } from "./domain";
import type { Tier } from "./estate";

export interface TierRequirement {
  readonly tier: Tier;
  /** Kinds of domain of which the loss of any *one* must be survived. */
  readonly surviveOne: readonly DomainKind[];
  /** Kinds of which the loss of any *two* together must leave the service up or degraded, never down (N-2). */
  readonly surviveTwo: readonly DomainKind[];
  /** Fewest independent copies, or 3 facilities where a quorum decides (finding K16). */
  readonly leastCopies: number;
  /** Longest time to live of a DNS answer, in seconds. */
  readonly longestTtlSeconds: number;
  /** True where a verdict `unknown` is refused. */
  readonly refuseUnknown: boolean;
}

export const defaultRequirements: Readonly<Record<Tier, TierRequirement>> = {
  critical: {
    tier: "critical",
    surviveOne: ["zone", "facility", "power", "region", "operator", "carrier", "hazard", "vendor"],
    surviveTwo: ["zone", "facility"],
    leastCopies: 3,
    longestTtlSeconds: 60,
    refuseUnknown: true,
  },
  important: {
    tier: "important",
    surviveOne: ["zone", "facility", "power", "region", "carrier"],
    surviveTwo: [],
    leastCopies: 2,
    longestTtlSeconds: 60,
    refuseUnknown: true,
  },
  standard: {
    tier: "standard",
    surviveOne: ["zone", "facility", "power"],
    surviveTwo: [],
    leastCopies: 2,
    longestTtlSeconds: 300,
    refuseUnknown: false,
  },
};
