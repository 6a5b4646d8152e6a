/**
 * A site: where a replica can stand, an availability zone's region or a facility of one's own. The record is the sites'
 * catalogue of docs/concepts.md; its fields are what the investigation of the 2022 fire asked for.
 */
import type { DomainId } from "./domain";

/** Battery chemistry of the uninterruptible power supply. Gas does not put out lithium-ion (finding K10). */
export type BatteryChemistry = "lithium-ion" | "lead-acid" | "none";

/** A building (or a part of one that fails on its own) in which one's own Kubernetes cluster stands. */
export interface FacilitySite {
  readonly kind: "facility";
  /** Stable key, lower case; names of resources derive from it. */
  readonly name: string;
  /** Geographic region, such as `capital-area`: what one earthquake or one flood of policy takes together. */
  readonly region: string;
  /** Building. Two sites in one building share it and are one failure domain. @default the site's name */
  readonly facility: string;
  /** Who runs the building and can cut its power. */
  readonly operator: string;
  /** Power feeds by substation. One feed is a domain of its own; two fail only together. At least one. */
  readonly powerFeeds: readonly string[];
  /** Network carriers with their own way into the building. At least one; critical tiers ask for two. */
  readonly carriers: readonly string[];
  /** Hazard zones: an earthquake zone, a flood plain, one grid. */
  readonly hazards: readonly string[];
  /** True where UPS and battery rooms are parted by fire walls. */
  readonly batteryRoomsSeparated: boolean;
  readonly batteryChemistry: BatteryChemistry;
  /** True where a fire can be fought without cutting the power of the whole building. */
  readonly firePlanKeepsPower: boolean;
  /**
   * Day of the last drill of the building's loss, `YYYY-MM-DD` (finding K12). @default none that anybody has written
   * down
   */
  readonly lastDrill?: string;
  /** Stretched cluster that the site is part of, with the others that name it. @default a cluster of its own */
  readonly cluster?: string;
  /**
   * Context in the kubeconfig of the cluster that stands there. Sites of one context share one stretched cluster.
   * @default the name of the stretched cluster, else the site's
   */
  readonly clusterContext: string;
}

/** A region of a cloud, with the zones in it that may be used. */
export interface CloudSite {
  readonly kind: "cloud";
  readonly name: string;
  /** The provider's code of the region, such as `ap-northeast-2`. */
  readonly region: string;
  /** Zone *ids* such as `apne2-az1`, never the per-account names. At least one. */
  readonly zoneIds: readonly string[];
  /** Who runs it, for instance `aws`. */
  readonly operator: string;
  readonly carriers: readonly string[];
  readonly hazards: readonly string[];
}

export type Site = FacilitySite | CloudSite;

/**
 * The stretched cluster that a site is part of; undefined of one with a cluster of its own, and of a cloud's region.
 */
export function stretchedClusterOf(site: Site): string | undefined {
  return site.kind === "facility" ? site.cluster : undefined;
}

/** Where one unit stands: the domains that it stands in directly. */
export type Placement = readonly DomainId[];
