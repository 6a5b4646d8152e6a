/** The estate's services as a graph of dependencies, sorted out once so that each loss only has to walk it. */
import { domainId, type DomainId } from "../model/domain";
import { createDomainMasks, type DomainMask, type DomainMasks } from "./domainMask";
import type { Dependency, Estate, Replica, Service } from "../model/estate";
import type { ServiceId } from "../model/ids";
import { stronglyConnectedComponents } from "../lib/graph";
import { unknown } from "../model/known";
import { entryPointsOf, type EntryPoints } from "./routing";
import { isPlaced, isReplicationUnsaid } from "./survivors";

export interface ServiceNode {
  readonly id: ServiceId;
  readonly service: Service;
  readonly entryPoints: EntryPoints;
  readonly hard: readonly Dependency[];
  readonly soft: readonly Dependency[];
  readonly startup: readonly Dependency[];
  /** True where it depends on nothing at all. */
  readonly isAlone: boolean;
}

/** Services that need each other, directly or round a corner: one alone in the usual case. */
export interface StrongComponent {
  readonly index: number;
  readonly nodes: readonly ServiceNode[];
  /** The one service, where nothing that it needs leads back to it: no fixpoint has to be searched. */
  readonly only?: ServiceNode;
  /** Indices of the components that these services depend on in any strength; all smaller than `index`. */
  readonly needs: readonly number[];
  /** Domains in which something of these services, or of anything that they depend on, stands directly. */
  readonly touches: DomainMask;
  /** True where something of those stands nobody knows where, so that any loss may hit it. */
  readonly unplaced: boolean;
  /** True where anything of those is unknown, so that the two bounds may differ. */
  readonly uncertain: boolean;
}

export interface DependencyGraph {
  /** Dependencies before dependents. */
  readonly components: readonly StrongComponent[];
  readonly masks: DomainMasks;
  readonly node: (id: ServiceId) => ServiceNode | undefined;
  readonly componentOf: (id: ServiceId) => StrongComponent;
  /** True for a service of the estate, false for one that is only named in a dependency. */
  readonly isDescribed: (id: ServiceId) => boolean;
}

export function createDependencyGraph(estate: Estate): DependencyGraph {
  const described = new Map(estate.services.map((service) => [service.id, service]));
  const nodes = [...described.values(), ...strangersOf(described)].map(nodeOf);
  const indexOf = new Map<ServiceId, number>();
  for (const [index, { id }] of nodes.entries()) indexOf.set(id, index);
  const needsOf = nodes.map(({ service }) => needsAmong(service, indexOf));

  const touchedByNode = nodes.map(({ service }) => touchedBy(service));
  const masks = createDomainMasks(touchedByNode.flat());

  const components: StrongComponent[] = [];
  const componentOfNode: StrongComponent[] = [];
  for (const members of stronglyConnectedComponents(nodes.length, (index) => needsOf[index] ?? none)) {
    const inside: ServiceNode[] = [];
    const needed = new Set<StrongComponent>();
    const touches = masks.of(members.flatMap((member) => touchedByNode[member] ?? []));
    let leadsBack = members.length > 1;
    for (const member of members) {
      const node = nodes[member];
      if (node !== undefined) inside.push(node);
      for (const need of needsOf[member] ?? none) {
        // What is needed comes before what needs it, so that only what leads back has no component yet.
        const component = componentOfNode[need];
        if (component === undefined) leadsBack = true;
        else needed.add(component);
      }
    }
    for (const one of needed) masks.addTo(touches, one.touches);
    const all = [...needed];
    const component: StrongComponent = {
      index: components.length,
      nodes: inside,
      ...(leadsBack ? {} : { only: inside[0] }),
      needs: all.map((one) => one.index),
      touches,
      unplaced: inside.some(({ service }) => isUnplaced(service)) || all.some((one) => one.unplaced),
      uncertain: inside.some(({ service }) => isUncertain(service)) || all.some((one) => one.uncertain),
    };
    components.push(component);
    for (const member of members) componentOfNode[member] = component;
  }

  return {
    components,
    masks,
    node: (id) => nodes[indexOf.get(id) ?? -1],
    componentOf(id) {
      const component = componentOfNode[indexOf.get(id) ?? -1];
      if (!component)
        throw new RangeError(`Service "${id}" must be one of the estate's, but the estate does not name it.`);
      return component;
    },
    isDescribed: (id) => described.has(id),
  };
}

