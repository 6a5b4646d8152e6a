/** What a service over several sites is told. */
import type * as pulumi from "@pulumi/pulumi";
import type { DnsSpec, ImagesSpec, ServiceSpec } from "../../estate";
import type { AcceptedLoss, TierRequirement } from "../../model";
import type { Call } from "../wiring/calls";
import type { Places } from "./place";

/** Whom a service calls in a site, and who calls it there. */
export interface SiteWiring {
  readonly calls: readonly Call[];
  /** Namespaces of the site's cluster from which it is called. */
  readonly callers: readonly string[];
}

export interface ActiveActiveServiceArgs {
  /**
   * The service: demand, objectives, sites, data and dependencies. Its name is part of every name: a new one replaces.
   */
  readonly service: ServiceSpec;
  /** What its tier asks for; the plan keeps it. */
  readonly requirement: TierRequirement;
  /** Losses that somebody has decided not to survive; the plan holds no reserve for them. @default none */
  readonly acceptedLosses?: readonly AcceptedLoss[];
  /** Sites by name; the service takes those that it names. */
  readonly places: Places;
  /** Names and health checks. */
  readonly dns: DnsSpec;
  /** Hosted zone of the domain. */
  readonly zoneId: pulumi.Input<string>;
  /** Zone of the names inside of the networks. @default no such names */
  readonly privateZoneId?: pulumi.Input<string>;
  /** Where images are pulled from. */
  readonly images: ImagesSpec;
  /** By the site's name. @default it calls nobody and is called by nobody */
  readonly wiring?: Readonly<Record<string, SiteWiring>>;
  /** False lets load balancers and stores be deleted. @default true */
  readonly deletionProtection?: boolean;
  /** Image of the process that feeds and serves the facilities' copies of the data: docs/decisions/0002. */
  readonly followerImage: string;
  /** Image of the placeholder pods. */
  readonly pauseImage: string;
}
