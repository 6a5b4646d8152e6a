/** The estate after validation: defaults filled in, durations in seconds, names resolved. Everything is readonly. */
import type { AcceptedLoss, DependencyStrength, Layer, Money, Objectives, Site, Tier, TierRequirement } from "../model";

export interface DependencySpec {
  readonly anyOf: readonly string[];
  readonly strength: DependencyStrength;
}

export type StoreKind = "dynamodb" | "aurora" | "bucket";

export interface DataSpec {
  readonly store: StoreKind;
  /** Names of cloud sites that hold a copy; the first one is where the store is managed from. */
  readonly sites: readonly string[];
  /** Names of facilities that hold an asynchronous copy. */
  readonly followers: readonly string[];
}

export interface ServiceSpec {
  readonly name: string;
  readonly layer: Layer;
  readonly tier: Tier;
  readonly owner: string;
  readonly runbook?: string;
  /** The estate's, where the service names none. */
  readonly statusPage?: string;
  readonly peakRps: number;
  readonly unitRps: number;
  readonly objectives: Objectives;
  readonly users: number;
  readonly paid: boolean;
  readonly outageCostPerHour: Money;
  /** Names of sites, in the order of the configuration. */
  readonly sites: readonly string[];
  /** With `{site}` for the site's name. */
  readonly image: string;
  readonly healthPath: string;
  readonly data?: DataSpec;
  readonly dependencies: readonly DependencySpec[];
}

export interface VendorSpec {
  readonly name: string;
  readonly vendor: string;
  readonly purpose: string;
}

export interface DnsSpec {
  readonly domain: string;
  readonly zoneId?: string;
  readonly ttlSeconds: number;
  readonly healthCheckIntervalSeconds: 10 | 30;
  readonly healthCheckThreshold: number;
  readonly lastResort: readonly string[];
}

export interface BackupSpec {
  /** Name of the cloud site that keeps the second copy. */
  readonly site: string;
  readonly everySeconds: number;
  readonly keepDays: number;
}

export interface EstateSpec {
  readonly sites: readonly Site[];
  readonly requirements: Readonly<Record<Tier, TierRequirement>>;
  readonly dns: DnsSpec;
  readonly deletionProtection: boolean;
  /** Undefined where no backups are made beside what the stores do themselves. */
  readonly backups?: BackupSpec;
  readonly vendors: readonly VendorSpec[];
  readonly acceptedLosses: readonly AcceptedLoss[];
  readonly services: readonly ServiceSpec[];
}
