import type * as dynamodb from "@pulumi/aws/dynamodb";
import type * as rds from "@pulumi/aws/rds";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, componentTypes } from "../../model";
import { type PublishedReplication, type ServiceIdentity, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";
import { type AuroraSite, type DatabaseArgs, type DatabaseEndpoint, createAurora } from "./auroraGlobal";
import { type TableArgs, createGlobalTable, tableMistakes } from "./globalTable";
import { type FollowerArgs, createFollower } from "./storeFollower";

interface GlobalDatabaseBase {
  /** The store as a service of its own, layer `store`. */
  readonly identity: ServiceIdentity;
  /**
   * Copies in facilities, under other operators; their clusters' providers are given with the options. @default none:
   * every copy stands with the cloud's operator
   */
  readonly followers?: readonly FollowerArgs[];
  /** False lets the store be deleted. @default true */
  readonly deletionProtection?: boolean;
}

/** A DynamoDB global table: every region takes writes. */
export interface GlobalTableArgs extends GlobalDatabaseBase {
  readonly mode: "dynamodb";
  /** Regions, at least two; the first one is where the table is managed from, and changing it replaces the table. */
  readonly sites: readonly CloudSite[];
  /** Keys, indexes, life of items, consistency. @default keys pk and sk, eventual */
  readonly table?: TableArgs;
}

/**
 * An Aurora global database: one region takes writes, which the others pass on; another must be promoted when it is
 * lost.
 */
export interface AuroraGlobalArgs extends GlobalDatabaseBase {
  readonly mode: "aurora";
  /** Regions with their networks, at least two; the first one takes the writes. */
  readonly sites: readonly AuroraSite[];
  /** Version, class and number of instances. @default two instances of db.r7g.large in each region */
  readonly database?: DatabaseArgs;
}

export type GlobalDatabaseArgs = GlobalTableArgs | AuroraGlobalArgs;

/** Options with the providers of the clusters in which copies stand, by the site's name. */
export interface ClusterOptions extends pulumi.ComponentResourceOptions {
  readonly clusters?: Readonly<Record<string, k8s.Provider>>;
}

/**
 * How the copies are kept alike. Both services replicate asynchronously between regions, typically within a second:
 * AWS' documents on global tables and on Aurora global databases. A follower is fed from the stream and may be further
 * behind.
 */
const regionalRpoSeconds = 1;
const followerRpoSeconds = 60;

/**
 * A service's data in at least two regions, and in facilities where `followers` says so.
 *
 * Cost: each region stores and writes everything once more; Aurora runs its instances in every region.
 */
export class GlobalDatabase extends pulumi.ComponentResource {
  /** The table, in mode `dynamodb`. */
  readonly table?: dynamodb.Table;
  /** The global cluster, in mode `aurora`. */
  readonly cluster?: rds.GlobalCluster;
  /** What units of each region connect to, in mode `aurora`, by the site's name. */
  readonly endpoints: Readonly<Record<string, DatabaseEndpoint>>;

  constructor(name: string, args: GlobalDatabaseArgs, options: ClusterOptions = {}) {
    const { clusters = {}, ...rest } = options;
    refuseIfAny([...globalDatabaseMistakes(name, args), ...providersMissing(name, args, clusters)]);
    const { identity, followers = [], deletionProtection = true } = args;
    const stated = { ...published(identity), sites: siteNames(args), replication: replicationOf(args) };
    super(componentTypes.globalDatabase, name, stated, rest);

    if (args.mode === "dynamodb") {
      const { sites, table = {} } = args;
      this.table = createGlobalTable(this, name, { identity, sites, table, deletionProtection });
      this.endpoints = {};
    } else {
      const { sites, database = {} } = args;
      const aurora = createAurora(this, name, { identity, sites, database, deletionProtection });
      this.cluster = aurora.global;
      this.endpoints = aurora.endpoints;
    }
    for (const follower of followers) createFollower(this, name, identity, follower, clusters[follower.site.name]);
    this.registerOutputs(stated);
  }
}

/** All mistakes in the arguments. */
function globalDatabaseMistakes(name: string, args: GlobalDatabaseArgs): readonly Mistake[] {
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
    ...(args.mode === "aurora"
      ? outsideRange("DPX215", name, "database.instances", args.database?.instances ?? 2, 2, 15)
      : tableMistakes(name, args.sites, args.table ?? {})),
  ];
}

function providersMissing(
  name: string,
  { followers = [] }: GlobalDatabaseArgs,
  clusters: Readonly<Record<string, unknown>>,
): readonly Mistake[] {
  return followers
    .filter(({ site }) => clusters[site.name] === undefined)
    .map(({ site }) =>
      argumentMistake(
        "DPX235",
        name,
        `The options name no provider of the cluster in "${site.name}".`,
        "Give it by `clusters`.",
      ),
    );
}

function siteNames(args: GlobalDatabaseArgs): readonly string[] {
  const regions = args.mode === "dynamodb" ? args.sites : args.sites.map(({ site }) => site);
  return [...regions, ...(args.followers ?? []).map(({ site }) => site)].map(({ name }) => name);
}

function replicationOf(args: GlobalDatabaseArgs): PublishedReplication {
  const isStrong = args.mode === "dynamodb" && args.table?.consistency === "strong";
  const followed = (args.followers ?? []).length > 0;
  return {
    mode: isStrong && !followed ? "synchronous" : "asynchronous",
    rpoSeconds: followed ? followerRpoSeconds : isStrong ? 0 : regionalRpoSeconds,
    multiWriter: args.mode === "dynamodb",
  };
}
