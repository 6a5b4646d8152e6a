/**
 * The effects of several drifts, told apart without reading the state anew for each. Where all that has changed in the
 * model is said of the drift's own resources, and of no service by two of them, the estate with one drift alone is the
 * deployed one with the services of that drift replaced; and only what is bound to those services has to be judged.
 */
import { reachable } from "../lib/graph";
import { addTo } from "../lib/lists";
import { by } from "../lib/order";
import { tiers, type Estate, type Fact, type FactKind, type Service, type ServiceId, type Urn } from "../model";
import type { ResourceDrift } from "./change";
import { sameData } from "./sameData";

/** What one drift does: the services that it can matter to, as they were deployed and with that drift alone. */
export interface Effect {
  readonly before: Estate;
  readonly after: Estate;
}

export interface Effects {
  /** Of each drift by itself, made when it is asked for: of many none is. */
  readonly of: ReadonlyMap<ResourceDrift, () => Effect>;
  /** Of all of them. */
  readonly all: Effect;
}

/** Facts about a place as a whole: they bind services that do not need each other. */
const sharedKinds: ReadonlySet<FactKind> = new Set<FactKind>(["quota"]);

/**
 * Separates what drifts do.
 *
 * @param whole the estate with all of this drift
 * @returns undefined where it cannot be told what is whose: then the state has to be read with each drift by itself
 */
export function separateEffects(
  deployed: Estate,
  whole: Estate,
  drifts: readonly ResourceDrift[],
): Effects | undefined {
  if (!sameData(deployed.domains, whole.domains) || !sameData(deployed.notJudged, whole.notJudged)) return undefined;
  const isShared = ({ facts }: Estate) => facts.some(({ kind }) => sharedKinds.has(kind));
  if (isShared(deployed) || isShared(whole)) return undefined;
  const [before, after] = [partsOf(deployed), partsOf(whole)];
  const changed = changedIn(before, after);
  if (changed === undefined || isFeltElsewhere(changed, before, after)) return undefined;
  const owned = ownedBy(drifts, changed, before, after);
  if (owned === undefined) return undefined;
  const edges = needsOf(deployed, whole);
  const effectOn = (services: ReadonlySet<ServiceId>) => effectIn(deployed, whole, services, boundTo(services, edges));
  return {
    of: new Map([...owned].map(([drift, services]) => [drift, () => effectOn(services)])),
    all: effectOn(changed),
  };
}

/** What is bound to these services, as it was, and with them as they are now. */
function effectIn(
  deployed: Estate,
  whole: Estate,
  services: ReadonlySet<ServiceId>,
  bound: ReadonlySet<ServiceId>,
): Effect {
  const isOwn = (id: ServiceId | undefined) => id !== undefined && services.has(id);
  const rest = deployed.services.filter(({ id }) => bound.has(id) && !isOwn(id));
  const own = whole.services.filter(({ id }) => isOwn(id));
  const facts = deployed.facts.filter(({ service }: Fact) => service === undefined || bound.has(service));
  const ownFacts = whole.facts.filter(({ service }) => isOwn(service));
  return {
    before: { ...deployed, services: deployed.services.filter(({ id }) => bound.has(id)), facts },
    after: {
      ...deployed,
      services: [...rest, ...own].sort(by(({ id }) => id)),
      facts: [...facts.filter(({ service }) => !isOwn(service)), ...ownFacts].sort(by(({ urn }) => urn)),
    },
  };
}

/** A service with the facts about it. */
interface Part {
  readonly service?: Service;
  readonly facts: Fact[];
}

/** By service; facts about none stand under undefined. */
type Parts = ReadonlyMap<ServiceId | undefined, Part>;

function partsOf({ services, facts }: Estate): Parts {
  const parts = new Map<ServiceId | undefined, Part>(services.map((service) => [service.id, { service, facts: [] }]));
  for (const fact of facts) {
    const part = parts.get(fact.service);
    if (part) part.facts.push(fact);
    else parts.set(fact.service, { facts: [fact] });
  }
  return parts;
}

/** Services that are not the same in both; undefined where something has changed that is about none. */
function changedIn(before: Parts, after: Parts): ReadonlySet<ServiceId> | undefined {
  const changed = new Set<ServiceId>();
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    if (sameData(before.get(id), after.get(id))) continue;
    if (id === undefined) return undefined;
    changed.add(id);
  }
  return changed;
}

/** True where a change reaches others by a way that is no dependency: a laxer tier, or the name of a status page. */
function isFeltElsewhere(changed: ReadonlySet<ServiceId>, before: Parts, after: Parts): boolean {
  const pages = new Set([...before.values()].flatMap(({ service }) => service?.statusPage ?? []));
  return [...changed].some((id) => {
    const [was, is] = [before.get(id)?.service, after.get(id)?.service];
    const isLaxer = was !== undefined && is !== undefined && tiers.indexOf(is.tier) > tiers.indexOf(was.tier);
    const names = [...(was?.routes ?? []), ...(is?.routes ?? [])].map(({ name }) => name);
    return isLaxer || was?.statusPage !== is?.statusPage || names.some((name) => pages.has(name));
  });
}

/** The changed services of each drift; undefined where one is nobody's or several drifts', or a drift has none. */
function ownedBy(
  drifts: readonly ResourceDrift[],
  changed: ReadonlySet<ServiceId>,
  before: Parts,
  after: Parts,
): ReadonlyMap<ResourceDrift, ReadonlySet<ServiceId>> | undefined {
  const byUrn = new Map<Urn, ResourceDrift>(drifts.map((drift) => [drift.urn, drift]));
  const owned = new Map<ResourceDrift, Set<ServiceId>>(drifts.map((drift) => [drift, new Set<ServiceId>()]));
  for (const id of changed) {
    const owners = new Set<ResourceDrift>();
    addNamed(before.get(id), byUrn, owners);
    addNamed(after.get(id), byUrn, owners);
    const [owner, ...others] = owners;
    if (owner === undefined || others.length > 0) return undefined;
    owned.get(owner)?.add(id);
  }
  return [...owned.values()].some(({ size }) => size === 0) ? undefined : owned;
}

/** Drift of the resources that are named anywhere inside. */
function addNamed(value: unknown, byUrn: ReadonlyMap<Urn, ResourceDrift>, into: Set<ResourceDrift>): void {
  if (typeof value === "string") {
    const drift = byUrn.get(value);
    if (drift !== undefined) into.add(drift);
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) addNamed(inner, byUrn, into);
  }
}

interface Needs {
  readonly needed: ReadonlyMap<ServiceId, readonly ServiceId[]>;
  readonly dependent: ReadonlyMap<ServiceId, readonly ServiceId[]>;
}

/** Who needs whom, in either estate. */
function needsOf(...estates: readonly Estate[]): Needs {
  const needed = new Map<ServiceId, ServiceId[]>();
  const dependent = new Map<ServiceId, ServiceId[]>();
  for (const { id, dependencies } of estates.flatMap(({ services }) => services)) {
    for (const need of dependencies.flatMap(({ anyOf }) => anyOf)) {
      addTo(needed, id, need);
      addTo(dependent, need, id);
    }
  }
  return { needed, dependent };
}

/**
 * These services, all that need them, and all that any of those needs: what their change can be felt by, and judged
 * with.
 */
function boundTo(services: ReadonlySet<ServiceId>, { needed, dependent }: Needs): ReadonlySet<ServiceId> {
  const dependents = reachable(services, (id) => dependent.get(id) ?? []);
  return reachable(dependents, (id) => needed.get(id) ?? []);
}
