/** Which placed resources are replicas of each other, and what the service that they form is called. */
import { unknown, type Known, type Layer, type Replication, type ServiceId, type Urn } from "../../model";
import type { Draft, Unit } from "../draft";
import type { Identities, Identity } from "../identity";
import { isLagging, liveProperty } from "../live";
import { propertyPath } from "../values";
import { listsBy } from "../../lib/lists";
import { byText } from "../../lib/order";
import { formOf, isSideBySide, workloadsAmong, type Kinship } from "./alike";

/** Units that stand in for each other. */
export interface Group {
  readonly base: string;
  readonly identity: Identity;
  readonly layer: Layer;
  readonly units: readonly Unit[];
  readonly workload: string;
  readonly replication?: Replication;
  /**
   * True where only followers leave the lag open, whose objects have no property for it: then the component that made
   * them knows it. A provider that promises nothing has said so, whatever a component once published.
   */
  readonly lagIsPublished: boolean;
}

/** All groups, in an order that depends on the resources alone. */
export function groupsOf(
  placed: readonly Unit[],
  draft: Draft,
  identities: Identities,
  kinship: Kinship,
): readonly Group[] {
  const roots = joined([...draft.copies, ...followed(draft, identities)]);
  const lists = new Map<string, { identity: Identity; units: Unit[] }>();
  for (const unit of [...placed].sort((a, b) => byText(a.resource.urn, b.resource.urn) || byText(a.scope, b.scope))) {
    const identity = identities.of(unit.resource);
    const key = keyOf(unit, identity, roots);
    const list = lists.get(key);
    if (list) list.units.push(unit);
    else lists.set(key, { identity, units: [unit] });
  }
  const groups = [...lists.values()].flatMap(({ identity, units }) => parted(identity, units, kinship));
  const followers = new Set(draft.followers);
  return groups.map(({ identity, units }) => {
    const [first] = units as [Unit];
    const replication = replicationOf(units, draft);
    return {
      base: identity.service,
      identity,
      layer: first.layer,
      units,
      workload: first.workload,
      ...(replication === undefined ? {} : { replication }),
      lagIsPublished: units.every(({ resource }) => {
        const stated = draft.replications.get(resource.urn);
        const isTold = stated === undefined || stated.rpoSeconds.known || followers.has(resource.urn);
        return isTold && !isLagging(resource);
      }),
    };
  });
}

function keyOf(unit: Unit, identity: Identity, roots: ReadonlyMap<Urn, Urn>): string {
  const root = roots.get(unit.resource.urn);
  if (unit.sharing === "copy" || root !== undefined) return `copy ${root ?? unit.resource.urn}`;
  const { type } = unit.resource;
  const provider = type.slice(0, type.indexOf(":"));
  // What nobody has named is one service only with what the same provider calls by the same name.
  const family = identity.claim === "derived" ? provider : "";
  // A label says less than our own word: the same label in another namespace may be another application.
  const namespace =
    identity.claim !== "explicit" && provider === "kubernetes" && unit.workload.includes("/")
      ? unit.workload.slice(0, unit.workload.indexOf("/"))
      : "";
  return [unit.layer, identity.service, family, namespace].join("\n");
}

/**
 * The units that one word covers, in parts of one workload each. Our own word is taken as it stands for servers that do
 * not stand side by side, whatever they are called: an active-active service may be a Deployment here and tasks there.
 * Machines and tasks that it calls one service stay together in one region too.
 */
function parted(
  identity: Identity,
  units: readonly Unit[],
  kinship: Kinship,
): readonly { identity: Identity; units: readonly Unit[] }[] {
  const [first] = units;
  if (first === undefined || units.length === 1 || first.sharing === "copy" || first.layer === "routing")
    return [{ identity, units }];
  const isTrusted = (list: readonly Unit[]) =>
    identity.claim === "explicit" &&
    first.sharing === "service" &&
    (!isSideBySide(list) || list.every(({ resource }) => !resource.type.startsWith("kubernetes:")));
  return [...listsBy(units, formOf).values()].flatMap((alike) =>
    (isTrusted(alike) ? [alike] : workloadsAmong(alike, kinship)).map((list) => ({ identity, units: list })),
  );
}

