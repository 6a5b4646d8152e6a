/** Small questions about an estate that many policies ask. */
import { reachable, shortestPath } from "../../lib/graph";
import { addTo, listsBy } from "../../lib/lists";
import { memoize } from "../../lib/memo";
import {
  acceptanceOf,
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
import type { Survival } from "../../survival";
import type { PolicyContext } from "../policy";

const ownOf = memoize(({ services }: Estate): readonly Service[] => services.filter(({ layer }) => layer !== "vendor"));

/** Services of the stack itself: a vendor's service is judged through those that depend on it. */
export function ownServices({ estate }: PolicyContext): readonly Service[] {
  return ownOf(estate);
}

/** Services that keep data which nobody could make anew. */
export function stores(context: PolicyContext): readonly Service[] {
  return context.estate.services.filter((service) => service.layer === "store");
}

export function requirementOf(context: PolicyContext, service: Service): TierRequirement {
  return context.requirements[service.tier];
}

/** Finds services by id; built once for each estate, for a policy may ask for every service of it. */
export const servicesById = memoize(
  ({ services }: Estate): ReadonlyMap<ServiceId, Service> => new Map(services.map((service) => [service.id, service])),
);

/** Resources of the replicas, then all others of the service; at least one where the service has any. */
export function urnsOf(service: Service): readonly Urn[] {
  const replicas = [...new Set(service.replicas.map((replica) => replica.urn))].sort();
  return replicas.length > 0 ? replicas : service.urns;
}

/** The domains of some kinds among others, by kind: sorted out once for each two lists. */
const domainsOfKinds = memoize((domains: readonly DomainId[]) =>
  memoize((kinds: readonly DomainKind[]): readonly DomainId[] =>
    kinds.flatMap((kind) => domains.filter((id) => kindOf(id) === kind)),
  ),
);

/**
 * Domains of the kinds that the tier names, of which the loss of one can matter to the service: by kind, in the order
 * of the kinds. Sorted out once for all services that stand in the same places.
 */
export function singleLosses(context: PolicyContext, service: Service): readonly DomainId[] {
  const relevant = context.survival.relevantDomains(service.id);
  return unaccepted(context, service, domainsOfKinds(relevant)(requirementOf(context, service).surviveOne));
}

/** Without the losses that the estate accepts: those the policies on concentration tell, and no other. */
export function unaccepted(
  { estate, today }: PolicyContext,
  service: Service,
  domains: readonly DomainId[],
): readonly DomainId[] {
  if (estate.acceptedLosses === undefined) return domains;
  return domains.filter((id) => acceptanceOf(estate.acceptedLosses, service.id, [id], today) === undefined);
}

/** Normal operation, and each of those losses. */
export function normalAndLosses(context: PolicyContext, service: Service): readonly (readonly DomainId[])[] {
  return [[], ...singleLosses(context, service).map((id) => [id])];
}

type FactsByKind = { readonly [K in FactKind]?: readonly Extract<Fact, { kind: K }>[] };

const factsByKind = memoize(({ facts }: Estate): FactsByKind => Object.fromEntries(listsBy(facts, ({ kind }) => kind)));

/** Facts of one kind, typed; parted once for each estate, for a policy may ask with every workload. */
export function factsOf<K extends FactKind>(estate: Estate, kind: K): readonly Extract<Fact, { kind: K }>[] {
  return factsByKind(estate)[kind] ?? [];
}

/** Dependencies that must be up for the service to serve, or to start. */
export function needs(service: Service): readonly Dependency[] {
  return service.dependencies.filter((dependency) => dependency.strength !== "soft");
}

/** A domain and everything that it fails with: what it stands within, and a supply that has no second source. */
export function fateOf(domains: ReadonlyMap<DomainId, FailureDomain>, start: readonly DomainId[]): Set<DomainId> {
  return reachable(start, (id) => {
    const { within = [], suppliedBy = [] } = domains.get(id) ?? {};
    return [...within, ...suppliedBy.filter((group) => group.length === 1).flat()];
  });
}

/** Finds domains by id; built once for each estate, for a policy asks for them with every service. */
export const domainsById = memoize(
  ({ domains }: Estate): ReadonlyMap<DomainId, FailureDomain> => new Map(domains.map((domain) => [domain.id, domain])),
);

interface BoundObjectives {
  readonly of: Service;
  readonly objectives: Objectives;
}

const boundBy = memoize((survival: Survival): ReadonlyMap<ServiceId, readonly BoundObjectives[]> => {
  const lists = new Map<ServiceId, BoundObjectives[]>();
  for (const dependent of survival.estate.services) {
    const { objectives } = dependent;
    if (objectives === undefined) continue;
    for (const id of survival.closure(dependent.id)) addTo(lists, id, { of: dependent, objectives });
  }
  return lists;
});

/** Objectives of a service and of all that need it: data behind a service is bound by that service's promise. */
export function boundObjectives({ survival }: PolicyContext, service: Service): readonly BoundObjectives[] {
  return boundBy(survival).get(service.id) ?? [];
}

/** Shortest chain of needs from a service to the one that limits it: the weakest edge is its last. */
export function pathTo(estate: Estate, from: ServiceId, to: ServiceId): readonly ServiceId[] {
  const services = servicesById(estate);
  const needed = (id: ServiceId) => (services.get(id)?.dependencies ?? []).flatMap(({ anyOf }) => anyOf).sort();
  return shortestPath(from, to, needed) ?? [from, to];
}
