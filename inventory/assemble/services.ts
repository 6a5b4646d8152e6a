/** Joins what the readers found into services. */
import {
  inheritTiers,
  known,
  type Backup,
  type Fact,
  type FailureDomain,
  type Layer,
  type Replica,
  type Service,
  type ServiceId,
  type Site,
  type Tier,
} from "../../model";
import type { Draft } from "../draft";
import type { Identities } from "../identity";
import type { InventoryOptions } from "../options";
import type { ReadContext } from "../reader";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { sortedUnique } from "../values";
import { kinshipOf } from "./alike";
import { mergedClaims, type Claims } from "./claims";
import { withoutDrained } from "./drained";
import { behindFronts } from "./fronts";
import { groupsOf, namedGroups, type Group } from "./groups";
import { addNeeds, type Reaching } from "./needs";
import { part, workingParts, type Lookup, type Part } from "./parts";
import { reacher } from "./reach";
import { routesOf, type PlacedRoute } from "./routes";
import { claimsJoined, joinedByNames } from "./sameName";
import { withoutStopped } from "./stopped";
import { behindWays } from "./waysIn";
import { beforeNeeds } from "./waysOut";
import { listsBy } from "../../lib/lists";
import { byText } from "../../lib/order";

const usualTier: Tier = "standard";

export interface Assembled {
  readonly services: readonly Service[];
  readonly facts: readonly Fact[];
  /** Domains that come of what stands before what. */
  readonly domains: readonly FailureDomain[];
}

/** The services of a draft, sorted by id, with inherited tiers; and the facts, each with its service. */
export function assemble(
  draft: Draft,
  context: ReadContext,
  given: ReadonlyMap<string, Claims>,
  sites: readonly Site[],
  reaching: Reaching,
  options: InventoryOptions = {},
): Assembled {
  const { stack, identities } = context;
  const reach = reacher(draft);
  const kinship = kinshipOf(
    stack,
    sites.map(({ name }) => name),
  );
  const { units, domains } = behindFronts(draft, reach);
  const running = withoutStopped(withoutDrained(units, draft, reach), stack);
  const ways = behindWays(running, draft, reach, stack, identities);
  for (const { fact, about } of ways.facts) draft.state(fact, about);
  const alike = groupsOf(ways.units, draft, identities, kinship);
  const { groups, aliases } = joinedByNames(alike, draft, reach, kinship);
  const claims = claimsJoined(given, aliases, mergedClaims);
  const ids = namedGroups(groups, (base) => claims.get(base)?.layer);
  const parts: Part[] = groups.map((group) => part(ids.get(group) as ServiceId, group.base, group));
  const placed = new Set(parts.map(({ base }) => base));
  for (const [base, { published, layer }] of claims) {
    if (published && layer !== undefined && !placed.has(base)) parts.push(part(base, base));
  }
  const lookup: Lookup = {
    parts,
    byBase: withAliases(
      listsBy(parts, ({ base }) => base),
      aliases,
    ),
    byUrn: new Map(
      parts.flatMap((one) => (one.group?.units ?? []).map(({ resource }) => [resource.urn, one] as const)),
    ),
    routes: routesOf(draft, reach),
  };
  const afar = addNeeds(lookup, claims, draft, stack, reaching);
  const backups = listsBy(draft.backups, ({ of }) => lookup.byUrn.get(of)?.id ?? "");
  const routes = routesByService(lookup, identities, stack);
  const { parts: judged, facts } = beforeNeeds(parts, context, reaching.where);
  for (const { fact, about } of facts) draft.state(fact, about);
  const services = judged.map((one) =>
    serviceOf(
      one,
      claims.get(one.base),
      backups.get(one.id)?.map(({ backup }) => backup) ?? [],
      routes.get(one.id) ?? [],
      tierOf(one, claims.get(one.base), options),
    ),
  );
  const all = [...services, ...afar, ...vendorsOf(draft, services)].sort((a, b) => byText(a.id, b.id));
  return { services: inheritTiers(all), facts: factsOf(draft, lookup, stack, identities), domains };
}

/** A name that a joined service had before leads to it still. */
function withAliases(byBase: Lookup["byBase"], aliases: ReadonlyMap<string, string>): Lookup["byBase"] {
  const named = [...aliases].flatMap(([from, to]) => {
    const parts = byBase.get(to);
    return parts === undefined || byBase.has(from) ? [] : [[from, parts] as const];
  });
  return named.length === 0 ? byBase : new Map([...byBase, ...named]);
}

function routesByService(
  { routes, byUrn, byBase }: Lookup,
  identities: Identities,
  stack: Stack,
): ReadonlyMap<ServiceId, readonly PlacedRoute[]> {
  const owned = routes.flatMap((placed) => {
    const owners = new Set([...placed.leadsTo].flatMap((urn) => byUrn.get(urn)?.id ?? []));
    if (owners.size === 0) {
      // It leads nowhere that is known: still shown by the service that it names, so that nobody takes it as absent.
      const record = stack.get(placed.route.urn);
      const base = record && identities.of(record).service;
      for (const { id } of workingParts(byBase.get(base ?? "") ?? [])) owners.add(id);
    }
    return [...owners].map((id) => ({ id, placed }));
  });
  return new Map([...listsBy(owned, ({ id }) => id)].map(([id, list]) => [id, list.map(({ placed }) => placed)]));
}

