/** The store behind a service: which component, in which places. */
import type * as dynamodb from "@pulumi/aws/dynamodb";
import type * as pulumi from "@pulumi/pulumi";
import type { DataSpec, ServiceSpec } from "../../estate";
import { GlobalDatabase } from "./globalDatabase";
import type { ServiceIdentity } from "../common/identity";
import { cloudOf, facilityOf } from "../estate/place";
import { ReplicatedBucket } from "./replicatedBucket";
import type { Site } from "../estate/site";

export interface ServiceStoreArgs {
  readonly service: ServiceSpec;
  readonly sites: ReadonlyMap<string, Site>;
  readonly deletionProtection?: boolean;
  readonly followerImage: string;
}

export interface ServiceStore {
  /** Table that the service's role may use. */
  readonly table?: dynamodb.Table;
}

/** The store as a service of its own. */
export function storeIdentity({ name, tier, owner, runbook, objectives }: ServiceSpec): ServiceIdentity {
  return { service: `${name}-data`, tier, layer: "store", owner, runbook, objectives };
}

/** Creates the store that the service asks for, if any. */
export function createServiceStore(parent: pulumi.ComponentResource, args: ServiceStoreArgs): ServiceStore {
  const { data } = args.service;
  return data ? create(parent, args, data) : {};
}

function create(parent: pulumi.ComponentResource, args: ServiceStoreArgs, data: DataSpec): ServiceStore {
  const { service, sites, deletionProtection } = args;
  const identity = storeIdentity(service);
  const name = identity.service;
  const places = data.sites.map((site) => cloudOf(sites, site));
  const records = places.map((place) => place.site);
  const followers = data.followers.map((site) => {
    const { component, provider, site: record } = facilityOf(sites, site);
    const priorityClass = component.priorityClass(service.tier);
    return { site: record, provider, image: args.followerImage, priorityClass };
  });
  const common = { identity, followers, deletionProtection };
  switch (data.store) {
    case "dynamodb":
      return new GlobalDatabase(name, { mode: "dynamodb", ...common, sites: records }, { parent });
    case "aurora": {
      const regions = places.map(({ site, network }) => {
        if (!network) throw new Error(`Site ${site.name} was created without the network that ${name} needs.`);
        return { site, network };
      });
      return new GlobalDatabase(name, { mode: "aurora", ...common, sites: regions }, { parent });
    }
    case "bucket":
      new ReplicatedBucket(name, { identity, sites: records, deletionProtection }, { parent });
      return {};
    default:
      return unexpected(data.store);
  }
}

function unexpected(store: never): never {
  throw new Error(`There is no store of kind ${String(store)}.`);
}
