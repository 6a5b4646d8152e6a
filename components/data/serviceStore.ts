/** The store behind a service, and how the service's units reach it from each site: by name, by right and by port. */
import type * as dynamodb from "@pulumi/aws/dynamodb";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { DataSpec, ServiceSpec } from "../../estate";
import type { CloudSite } from "../../model";
import type { ServiceIdentity } from "../common/identity";
import { type CloudPlace, type Places, cloudOf, facilityOf } from "../estate/place";
import type { Grant, Reach } from "../service/args";
import { variableOf } from "../wiring/names";
import type { DatabaseEndpoint } from "./auroraGlobal";
import { type ClusterOptions, GlobalDatabase } from "./globalDatabase";
import { tableArnIn } from "./globalTable";
import { ReplicatedBucket } from "./replicatedBucket";

export interface ServiceStoreArgs {
  readonly service: ServiceSpec;
  readonly places: Places;
  readonly deletionProtection?: boolean;
  readonly followerImage: string;
}

/** How units of one site reach the data. */
export interface StoreAccess {
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly grants: readonly Grant[];
  /** Ports inside of the site's own network. */
  readonly reaches: readonly Reach[];
  /** Region that is called first; undefined where nothing of AWS is called by its API. */
  readonly region?: string;
}

/** Access from each site; from a facility with no place of its own in AWS. */
export type ServiceStore = (place: CloudPlace | undefined) => StoreAccess;

const noAccess: StoreAccess = { environment: {}, grants: [], reaches: [] };

/** The store as a service of its own. */
export function storeIdentity({ name, tier, owner, runbook, objectives }: ServiceSpec): ServiceIdentity {
  return { service: `${name}-data`, tier, layer: "store", owner, runbook, objectives };
}

/** Creates the store that the service asks for, if any. */
export function createServiceStore(args: ServiceStoreArgs, options: ClusterOptions): ServiceStore {
  const { data } = args.service;
  return data ? create(args, data, options) : () => noAccess;
}

function create(args: ServiceStoreArgs, data: DataSpec, options: ClusterOptions): ServiceStore {
  const { service, places, deletionProtection } = args;
  const identity = storeIdentity(service);
  const name = identity.service;
  const regions = data.sites.map((site) => cloudOf(places, site));
  const sites = regions.map(({ site }) => site);
  const followers = data.followers.map((follower) => {
    const { site, priorityClasses } = facilityOf(places, follower);
    return { site, image: args.followerImage, priorityClass: priorityClasses[service.tier] ?? "" };
  });
  const common = { identity, followers, deletionProtection };
  switch (data.store) {
    case "dynamodb": {
      const witness = data.table?.witness === undefined ? undefined : cloudOf(places, data.table.witness).site;
      const said = { ...data.table, witness };
      const { table } = new GlobalDatabase(name, { mode: "dynamodb", ...common, sites, table: said }, options);
      if (!table) throw new Error(`${name} was made without its table.`);
      return (place) => tableAccess(table, inOrder(sites, place), place);
    }
    case "aurora": {
      const placed = regions.map(({ site, network }) => {
        if (!network) throw new Error(`Site ${site.name} was created without the network that ${name} needs.`);
        return { site, network };
      });
      const { endpoints } = new GlobalDatabase(
        name,
        { mode: "aurora", ...common, sites: placed, database: data.database },
        options,
      );
      return (place) => databaseAccess(place && endpoints[place.site.name]);
    }
    case "bucket": {
      const { buckets } = new ReplicatedBucket(name, { identity, sites, deletionProtection }, options);
      return (place) => bucketAccess(buckets, inOrder(sites, place));
    }
    default:
      return data.store satisfies never;
  }
}

/**
 * Regions to call: a site's own alone, for it stands or falls with it; from elsewhere all of them, the first one first.
 */
function inOrder(sites: readonly CloudSite[], place: CloudPlace | undefined): readonly CloudSite[] {
  const own = sites.filter((site) => site.name === place?.site.name);
  return own.length > 0 ? own : sites;
}

const variable = (what: string) => variableOf("data", what);

function regionVariables([first, ...others]: readonly CloudSite[]) {
  return {
    [variable("REGION")]: first?.region ?? "",
    ...(others.length === 0 ? {} : { [variable("FALLBACK_REGIONS")]: others.map(({ region }) => region).join(",") }),
  };
}

const tableActions = [
  ...["BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "DescribeTable"],
  ...["GetItem", "PutItem", "Query", "Scan", "UpdateItem"],
].map((action) => `dynamodb:${action}`);

function tableAccess(table: dynamodb.Table, regions: readonly CloudSite[], place: CloudPlace | undefined): StoreAccess {
  const arns = regions.map(({ region }) => tableArnIn(table, region));
  const own = regions.some((site) => site.name === place?.site.name);
  const prefixListId = place?.network?.prefixListIds?.["dynamodb"];
  return {
    environment: { [variable("TABLE")]: table.name, ...regionVariables(regions) },
    grants: [
      {
        name: "table",
        actions: tableActions,
        // An index is a resource of its own.
        resources: arns.flatMap((arn) => [arn, pulumi.interpolate`${arn}/index/*`]),
      },
    ],
    reaches: own && prefixListId !== undefined ? [{ name: "dynamodb", port: 443, prefixListId }] : [],
    region: regions[0]?.region,
  };
}

function databaseAccess(endpoint: DatabaseEndpoint | undefined): StoreAccess {
  if (!endpoint) return noAccess;
  return {
    environment: {
      // As libpq and the drivers after it take several hosts: the first that answers.
      [variable("WRITER_HOSTS")]: pulumi.all([...endpoint.writerHosts]).apply((hosts) => hosts.join(",")),
      [variable("READER_HOST")]: endpoint.readerHost,
      [variable("PORT")]: String(endpoint.port),
      [variable("NAME")]: endpoint.databaseName,
      [variable("USER")]: endpoint.user,
      // No password: a token of the unit's role, as the SDKs of AWS make one.
      [variable("LOGIN")]: "iam",
    },
    grants: [{ name: "database", actions: ["rds-db:connect"], resources: [endpoint.userArn] }],
    reaches: [{ name: "database", port: endpoint.port, securityGroupId: endpoint.securityGroupId }],
  };
}

function bucketAccess(buckets: Readonly<Record<string, s3.Bucket>>, regions: readonly CloudSite[]): StoreAccess {
  const used = regions.flatMap(({ name }) => buckets[name] ?? []);
  const [first, ...others] = used;
  return {
    environment: {
      [variable("BUCKET")]: first?.bucket ?? "",
      ...(others.length === 0
        ? {}
        : {
            [variable("FALLBACK_BUCKETS")]: pulumi
              .all(others.map(({ bucket }) => bucket))
              .apply((names) => names.join(",")),
          }),
      ...regionVariables(regions),
    },
    grants: [
      { name: "bucket", actions: ["s3:ListBucket"], resources: used.map(({ arn }) => arn) },
      {
        name: "objects",
        actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        resources: used.map(({ arn }) => pulumi.interpolate`${arn}/*`),
      },
    ],
    // The network's way to S3 is open to every unit, for its image.
    reaches: [],
    region: regions[0]?.region,
  };
}
