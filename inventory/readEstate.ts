/** Resources of any source → the estate that survival and policies are computed from. */
import {
  mergeDomains,
  domainsOfSites,
  type Estate,
  type FailureDomain,
  type DomainId,
  kindOf,
  nameOf,
  type Service,
} from "../model";
import { namedNeeds } from "./assemble/afar";
import { acceptedLossesOf } from "./acceptedLosses";
import { exemptionWordsOf } from "./exemptionWords";
import { assemble } from "./assemble/services";
import { whereaboutsOf } from "./assemble/whereabouts";
import { claimsOf } from "./assemble/claims";
import { stateAccountsOfStores } from "./aws/accountFacts";
import { AwsPlaces } from "./aws/region";
import { poolsOfManagedCluster } from "./aws/containers/eks";
import { Draft } from "./draft";
import { Identities } from "./identity";
import { Clusters } from "./kubernetes/cluster/clusters";
import { unjudgedSettings } from "./ledger/unjudged";
import { isRelease } from "./kubernetes/registry";
import { isNothing } from "./nothing";
import type { InventoryOptions } from "./options";
import { readers } from "./readers";
import type { ReadContext, Reader } from "./reader";
import type { Resource } from "./resource";
import { facilityFacts, sitesOf } from "./sites";
import { Stack } from "./stack";
import { productsOf } from "./products";
import { byText } from "../lib/order";

/**
 * Reads the estate. The same resources in any order give the same estate.
 *
 * @throws UserError (DPX410) where an option names a site that is not in the catalogue
 */
export function readEstate(resources: readonly Resource[], options: InventoryOptions = {}): Estate {
  const stack = new Stack(resources);
  const sites = sitesOf(stack, options);
  const identities = new Identities(stack, options);
  const aws = new AwsPlaces(stack, sites);
  const clusters = new Clusters(stack, options, sites, (cluster) => poolsOfManagedCluster(cluster, aws, stack));
  const context: ReadContext = { stack, identities, aws, clusters };
  const draft = new Draft();
  readAll(draft, context);
  stateAccountsOfStores(draft, context);
  const claims = claimsOf(stack, draft, identities, options);
  const catalogued = domainsOfSites(sites);
  const where = whereaboutsOf([...catalogued, ...aws.domains, ...clusters.domains]);
  const named = namedNeeds(draft, context, sites, where);
  const { services, facts, domains } = assemble(draft, context, claims, sites, { named, where }, options);
  const acceptedLosses = acceptedLossesOf(stack, options);
  const exemptionWords = exemptionWordsOf(stack, identities);
  const described = [...catalogued, ...aws.domains, ...clusters.domains, ...domains];
  return {
    domains: mergeDomains([...described, ...onlyNamed(services), ...placesOf(facts), ...productsOf(services, sites)]),
    services,
    facts: [...facts, ...facilityFacts(sites, stack), ...unjudgedSettings(stack, identities, draft, services)].sort(
      (a, b) => byText(a.urn, b.urn) || byText(a.kind, b.kind),
    ),
    notJudged: [...draft.notJudged].sort((a, b) => byText(a.urn, b.urn) || byText(a.reason, b.reason)),
    ...(acceptedLosses.length === 0 ? {} : { acceptedLosses }),
    ...(exemptionWords.length === 0 ? {} : { exemptionWords }),
  };
}

function readAll(draft: Draft, context: ReadContext): void {
  const { stack } = context;
  const byType = new Map<string, Reader>(
    readers.flatMap((reader) => reader.types.map((type) => [type, reader] as const)),
  );
  const read: Resource[] = [];
  // By type: most of a large stack is of types that place nothing, which is asked once and not of every resource.
  for (const type of stack.types) {
    if (byType.has(type)) for (const resource of stack.ofType(type)) read.push(resource);
    else if (!isNothing(type)) skipAll(type, draft, stack);
  }
  read.sort((a, b) => byText(a.urn, b.urn));
  for (const resource of read) byType.get(resource.type)?.read(resource, draft, context);
}

function skipAll(type: string, draft: Draft, stack: Stack): void {
  for (const resource of unjudged(type, stack)) {
    if (!resource.custom) continue;
    draft.skip(resource, `No reader knows where a resource of type ${type} stands or what it holds.`);
  }
}

/** Of a Helm release a state holds the objects only where they have been made its children: then those are judged. */
function unjudged(type: string, stack: Stack): readonly Resource[] {
  const all = stack.ofType(type);
  if (!isRelease(type)) return all;
  const parents = new Set(stack.resources.map(({ parent }) => parent));
  return all.filter(({ urn }) => !parents.has(urn));
}

/** Domains that services name and nobody describes, such as a vendor. */
function onlyNamed(services: readonly Service[]): readonly FailureDomain[] {
  const ids = new Set<DomainId>();
  for (const service of services) {
    for (const { placement } of [...service.replicas, ...service.backups]) {
      if (placement.known) placement.value.forEach((id) => ids.add(id));
    }
    for (const { startNeeds } of service.replicas) startNeeds.forEach((id) => ids.add(id));
    for (const route of service.routes) {
      ids.add(route.provider);
      for (const { healthCheck } of route.targets) healthCheck?.observers.forEach((id) => ids.add(id));
    }
  }
  return [...ids].map(bare);
}

function placesOf(facts: Estate["facts"]): readonly FailureDomain[] {
  const placed = facts.flatMap((fact) =>
    (fact.kind === "reserve" || fact.kind === "egress") && fact.placement.known ? fact.placement.value : [],
  );
  const accounts = facts.flatMap((fact) => (fact.kind === "account" && fact.account.known ? [fact.account.value] : []));
  return [...new Set([...placed, ...accounts])].map(bare);
}

function bare(id: DomainId): FailureDomain {
  return { id, kind: kindOf(id), name: nameOf(id), within: [], suppliedBy: [] };
}