function serviceOf(
  { id, base, group, dependencies }: Part,
  claims: Claims | undefined,
  backups: readonly Backup[],
  routes: readonly PlacedRoute[],
  tier: Pick<Service, "tier" | "tierFrom">,
): Service {
  const isMain = id === base;
  const replicas = [...(group?.units ?? [])].flatMap((unit) => unit.replicas);
  const replication = group?.layer === "store" ? replicationOf(group, claims) : undefined;
  const said = isMain && claims !== undefined ? claims : undefined;
  return {
    id,
    layer: layerOf(group, said),
    ...tier,
    ...defined({
      owner: claims?.owner,
      runbook: claims?.runbook,
      statusPage: claims?.statusPage,
      users: said?.users,
      paid: said?.paid,
      outageCostPerHour: said?.outageCostPerHour,
      peakRps: said?.peakRps === undefined ? undefined : known(said.peakRps),
      objectives: said?.objectives,
    }),
    replicas: [...replicas].sort((a, b) => byText(a.id, b.id)),
    quorum: group?.units.some(({ quorum }) => quorum === "majority") ? "majority" : "any",
    ...defined({ replication }),
    dependencies: dependencies.all,
    routes: routes.map(({ route }) => route),
    backups: [...backups].sort((a, b) => byText(a.urn, b.urn)),
    urns: sortedUnique([
      ...replicas.map(({ urn }) => urn),
      ...(group?.units ?? []).map(({ resource }) => resource.urn),
      ...(said?.urns ?? []),
    ]),
  };
}

/** By the name that a report prints; else as is said of all that bears its tag; else by default. */
function tierOf(
  { id }: Part,
  claims: Claims | undefined,
  { tiers = {}, defaultTier = usualTier }: InventoryOptions,
): Pick<Service, "tier" | "tierFrom"> {
  const named = Object.hasOwn(tiers, id) ? tiers[id] : undefined;
  if (named !== undefined) return { tier: named, tierFrom: { source: "configuration" } };
  return { tier: claims?.tier?.tier ?? defaultTier, tierFrom: { source: claims?.tier?.source ?? "default" } };
}

/** As the resources say; a lag that only followers leave open is the one that the component has published. */
function replicationOf(group: Group, claims: Claims | undefined): Service["replication"] {
  const [own, published] = [group.replication, claims?.replication];
  if (own === undefined || published === undefined) return own ?? published;
  return own.rpoSeconds.known || !group.lagIsPublished ? own : { ...own, rpoSeconds: published.rpoSeconds };
}

/** Our own word says what a workload is for (a login service is `identity`); what a store is, the resource says. */
function layerOf(group: Group | undefined, claims: Claims | undefined): Layer {
  if (group === undefined) return claims?.layer ?? "compute";
  return group.layer === "compute" ? (claims?.layer ?? "compute") : group.layer;
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key of Object.keys(fields) as (keyof T)[]) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value as Exclude<T[keyof T], undefined>;
  }
  return kept;
}

/** Third parties, each standing in itself alone. */
function vendorsOf({ vendors }: Draft, services: readonly Service[]): readonly Service[] {
  const taken = new Set(services.map(({ id }) => id));
  const byName = listsBy(vendors, ({ service }) => service);
  return [...byName].flatMap(([id, list]): readonly Service[] => {
    const [first] = [...list].sort((a, b) => byText(a.urn, b.urn));
    if (first === undefined || taken.has(id)) return [];
    const replica: Replica = {
      id: `${id}#vendor`,
      urn: first.urn,
      role: "active",
      placement: known([first.domain]),
      units: known(1),
      startSeconds: 0,
      startNeeds: [],
    };
    const urns = sortedUnique(list.map(({ urn }) => urn));
    const nothing = { dependencies: [], routes: [], backups: [] };
    const purpose = list.map((one) => one.purpose).find((said) => said !== undefined);
    return [
      {
        id,
        layer: "vendor",
        ...defined({ purpose }),
        tier: usualTier,
        tierFrom: { source: "default" },
        replicas: [replica],
        quorum: "any",
        ...nothing,
        urns,
      },
    ];
  });
}

function factsOf(draft: Draft, { byUrn, byBase }: Lookup, stack: Stack, identities: Identities): readonly Fact[] {
  return draft.facts
    .map(({ fact, about }): Fact => {
      const service = byUrn.get(about)?.id ?? ofBase(stack.get(about), byBase, identities);
      return service === undefined ? fact : { ...fact, service };
    })
    .sort((a, b) => byText(a.urn, b.urn) || byText(a.kind, b.kind));
}

function ofBase(
  resource: Resource | undefined,
  byBase: ReadonlyMap<string, readonly Part[]>,
  identities: Identities,
): ServiceId | undefined {
  const parts = resource && byBase.get(identities.of(resource).service);
  return parts && workingParts(parts)[0]?.id;
}
