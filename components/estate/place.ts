/** A site with what is needed to create something in it, told apart by its kind. */
import type * as k8s from "@pulumi/kubernetes";
import { type CloudSite, type FacilitySite, UserError, stretchedClusterOf } from "../../model";
import { argumentMistake } from "../common/refuse";
import type { Site } from "./site";
import type { SiteNetwork } from "../network/siteNetwork";

export interface FacilityPlace {
  readonly kind: "facility";
  readonly site: FacilitySite;
  readonly component: Site;
  readonly provider: k8s.Provider;
  /** Buildings over which the pods spread: more than one where a stretched cluster stands for all of its sites. */
  readonly over: readonly FacilitySite[];
}

export interface CloudPlace {
  readonly kind: "cloud";
  readonly site: CloudSite;
  readonly component: Site;
  /** Undefined where the site was made without one. */
  readonly network?: SiteNetwork;
}

export type Place = FacilityPlace | CloudPlace;

/** The place of a name. */
export function placeOf(sites: ReadonlyMap<string, Site>, name: string): Place {
  const component = sites.get(name);
  if (!component) {
    const known = [...sites.keys()].sort().join(", ") || "none";
    throw new UserError([
      argumentMistake("DPX222", name, `The site "${name}" has not been created.`, `Created are: ${known}.`),
    ]);
  }
  const { record, provider, network } = component;
  if (record.kind === "cloud") return { kind: "cloud", site: record, component, network };
  if (!provider) throw new Error(`Facility ${name} was created without a provider.`);
  return { kind: "facility", site: record, component, provider, over: [record] };
}

/** The facility of a name; refuses a cloud site. */
export function facilityOf(sites: ReadonlyMap<string, Site>, name: string): FacilityPlace {
  const place = placeOf(sites, name);
  if (place.kind === "facility") return place;
  throw new UserError([
    argumentMistake("DPX223", name, `The site "${name}" must be a facility, but is a cloud site.`, "Name a facility."),
  ]);
}

/** The cloud site of a name; refuses a facility. */
export function cloudOf(sites: ReadonlyMap<string, Site>, name: string): CloudPlace {
  const place = placeOf(sites, name);
  if (place.kind === "cloud") return place;
  throw new UserError([
    argumentMistake("DPX223", name, `The site "${name}" must be a cloud site, but is a facility.`, "Name a region."),
  ]);
}

/** Places with what stands in each of them, in which the sites of a stretched cluster have become one, named for it. */
export function byCluster<T extends { readonly place: Place; readonly units: number; readonly reserveUnits: number }>(
  placed: readonly T[],
): readonly T[] {
  return placed.flatMap((one) => {
    const cluster = stretchedClusterOf(one.place.site);
    if (cluster === undefined || one.place.kind !== "facility") return [one];
    const members = placed.filter(({ place }) => stretchedClusterOf(place.site) === cluster);
    if (members[0] !== one) return [];
    if (members.length < 2) return [one];
    const over = members.flatMap(({ place }) => (place.kind === "facility" ? [place.site] : []));
    const sum = (count: (member: T) => number) => members.reduce((total, member) => total + count(member), 0);
    return [
      {
        ...one,
        place: { ...one.place, site: { ...one.place.site, name: cluster }, over },
        units: sum(({ units }) => units),
        reserveUnits: sum(({ reserveUnits }) => reserveUnits),
      },
    ];
  });
}
