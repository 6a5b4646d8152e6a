/** Proxies: a pool of connections before a database, in the zones of its own subnets. */
import { unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { field, propertyPath } from "../../values";
import { named, placeInZones } from "../placing";
import { instanceTypes } from "./common";
import { aurora } from "./families";

const proxyTypes = ["aws:rds/proxy:Proxy"] as const;

/** Whoever goes by it needs it as much as the database, so it is a service of its own between the two. */
export const proxies: Reader = {
  gives: "connections kept in the zones of its subnets",
  types: proxyTypes,
  read(resource, into, context) {
    const zones =
      context.aws.zonesOfSubnets(resource, "vpcSubnetIds", field(resource.properties, "vpcSubnetIds")) ??
      unknown<readonly DomainId[]>(propertyPath(resource, "vpcSubnetIds"));
    placeInZones(resource, { layer: "cache", sharing: "companion", zones }, into, context);
  },
};

export const proxyTargets: Reader = {
  gives: "the database that a proxy needs",
  types: ["aws:rds/proxyTarget:ProxyTarget"],
  read(resource, into, context) {
    const proxy = named(resource, "dbProxyName", proxyTypes, context);
    if (proxy === undefined) return;
    const targets = [
      ["dbClusterIdentifier", aurora.clusters],
      ["dbInstanceIdentifier", instanceTypes],
    ] as const;
    for (const [property, types] of targets) {
      const database = named(resource, property, types, context);
      if (database !== undefined) into.depend(proxy.urn, database.urn, "hard", property);
    }
  },
};
