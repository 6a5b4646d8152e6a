/**
 * Needs that cross to another place. What stands once in each region is needed in the region of the replica that uses
 * it; a replica that names the one of another region hangs on that region, though its own has one as well. Such a need
 * leads to a service of its own: the one instance that is named.
 */
import {
  domainId,
  known,
  type DependencyStrength,
  type DomainId,
  type Layer,
  type Replica,
  type Service,
  type ServiceId,
  type Urn,
} from "../../model";
import { namedInRegions, type NamedInRegion } from "../aws/named";
import { mentionsInAws } from "../aws/mentions";
import { mentionsInKubernetes } from "../kubernetes/mentions";
import type { Draft, Unit } from "../draft";
import type { Mention } from "../mentions";
import type { ReadContext } from "../reader";
import type { Resource } from "../resource";
import { identifiersOf } from "../stack";
import { strengthOfPart } from "./dependencies";
import { registryNamed } from "./imageHosts";
import type { Part } from "./parts";
import type { Whereabouts } from "./whereabouts";
import type { Site } from "../../model";
import { addTo } from "../../lib/lists";
import { byText } from "../../lib/order";

/** What a workload names in a place other than its own. */
export interface AfarNeed {
  readonly of: Unit;
  /** The resource of the stack, where it is one. */
  readonly target?: Unit;
  readonly name: string;
  /** Region or site. */
  readonly place: string;
  readonly domains: readonly DomainId[];
  readonly layer: Layer;
  readonly strength: DependencyStrength;
  readonly urn: Urn;
  readonly property: string;
}

/** A need of a resource of the stack that is named by a text, in the place of whoever names it. */
export interface NearNeed {
  readonly from: Urn;
  readonly to: Urn;
  readonly strength: DependencyStrength;
  readonly property: string;
}

export interface NamedNeeds {
  readonly afar: readonly AfarNeed[];
  readonly near: readonly NearNeed[];
}

/** Layers of what a workload uses by name; what it calls is for its words to say. */
const usedLayers: ReadonlySet<Layer> = new Set(["store", "cache", "queue", "registry", "keys", "secrets", "identity"]);

/** Everything that the workloads of a stack name in their own definitions. */
export function namedNeeds(draft: Draft, context: ReadContext, sites: readonly Site[], where: Whereabouts): NamedNeeds {
  const afar: AfarNeed[] = [];
  const near: NearNeed[] = [];
  const indexed = indexOf(draft, context);
  for (const unit of draft.units) {
    if (unit.layer !== "compute") continue;
    const regions = where.regionsOf(unit);
    for (const mention of mentionsIn(unit.resource, context)) {
      const registry = mention.as === "image" ? registryNamed(mention.text, unit, draft, context, sites) : undefined;
      if (registry !== undefined) afar.push(needOf(unit, mention, registry));
      for (const named of namedInRegions(mention.text)) {
        const target = targetOf(named, indexed());
        if (regions.size > 0 && !regions.has(named.region)) {
          const need = acrossRegions(unit, mention, named, target, context);
          if (need !== undefined) afar.push(need);
        } else if (target !== undefined) near.push(...nearNeed(unit, mention, target));
      }
    }
  }
  return { afar, near };
}

function mentionsIn(resource: Resource, context: ReadContext): readonly Mention[] {
  return resource.type.startsWith("kubernetes:")
    ? mentionsInKubernetes(resource, context)
    : mentionsInAws(resource, context.stack);
}

/** Placed resources by the texts that name them; built when the first text asks. */
function indexOf({ units }: Draft, { aws }: ReadContext): () => ReadonlyMap<string, readonly Unit[]> {
  let index: Map<string, Unit[]> | undefined;
  return () => {
    if (index !== undefined) return index;
    index = new Map();
    for (const unit of units) {
      if (!usedLayers.has(unit.layer)) continue;
      for (const identifier of new Set(identifiersOf(unit.resource))) addTo(index, identifier, unit);
      const region = aws.regionOf(unit.resource);
      if (region.known) for (const name of plainNames(unit, region.value)) addTo(index, name, unit);
    }
    return index;
  };
}

