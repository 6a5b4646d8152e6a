/** Small questions about an estate that many policies ask. */
import {
  kindOf,
  type Dependency,
  type DomainId,
  type DomainKind,
  type Estate,
  type Fact,
  type FactKind,
  type FailureDomain,
  type Objectives,
  type Service,
  type ServiceId,
  type TierRequirement,
  type Urn,
} from "../../model";
import { type Survival } from "../../survival";
import type { PolicyContext } from "../policy";
import { addTo, listsBy } from "../../lib/lists";

/** Services of the stack itself: a vendor's service is judged through those that depend on it. */
export function ownServices({ estate }: PolicyContext): readonly Service[] {
  let own = ownLists.get(estate);
  if (own === undefined) ownLists.set(estate, (own = estate.services.filter(({ layer }) => layer !== "vendor")));
  return own;
}

const ownLists = new WeakMap<Estate, readonly Service[]>();

/** Services that keep data which nobody could make anew. */
export function stores(context: PolicyContext): readonly Service[] {
  return context.estate.services.filter((service) => service.layer === "store");
}

export function requirementOf(context: PolicyContext, service: Service): TierRequirement {
  return context.requirements[service.tier];
}

const indexes = new WeakMap<Estate, ReadonlyMap<ServiceId, Service>>();

/** Finds services by id; built once for each estate, for a policy may ask for every service of it. */
export function servicesById(estate: Estate): ReadonlyMap<ServiceId, Service> {
  let index = indexes.get(estate);
  if (index === undefined) {
    indexes.set(estate, (index = new Map(estate.services.map((service) => [service.id, service]))));
  }
  return index;
}

/** Resources of the replicas, then all others of the service; at least one where the service has any. */
export function urnsOf(service: Service): readonly Urn[] {
  const replicas = [...new Set(service.replicas.map((replica) => replica.urn))].sort();
  return replicas.length > 0 ? replicas : service.urns;
}

const lossesOf = new WeakMap<readonly DomainId[], Map<readonly DomainKind[], readonly DomainId[]>>();

/**
 * Domains of the kinds that the tier names, of which the loss of one can matter to the service: by kind, in the order of
 * the kinds. Sorted out once for all services that stand in the same places.
 */
export function singleLosses(context: PolicyContext, service: Service): readonly DomainId[] {
  const relevant = context.survival.relevantDomains(service.id);
  const kinds = requirementOf(context, service).surviveOne;
  let byKinds = lossesOf.get(relevant);
  if (byKinds === undefined) lossesOf.set(relevant, (byKinds = new Map<readonly DomainKind[], readonly DomainId[]>()));
  let losses = byKinds.get(kinds);
  if (losses === undefined) {
    losses = kinds.flatMap((kind) => relevant.filter((id) => kindOf(id) === kind));
    byKinds.set(kinds, losses);
  }
  return losses;
}

/** Normal operation, and each of those losses. */
export function normalAndLosses(context: PolicyContext, service: Service): readonly (readonly DomainId[])[] {
  return [[], ...singleLosses(context, service).map((id) => [id])];
}

type FactsByKind = { readonly [K in FactKind]?: readonly Extract<Fact, { kind: K }>[] };

const factsByKind = new WeakMap<Estate, FactsByKind>();

/** Facts of one kind, typed; parted once for each estate, for a policy may ask with every workload. */
export function factsOf<K extends FactKind>(estate: Estate, kind: K): readonly Extract<Fact, { kind: K }>[] {
  let known = factsByKind.get(estate);
  if (known === undefined)
    factsByKind.set(estate, (known = Object.fromEntries(listsBy(estate.facts, ({ kind }) => kind))));
  return known[kind] ?? [];
}

/** Dependencies that must be up for the service to serve, or to start. */
export function needs(service: Service): readonly Dependency[] {
  return service.dependencies.filter((dependency) => dependency.strength !== "soft");
}

/** A domain and everything that it fails with: what it stands within, and a supply that has no second source. */
export function fateOf(domains: ReadonlyMap<DomainId, FailureDomain>, start: readonly DomainId[]): Set<DomainId> {
  const fate = new Set<DomainId>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (fate.has(id)) continue;
    fate.add(id);
    const domain = domains.get(id);
    if (!domain) continue;
    open.push(...domain.within, ...domain.suppliedBy.filter((group) => group.length === 1).flat());
  }
  return fate;
}

const domainIndexes = new WeakMap<Estate, ReadonlyMap<DomainId, FailureDomain>>();

/** Finds domains by id; built once for each estate, for a policy asks for them with every service. */
export function domainsById(estate: Estate): ReadonlyMap<DomainId, FailureDomain> {
  let index = domainIndexes.get(estate);
  if (index === undefined) {
    domainIndexes.set(estate, (index = new Map(estate.domains.map((domain) => [domain.id, domain]))));
  }
  return index;
}

interface BoundObjectives {
  readonly of: Service;
  readonly objectives: Objectives;
}

const boundBy = new WeakMap<Survival, ReadonlyMap<ServiceId, readonly BoundObjectives[]>>();

/** Objectives of a service and of all that need it: data behind a service is bound by that service's promise. */
export function boundObjectives({ estate, survival }: PolicyContext, service: Service): readonly BoundObjectives[] {
  let index = boundBy.get(survival);
  if (index === undefined) {
    const lists = new Map<ServiceId, BoundObjectives[]>();
    for (const dependent of estate.services) {
      const { objectives } = dependent;
      if (objectives === undefined) continue;
      for (const id of survival.closure(dependent.id)) {
        const bound = { of: dependent, objectives };
        addTo(lists, id, bound);
      }
    }
    boundBy.set(survival, (index = lists));
  }
  return index.get(service.id) ?? [];
}

/** Shortest chain of needs from a service to the one that limits it: the weakest edge is its last. */
export function pathTo(estate: Estate, from: ServiceId, to: ServiceId): readonly ServiceId[] {
  const services = servicesById(estate);
  const cameFrom = new Map<ServiceId, ServiceId | undefined>([[from, undefined]]);
  const open: ServiceId[] = [from];
  for (let id = open.shift(); id !== undefined && !cameFrom.has(to); id = open.shift()) {
    const next = (services.get(id)?.dependencies ?? []).flatMap((dependency) => dependency.anyOf);
    for (const member of [...next].sort()) {
      if (cameFrom.has(member)) continue;
      cameFrom.set(member, id);
      open.push(member);
    }
  }
  const path: ServiceId[] = [];
  for (let id: ServiceId | undefined = to; id !== undefined; id = cameFrom.get(id)) path.unshift(id);
  return path[0] === from ? path : [from, to];
}
