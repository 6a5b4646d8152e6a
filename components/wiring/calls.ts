/**
 * Whom a service calls in each of its sites, and by which way: computed from what is declared, before anything is made.
 * In each site it calls the instance of its own site: what runs there hangs on no other. Pure.
 */
import type { DependencySpec, EstateSpec, ServiceSpec } from "../../estate";
import { namespaceOf } from "../kubernetes/namespace";
import { publicName, sharedName, siteName, variableOf } from "./names";

interface CallBase {
  /** The service or vendor that is called. */
  readonly name: string;
  /** Address that the unit is told; undefined for a vendor that gives none. */
  readonly url?: string;
}

/** Inside of the caller's cluster. */
export interface ClusterWay extends CallBase {
  readonly way: "cluster";
  readonly namespace: string;
  readonly port: number;
}

/** Inside of the caller's network. */
export interface NetworkWay extends CallBase {
  readonly way: "network";
}

/** To the networks of other cloud sites, by a private way. */
export interface PeeringWay extends CallBase {
  readonly way: "peering";
  readonly sites: readonly string[];
}

/** To the public entrances of other sites. */
export interface InternetWay extends CallBase {
  readonly way: "internet";
}

/** To a third party, whose addresses nobody knows beforehand. */
export interface VendorWay extends CallBase {
  readonly way: "vendor";
}

export type Call = ClusterWay | NetworkWay | PeeringWay | InternetWay | VendorWay;

type Estate = Pick<EstateSpec, "services" | "vendors" | "sites" | "dns">;

/** The calls of a service in one of its sites; those for which there is no way are refused with the configuration. */
export function callsOf(estate: Estate, service: ServiceSpec, site: string): readonly Call[] {
  const names = new Set(service.dependencies.flatMap(({ anyOf }: DependencySpec) => anyOf));
  return [...names].sort().flatMap((name) => callOf(estate, name, site) ?? []);
}

function callOf(estate: Estate, name: string, from: string): Call | undefined {
  const vendor = estate.vendors.find((one) => one.name === name);
  if (vendor) return { way: "vendor", name, ...(vendor.url === undefined ? {} : { url: vendor.url }) };
  const callee = estate.services.find((one) => one.name === name);
  if (!callee || callee.kind === "worker") return undefined;
  const { domain } = estate.dns;
  const kindOf = (site: string) => estate.sites.find((one) => one.name === site)?.kind;
  if (callee.sites.includes(from)) {
    if (kindOf(from) === "facility") {
      const namespace = namespaceOf(name);
      return {
        way: "cluster",
        name,
        namespace,
        port: callee.port,
        url: `http://${name}.${namespace}.svc.cluster.local`,
      };
    }
    const host = callee.kind === "internal" ? sharedName(name, domain) : siteName(name, from, domain);
    return { way: "network", name, url: `https://${host}` };
  }
  if (callee.kind === "public") return { way: "internet", name, url: `https://${publicName(name, domain)}` };
  const sites = callee.sites.filter((site) => kindOf(site) === "cloud");
  if (kindOf(from) !== "cloud" || sites.length === 0) return undefined;
  return { way: "peering", name, sites, url: `https://${sharedName(name, domain)}` };
}

/** Variables in which the unit finds whom it calls. */
export function callVariables(calls: readonly Call[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    calls.flatMap(({ name, url }) => (url === undefined ? [] : [[variableOf(name, "URL"), url]])),
  );
}

/** Services that call this one from inside of a facility's cluster, by their namespaces. */
export function callersIn(estate: Estate, service: string, site: string): readonly string[] {
  return estate.services
    .filter((caller) => caller.sites.includes(site))
    .filter((caller) => callsOf(estate, caller, site).some((call) => call.way === "cluster" && call.name === service))
    .map((caller) => namespaceOf(caller.name));
}

/** Pairs of cloud sites between which a call must cross, each once, in the order of their names. */
export function crossings(estate: Estate): readonly (readonly [from: string, to: string])[] {
  const pairs = estate.services.flatMap((service) =>
    service.sites.flatMap((site) =>
      callsOf(estate, service, site).flatMap((call) =>
        call.way === "peering" ? call.sites.map((to) => [site, to].sort() as [string, string]) : [],
      ),
    ),
  );
  const seen = new Map(pairs.map((pair) => [pair.join(" "), pair]));
  return [...seen.values()].sort(([a, b], [c, d]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1));
}
