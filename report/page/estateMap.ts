/** The estate as a map: which places there are, what runs in each, and what several of them share. */
import { listsBy } from "../../lib/lists";
import { by } from "../../lib/order";
import type { DomainId, DomainKind, Estate, FailureDomain } from "../../model";
import { domainsById, fateOf } from "../../policies/evidence/read";
import { placeOf } from "../../survival";
import { byTierThenName } from "../check/survivalTable";

export interface EstateMap {
  /** Sorted by name; places outside of any region are in the last. */
  readonly regions: readonly MapRegion[];
  /** What more than one place hangs on, by kind, then by name. */
  readonly shared: readonly SharedDomain[];
}

export interface MapRegion {
  /** Undefined for places that stand in no region. */
  readonly name: string | undefined;
  readonly places: readonly MapPlace[];
}

export interface MapPlace {
  readonly id: DomainId;
  readonly kind: DomainKind;
  readonly name: string;
  /** Services that serve from here or stand by here, by tier, then by name. */
  readonly services: readonly string[];
}

export interface SharedDomain {
  readonly id: DomainId;
  readonly kind: DomainKind;
  readonly name: string;
  /** Places that fall with it alone. Sorted. */
  readonly alone: readonly DomainId[];
  /** Places that fall with it only if their other sources fall too. Sorted. */
  readonly oneOfSeveral: readonly DomainId[];
}

/** What places share; a region is the frame around them, and an account has no place. */
const sharedKinds: readonly DomainKind[] = ["power", "carrier", "operator", "hazard"];

export function estateMap(estate: Estate): EstateMap {
  const places = placesOf(estate);
  const domains = domainsById(estate);
  const regions = listsBy(places, ({ id }) => regionOf(id, domains));
  const named = [...regions].sort(by(([name]) => (name === undefined ? "\uffff" : name)));
  return {
    regions: named.map(([name, those]) => ({ name, places: those })),
    shared: sharedKinds.flatMap((kind) => sharedOf(kind, places, estate)),
  };
}

function placesOf(estate: Estate): readonly MapPlace[] {
  const standing = new Map<DomainId, Set<string>>();
  const inOrder = [...estate.services].sort(byTierThenName);
  for (const { id, replicas } of inOrder) {
    for (const replica of replicas) {
      const place = replica.role === "backup" ? undefined : placeOf(replica);
      if (place === undefined) continue;
      const services = standing.get(place) ?? new Set();
      standing.set(place, services.add(id));
    }
  }
  return estate.domains
    .filter(({ id, kind }) => standing.has(id) || kind === "facility")
    .map(({ id, kind, name }) => ({ id, kind, name, services: [...(standing.get(id) ?? [])] }))
    .sort(by(({ id }) => id));
}

function regionOf(id: DomainId, domains: ReadonlyMap<DomainId, FailureDomain>): string | undefined {
  const domain = domains.get(id);
  if (domain?.kind === "region") return domain.name;
  return domain?.within.map((outer) => domains.get(outer)).find((outer) => outer?.kind === "region")?.name;
}

function sharedOf(kind: DomainKind, places: readonly MapPlace[], estate: Estate): readonly SharedDomain[] {
  const ties = places.map(({ id }) => ({ id, ...tiesOf(id, domainsById(estate)) }));
  return estate.domains
    .filter((domain) => domain.kind === kind)
    .map(({ id, name }) => ({
      ...{ id, kind, name },
      alone: ties.filter(({ alone }) => alone.has(id)).map((one) => one.id),
      oneOfSeveral: ties.filter(({ alone, several }) => several.has(id) && !alone.has(id)).map((one) => one.id),
    }))
    .filter(({ alone, oneOfSeveral }) => alone.length + oneOfSeveral.length > 1)
    .sort(by(({ name }) => name));
}

interface Ties {
  readonly alone: ReadonlySet<DomainId>;
  readonly several: ReadonlySet<DomainId>;
}

/** What a place hangs on, directly or by what it stands in. */
function tiesOf(place: DomainId, domains: ReadonlyMap<DomainId, FailureDomain>): Ties {
  const alone = fateOf(domains, [place]);
  const groups = [...alone].flatMap((id) => domains.get(id)?.suppliedBy ?? []);
  return { alone, several: new Set(groups.filter((group) => group.length > 1).flat()) };
}