const none: readonly number[] = [];

/** What only a dependency names, by name. */
function strangersOf(described: ReadonlyMap<ServiceId, Service>): readonly Service[] {
  const strangers = new Set<ServiceId>();
  for (const { dependencies } of described.values()) {
    for (const { anyOf } of dependencies) for (const id of anyOf) if (!described.has(id)) strangers.add(id);
  }
  return [...strangers].sort().map(stranger);
}

function needsAmong({ dependencies }: Service, indexOf: ReadonlyMap<ServiceId, number>): readonly number[] {
  if (dependencies.length === 0) return none;
  const needs: number[] = [];
  for (const { anyOf } of dependencies) for (const id of anyOf) needs.push(indexOf.get(id) ?? -1);
  return needs;
}

function nodeOf(given: Service): ServiceNode {
  const service = given.replicas.length > 0 ? given : { ...given, replicas: [standIn(given)] };
  const all = service.dependencies.filter(({ anyOf }) => anyOf.length > 0);
  const of = (strength: Dependency["strength"]) =>
    all.length === 0 ? all : all.filter((dependency) => dependency.strength === strength);
  return {
    id: service.id,
    service,
    entryPoints: entryPointsOf(service),
    hard: of("hard"),
    soft: of("soft"),
    startup: of("startup"),
    isAlone: all.length === 0,
  };
}

/** A vendor fails with the vendor; whatever else has nothing that serves it may stand anywhere. */
function standIn(service: Service): Replica {
  const urn = service.urns[0] ?? service.id;
  return {
    id: `${service.id}#nowhere`,
    urn,
    role: "active",
    placement:
      service.layer === "vendor"
        ? { known: true, value: [domainId("vendor", service.id)] }
        : unknown(`any replica of "${service.id}" that says where it stands`),
    units: { known: true, value: 1 },
    startSeconds: 0,
    startNeeds: [],
  };
}

/** A service that a dependency names and no resource of the estate belongs to. */
function stranger(id: ServiceId): Service {
  return {
    id,
    layer: "compute",
    tier: "standard",
    tierFrom: { source: "default" },
    replicas: [],
    quorum: "any",
    dependencies: [],
    routes: [],
    backups: [],
    urns: [],
  };
}

/** May hold a domain more than once. */
function touchedBy(service: Service): readonly DomainId[] {
  const touched: DomainId[] = [];
  for (const one of service.replicas) touched.push(...one.startNeeds);
  for (const { placement, remainder } of service.replicas) {
    if (placement.known) touched.push(...placement.value);
    for (const place of remainder?.places ?? []) touched.push(...place);
  }
  for (const { placement } of service.backups) if (placement.known) touched.push(...placement.value);
  for (const { targets } of service.routes) {
    for (const { healthCheck } of targets) touched.push(...(healthCheck?.observers ?? []));
  }
  return touched;
}

function isUnplaced(service: Service): boolean {
  return [...service.replicas, ...service.backups].some((one) => !isPlaced(one));
}

function isUncertain(service: Service): boolean {
  const peak = service.peakRps;
  return (
    isUnplaced(service) ||
    isReplicationUnsaid(service) ||
    service.replicas.some(({ reached }) => reached?.known === false) ||
    (peak !== undefined && (!peak.known || service.replicas.some((replica) => !replica.capacityRps?.known))) ||
    (service.quorum === "majority" && service.replicas.some((replica) => !replica.units.known)) ||
    service.routes.some((route) => route.targets.some((target) => !target.share.known))
  );
}