/** Each follower beside the store that it follows: the one of its service that our own word names too. */
function followed({ followers, units, copies }: Draft, identities: Identities): Draft["copies"] {
  if (followers.length === 0) return [];
  const following = new Set(followers);
  const roots = joined(copies);
  const stores = new Map<string, Set<Urn>>();
  for (const { resource, layer, sharing } of units) {
    const { service, claim } = identities.of(resource);
    if (layer !== "store" || sharing !== "copy" || claim !== "explicit" || following.has(resource.urn)) continue;
    stores.set(service, (stores.get(service) ?? new Set()).add(roots.get(resource.urn) ?? resource.urn));
  }
  return units.flatMap(({ resource }) => {
    const own = following.has(resource.urn) ? stores.get(identities.of(resource).service) : undefined;
    // Beside two stores nobody knows which of them it follows.
    return own?.size === 1 ? [...own].map((from) => ({ from, to: resource.urn })) : [];
  });
}

/** Root of every store that is copied to or from another: the smallest URN that it is joined with. */
function joined(copies: Draft["copies"]): ReadonlyMap<Urn, Urn> {
  const parents = new Map<Urn, Urn>();
  const rootOf = (urn: Urn): Urn => {
    let root = urn;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    return root;
  };
  for (const { from, to } of copies) {
    const [a, b] = [rootOf(from), rootOf(to)].sort(byText) as [Urn, Urn];
    parents.set(a, a);
    parents.set(b, a);
  }
  return new Map([...parents.keys()].map((urn) => [urn, rootOf(urn)]));
}

/** How the group's copies are kept alike: by the weakest statement that links two of them. */
function replicationOf(units: readonly Unit[], draft: Draft): Replication | undefined {
  const stated = units.flatMap(({ resource }) => draft.replications.get(resource.urn) ?? []);
  const [first] = stated;
  if (first === undefined) return undefined;
  const linked = stated.filter(({ mode }) => mode !== "none");
  const weakest = linked.find(({ mode }) => mode === "asynchronous") ?? linked[0] ?? first;
  const behind = linked.length === 0 ? undefined : units.find(({ resource }) => isLagging(resource))?.resource;
  const lag =
    behind === undefined
      ? linked.map(({ rpoSeconds }) => rpoSeconds).reduce(longer, weakest.rpoSeconds)
      : unknown<number>(propertyPath(behind, liveProperty, "replicationLag"));
  return { ...weakest, rpoSeconds: lag, multiWriter: weakest.multiWriter || writesBothWays(units, draft) };
}

/** The longer lag of two; one that is not known may be the longest. */
function longer(a: Known<number>, b: Known<number>): Known<number> {
  return a.known && (!b.known || b.value > a.value) ? b : a;
}

/** Copied in both directions between every two that are linked at all: each side takes writes. */
function writesBothWays(units: readonly Unit[], { copies }: Draft): boolean {
  const own = new Set(units.map(({ resource }) => resource.urn));
  const inside = copies.filter(({ from, to }) => own.has(from) && own.has(to));
  const pairs = new Set(inside.map(({ from, to }) => `${from} ${to}`));
  return inside.length > 0 && inside.every(({ from, to }) => pairs.has(`${to} ${from}`));
}

/** A service's id for each group; within one base, the group that does the work has the base's own name. */
export function namedGroups(
  groups: readonly Group[],
  layerOf: (base: string) => Layer | undefined,
): ReadonlyMap<Group, ServiceId> {
  const byBase = listsBy(groups, ({ base }) => base);
  const ids = new Map<Group, ServiceId>();
  const taken = new Set<ServiceId>(byBase.keys());
  for (const [base, list] of [...byBase].sort(([a], [b]) => byText(a, b))) {
    const main = mainOf(base, list, layerOf(base));
    for (const group of list) {
      let id = group === main ? base : `${base}/${partName(base, group)}`;
      if (group !== main && taken.has(id)) id = `${id}:${group.layer}`;
      for (let next = 2; group !== main && taken.has(id); next++)
        id = `${base}/${partName(base, group)}:${group.layer}-${next}`;
      taken.add(id);
      ids.set(group, id);
    }
  }
  return ids;
}

function mainOf(base: string, list: readonly Group[], layer: Layer | undefined): Group | undefined {
  if (list.length === 1) return list[0];
  const working = list.filter((group) => group.layer === "compute");
  const candidates = working.length > 0 ? working : list.filter((group) => group.layer === layer);
  if (candidates.length === 1) return candidates[0];
  const named = candidates.find((group) => group.workload === base);
  // What serves is the service; a job beside it has a name of its own.
  const servers = candidates.filter(({ units }) => units.some((unit) => formOf(unit) === "server"));
  return named ?? (servers.length === 1 && servers.length < candidates.length ? servers[0] : undefined);
}

function partName(base: string, { workload, layer }: Group): string {
  const short =
    workload.startsWith(`${base}-`) || workload.startsWith(`${base}/`) ? workload.slice(base.length + 1) : workload;
  return short === "" || short === base ? layer : short;
}
