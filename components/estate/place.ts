/** A site as a service takes it: its record, and what was made there before, as plain values. */
import type * as pulumi from "@pulumi/pulumi";
import { type CloudSiteSpec, type FacilitySiteSpec, type SiteSpec } from "../../estate";
import { type FacilitySite, type Site, UserError, stretchedClusterOf } from "../../model";
import { argumentMistake } from "../common/refuse";
import type { PriorityOf } from "../kubernetes/cluster";
import type { Network } from "../network/network";

export interface FacilityPlace {
  readonly kind: "facility";
  readonly site: FacilitySiteSpec;
  /** Names of the cluster's priority classes. */
  readonly priorityClasses: Readonly<Partial<Record<PriorityOf, pulumi.Input<string>>>>;
  /** Provider by which AWS trusts the cluster's tokens. @default AWS knows none of its pods */
  readonly tokenProviderArn?: pulumi.Input<string>;
}

export interface CloudPlace {
  readonly kind: "cloud";
  readonly site: CloudSiteSpec;
  /** @default the site was made without one */
  readonly network?: Network;
  /** Certificate for the names of the estate. @default none */
  readonly certificateArn?: pulumi.Input<string>;
}

export type Place = FacilityPlace | CloudPlace;

/** Places by the site's name. */
export type Places = Readonly<Record<string, Place>>;

/** A facility's place in which the sites of a stretched cluster have become one, named for it. */
export type ClusterPlace = FacilityPlace & {
  /** Buildings over which the pods spread: more than one where a stretched cluster stands for all of its sites. */
  readonly over: readonly FacilitySite[];
};

/** The place of a name. */
export function placeOf(places: Places, name: string): Place {
  const place = places[name];
  if (place) return place;
  const known = Object.keys(places).sort().join(", ") || "none";
  throw new UserError([
    argumentMistake("DPX222", name, `The site "${name}" has not been created.`, `Created are: ${known}.`),
  ]);
}

/** The facility of a name; refuses a cloud site. */
export function facilityOf(places: Places, name: string): FacilityPlace {
  const place = placeOf(places, name);
  if (place.kind === "facility") return place;
  throw new UserError([
    argumentMistake("DPX223", name, `The site "${name}" must be a facility, but is a cloud site.`, "Name a facility."),
  ]);
}

/** The cloud site of a name; refuses a facility. */
export function cloudOf(places: Places, name: string): CloudPlace {
  const place = placeOf(places, name);
  if (place.kind === "cloud") return place;
  throw new UserError([
    argumentMistake("DPX223", name, `The site "${name}" must be a cloud site, but is a facility.`, "Name a region."),
  ]);
}

interface Placed {
  readonly place: Place;
  readonly units: number;
  readonly reserveUnits: number;
}

export type InCluster<T extends Placed> = Omit<T, "place"> & { readonly place: ClusterPlace | CloudPlace };

/** Places with what stands in each of them, in which the sites of a stretched cluster have become one, named for it. */
export function byCluster<T extends Placed>(placed: readonly T[]): readonly InCluster<T>[] {
  return placed.flatMap((one): readonly InCluster<T>[] => {
    const { place } = one;
    if (place.kind === "cloud") return [{ ...one, place }];
    const cluster = stretchedClusterOf(place.site);
    const members = placed.filter((other) => cluster !== undefined && stretchedClusterOf(other.place.site) === cluster);
    if (cluster === undefined || members.length < 2) return [{ ...one, place: { ...place, over: [place.site] } }];
    if (members[0] !== one) return [];
    const over = members.flatMap((member) => (member.place.kind === "facility" ? [member.place.site] : []));
    const sum = (count: (member: T) => number) => members.reduce((total, member) => total + count(member), 0);
    return [
      {
        ...one,
        place: { ...place, site: { ...place.site, name: cluster }, over },
        units: sum(({ units }) => units),
        reserveUnits: sum(({ reserveUnits }) => reserveUnits),
      },
    ];
  });
}

/** What the catalogue holds of a site: nothing of how it is built. */
export function recordOf(site: SiteSpec): Site {
  if (site.kind === "cloud") {
    const { kind, name, region, zoneIds, operator, carriers, hazards } = site;
    return { kind, name, region, zoneIds, operator, carriers, hazards };
  }
  const { entrance: _entrance, oidcIssuer: _issuer, drained: _drained, ...record } = site;
  return record;
}
