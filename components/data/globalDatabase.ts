import type * as dynamodb from "@pulumi/aws/dynamodb";
import type * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, componentTypes } from "../../model";
import { type AuroraSite, createAurora } from "./auroraGlobal";
import { createGlobalTable } from "./globalTable";
import { type PublishedReplication, type ServiceIdentity, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";
import { type FollowerArgs, createFollower } from "./storeFollower";

interface GlobalDatabaseBase {
  /** The store as a service of its own, layer `store`. */
  readonly identity: ServiceIdentity;
  /** Copies in facilities, under other operators. @default none: every copy stands with the cloud's operator */
  readonly followers?: readonly FollowerArgs[];
  /** False lets the store be deleted. @default true */
  readonly deletionProtection?: boolean;
}

/** A DynamoDB global table: every region takes writes, about a second may be lost with one. */
export interface GlobalTableArgs extends GlobalDatabaseBase {
  readonly mode: "dynamodb";
  /** Regions, at least two; the first one is where the table is managed from, and changing it replaces the table. */
  readonly sites: readonly CloudSite[];
}

/** An Aurora global cluster: one region takes writes, another must be promoted when it is lost. */
export interface AuroraGlobalArgs extends GlobalDatabaseBase {
  readonly mode: "aurora";
  /** Regions with their networks, at least two; the first one takes the writes. */
  readonly sites: readonly AuroraSite[];
  /** Instances per region over its zones, 2 to 15. In place. @default 2 */
  readonly instances?: number;
}

export type GlobalDatabaseArgs = GlobalTableArgs | AuroraGlobalArgs;

/**
 * How the copies are kept alike. Both services replicate asynchronously between regions, typically within a second: AWS'
 * documents on global tables and on Aurora global databases. A follower is fed from the stream and may be further behind.
 */
const regionalRpoSeconds = 1;
const followerRpoSeconds = 60;

/**
 * A service's data in at least two regions, and in facilities where `followers` says so.
 *
 * Cost: each region stores and writes everything once more; Aurora runs `instances` instances per region.
 */
export class GlobalDatabase extends pulumi.ComponentResource {
  /** The table, in mode `dynamodb`. */
  readonly table?: dynamodb.Table;
  /** The global cluster, in mode `aurora`. */
  readonly cluster?: rds.GlobalCluster;

  constructor(name: string, args: GlobalDatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(globalDatabaseMistakes(name, args));
    const { identity, followers = [], deletionProtection = true } = args;
    super(componentTypes.globalDatabase, name, {}, options);

    if (args.mode === "dynamodb") {
      this.table = createGlobalTable(this, name, identity, args.sites, deletionProtection);
    } else {
      const { sites, instances = 2 } = args;
      this.cluster = createAurora(this, name, { identity, sites, deletionProtection, instances });
    }
    for (const follower of followers) createFollower(this, name, identity, follower);
    this.registerOutputs({ ...published(identity), sites: siteNames(args), replication: replicationOf(args) });
  }
}

/** All mistakes in the arguments. */
export function globalDatabaseMistakes(name: string, args: GlobalDatabaseArgs): readonly Mistake[] {
  const names = siteNames({ ...args, followers: [] });
  const twice = siteNames(args).filter((site, index, all) => all.indexOf(site) < index);
  return [
    ...(names.length >= 2
      ? []
      : [
          argumentMistake(
            "DPX214",
            name,
            `sites must be at least two regions, but ${names.length === 1 ? `is only "${names[0]}"` : "is empty"}.`,
            "Add a region that holds a copy.",
          ),
        ]),
    ...twice.map((site) =>
      argumentMistake("DPX214", name, `The site "${site}" is named twice.`, "Name each site once."),
    ),
    ...(args.mode === "aurora" ? outsideRange("DPX215", name, "instances", args.instances ?? 2, 2, 15) : []),
  ];
}

function siteNames(args: GlobalDatabaseArgs): readonly string[] {
  const regions = args.mode === "dynamodb" ? args.sites : args.sites.map(({ site }) => site);
  return [...regions, ...(args.followers ?? []).map(({ site }) => site)].map(({ name }) => name);
}

function replicationOf({ mode, followers = [] }: GlobalDatabaseArgs): PublishedReplication {
  return {
    mode: "asynchronous",
    rpoSeconds: followers.length > 0 ? followerRpoSeconds : regionalRpoSeconds,
    multiWriter: mode === "dynamodb",
  };
}