/** A secret may be named without the characters that are added to its name. */
function plainNames({ resource, layer }: Unit, region: string): readonly string[] {
  if (layer !== "secrets") return [];
  return identifiersOf(resource).flatMap((identifier) => {
    const [, , , , account = "", kind, name = ""] = identifier.split(":");
    return kind === "secret" ? [`${region} ${account} ${name.replace(/-[A-Za-z0-9]{6}$/, "")}`] : [];
  });
}

function targetOf({ identifiers }: NamedInRegion, index: ReadonlyMap<string, readonly Unit[]>): Unit | undefined {
  for (const identifier of identifiers) {
    const [first] = index.get(identifier) ?? [];
    if (first !== undefined) return first;
  }
  return undefined;
}

function nearNeed({ resource }: Unit, { property }: Mention, target: Unit): readonly NearNeed[] {
  const strength = strengthOfPart(target.layer);
  return strength === undefined ? [] : [{ from: resource.urn, to: target.resource.urn, strength, property }];
}

/**
 * What is named in another region. What the stack does not hold is a need only where it is read before a start: what
 * another endpoint is for, nobody says. A store that is copied is left to its replication.
 */
function acrossRegions(
  unit: Unit,
  mention: Mention,
  named: NamedInRegion,
  target: Unit | undefined,
  { aws }: ReadContext,
): AfarNeed | undefined {
  if (target?.sharing === "copy" && target.layer === "store") return undefined;
  const layer = target?.layer ?? named.layer;
  const strength = target === undefined ? named.strength : strengthOfPart(target.layer);
  if (layer === undefined || strength === undefined) return undefined;
  const domains = [aws.region(named.region)];
  return needOf(unit, mention, {
    ...(target === undefined ? {} : { target }),
    name: named.name,
    place: named.region,
    domains,
    layer,
    strength,
  });
}

function needOf(of: Unit, { resource, property }: Mention, need: Omit<AfarNeed, "of" | "urn" | "property">): AfarNeed {
  return { of, urn: resource.urn, property, ...need };
}

/** A need that an edge tells: the instance stands in no region of its user. */
export function afarByEdge(
  of: Unit,
  target: Unit | undefined,
  strength: DependencyStrength,
  property: string,
  where: Whereabouts,
): AfarNeed | undefined {
  if (target === undefined || target.sharing !== "companion") return undefined;
  const [own, theirs] = [where.regionsOf(of), where.regionsOf(target)];
  const [place] = theirs;
  if (own.size === 0 || place === undefined || [...theirs].some((region) => own.has(region))) return undefined;
  const { layer, workload: name } = target;
  const domains = [domainId("region", place)];
  return { of, target, name, place, domains, layer, strength, urn: of.resource.urn, property };
}

/** Adds the dependencies, and gives the services that they lead to: each named instance once. */
export function servicesAfar(
  needs: readonly AfarNeed[],
  byUrn: ReadonlyMap<Urn, Part>,
  isIn: Whereabouts["isIn"],
): readonly Service[] {
  const found = new Map<ServiceId, Service>();
  for (const need of needs) {
    const user = byUrn.get(need.of.resource.urn);
    if (user === undefined) continue;
    const part = need.target && byUrn.get(need.target.resource.urn);
    const id = `${part?.id ?? need.name}@${need.place}`;
    if (part?.id === user.id) continue;
    if (!found.has(id)) found.set(id, serviceOf(id, need, isIn));
    user.dependencies.add([id], need.strength, need.urn, need.property);
  }
  return [...found.values()].sort((a, b) => byText(a.id, b.id));
}

function serviceOf(id: ServiceId, need: AfarNeed, isIn: Whereabouts["isIn"]): Service {
  const urn = need.target?.resource.urn ?? need.urn;
  const standing = (need.target?.replicas ?? []).filter(
    ({ placement }) =>
      placement.known &&
      (isIn(placement.value, need.place) || placement.value.some((one) => need.domains.includes(one))),
  );
  const replica: Replica = {
    id: `${urn}@${need.place}`,
    urn,
    role: "active",
    placement: known(need.domains),
    units: known(1),
    startSeconds: 0,
    startNeeds: [],
  };
  return {
    id,
    layer: need.layer,
    tier: "standard",
    tierFrom: { source: "default" },
    replicas: standing.length > 0 ? standing.map((one) => ({ ...one, id: `${one.id}@${need.place}` })) : [replica],
    quorum: need.target?.quorum ?? "any",
    dependencies: [],
    routes: [],
    backups: [],
    urns: [urn],
  };
}
