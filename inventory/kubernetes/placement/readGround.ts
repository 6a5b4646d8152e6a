/** Nodes of any origin as the ground that pods stand on. */
import { kindOf, nameOf, topologyKeys, type Placement } from "../../../model";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { at, entries, field, items, text } from "../../values";
import type { ClusterSite } from "../cluster/clusterSite";
import type { ManagedPool } from "../cluster/managedPool";
import { domainsOf, isControlPlaneNode } from "../cluster/nodeLabels";
import { currentKey, type Ground, type NodeKind, type Taint } from "./ground";
import { amountsIn } from "./quantities";
import { labelsIn, wordOf, type Have, type LabelsOf } from "./selectors";
import { listsBy } from "../../../lib/lists";

const zoneIdKey = "topology.k8s.aws/zone-id";
const anything: Have = { kind: "unsaid", mayBe: () => true };
/** What nodes that nobody lists are taken to have in common: whatever a pod's image asks of them. */
const alikeKeys: ReadonlySet<string> = new Set(["kubernetes.io/os", "kubernetes.io/arch"]);

/**
 * The nodes that a stack lists; undefined where one of them cannot be placed. A list is taken to be whole.
 *
 * A member of the control plane that states no taints is left out where others stand beside it: kubeadm and its like
 * taint it, and what is rendered rarely says so.
 */
export function groundOfNodes(nodes: readonly Resource[], sites: readonly ClusterSite[]): Ground | undefined {
  const places = sites.flatMap(({ placements }) => placements);
  const workers = nodes.filter((node) => !isControlPlaneNode(node));
  const stated = nodes.filter(
    (node) => isControlPlaneNode(node) && items(at(node.properties, "spec", "taints")).length > 0,
  );
  const counted = workers.length > 0 ? [...workers, ...stated] : nodes;
  const placed = counted.map((node) => ({ node, place: placeOf(node, places) }));
  const lost = placed.some(({ node, place }) => place === undefined && !isControlPlaneNode(node));
  if (lost || counted.length === 0) return undefined;
  const kinds = listsBy(
    placed.flatMap(({ node, place }) => (place === undefined ? [] : [{ node, place }])),
    ({ node, place }) => kindKey(node, places.indexOf(place)),
  );
  return { nodes: [...kinds.values()].map(kindOfNodes) };
}

function placeOf(node: Resource, places: readonly Placement[]): Placement | undefined {
  const [only] = places;
  if (places.length === 1) return only;
  const own = domainsOf(node);
  const names = new Set(own.filter((id) => kindOf(id) !== "region" && kindOf(id) !== "power").map(nameOf));
  const same = places.find((place) => place.join() === own.join());
  if (same !== undefined) return same;
  const fitting = places.filter((place) =>
    place.some((id) => (kindOf(id) === "zone" || kindOf(id) === "facility") && names.has(nameOf(id))),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function kindKey(node: Resource, place: number): string {
  const labels = entries(at(node.properties, "metadata", "labels"))
    .filter(([key]) => key !== topologyKeys.host)
    .map(([key, value]) => `${key}=${value === UNKNOWN ? "?" : wordOf(value)}`)
    .sort();
  const taints = taintsOf(node).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
  return JSON.stringify([place, labels, taints, [...(roomOf(node) ?? [])]]);
}

function kindOfNodes(list: readonly { readonly node: Resource; readonly place: Placement }[]): NodeKind {
  const [first] = list;
  if (first === undefined) throw new Error("A kind of nodes has at least one.");
  const room = roomOf(first.node);
  return {
    place: first.place,
    labelOf: statedLabels(first.node),
    names: list.map(({ node }) => nodeName(node)),
    count: list.length,
    taints: taintsOf(first.node),
    ...(room === undefined ? {} : { room }),
  };
}

function nodeName(node: Resource): string {
  return text(at(node.properties, "metadata", "name")) ?? node.name;
}

function statedLabels(node: Resource): LabelsOf {
  const stated = labelsIn(at(node.properties, "metadata", "labels"));
  // Every kubelet says these; a list made by hand may leave them out.
  return (key) => {
    const have = stated(key);
    return have.kind === "absent" && alikeKeys.has(key) ? { kind: "any" } : have;
  };
}

function taintsOf(node: Resource): readonly Taint[] {
  const spec = field(node.properties, "spec");
  const stated = items(field(spec, "taints")).map(taintIn);
  const cordoned = field(spec, "unschedulable") === true && !stated.some(({ key }) => key === cordon.key);
  return cordoned ? [...stated, cordon] : stated;
}

const cordon: Taint = { key: "node.kubernetes.io/unschedulable", value: "", effect: "NoSchedule" };

function taintIn(taint: Value): Taint {
  const word = (key: string) => text(field(taint, key)) ?? "";
  return { key: word("key"), value: word("value"), effect: word("effect") };
}

function roomOf(node: Resource): ReadonlyMap<string, number> | undefined {
  const status = field(node.properties, "status");
  const stated = amountsIn(field(status, "allocatable") ?? field(status, "capacity"));
  return stated.size === 0 ? undefined : stated;
}

/** Nodes that nobody lists, in every place of some sites: as many as it takes, of labels that may be any. */
export function groundOfSites(sites: readonly ClusterSite[]): Ground {
  const names = new Set(sites.flatMap(({ placements }) => placements.flatMap(placeNames)));
  return {
    nodes: sites.flatMap(({ placements, region }) =>
      placements.map((place) => ({
        place,
        labelOf: topologyOf(place, region, names, () => anything),
        count: Infinity,
        taints: [],
      })),
    ),
  };
}

/** The nodes of a managed cluster's pools in each of their zones. */
export function groundOfPools(pools: readonly ManagedPool[]): Ground {
  const zonesOf = ({ zones }: ManagedPool) => (zones.known ? zones.value : []);
  const names = new Set(pools.flatMap((pool) => zonesOf(pool).map(nameOf)));
  return {
    nodes: pools
      .filter(({ isUp }) => isUp)
      .flatMap((pool) => {
        const own = labelsIn(pool.labels);
        const rest = (key: string): Have => {
          const have = own(key);
          const isMade = key.includes("kubernetes.io/") || key.includes("k8s.aws/") || key.startsWith("karpenter.");
          return have.kind === "absent" && (pool.isOpen || isMade) ? anything : have;
        };
        return zonesOf(pool).map((zone) => ({
          place: [zone],
          labelOf: topologyOf([zone], regionOnly, names, rest),
          count: Infinity,
          taints: pool.taints,
        }));
      }),
  };
}

/** A cloud's cluster stands in one region, whichever it is. */
const regionOnly = "the region of the cluster";

/**
 * Labels of topology of nodes in a place. A zone has a name beside its id: a value that is the name of no other place
 * may be its own.
 */
function topologyOf(place: Placement, region: string | undefined, all: ReadonlySet<string>, rest: LabelsOf): LabelsOf {
  const [own = ""] = placeNames(place);
  const isZone = place.some((id) => kindOf(id) === "zone");
  return (asked) => {
    const key = currentKey(asked);
    if (alikeKeys.has(key)) return { kind: "any" };
    if (key === topologyKeys.zone || key === zoneIdKey)
      return { kind: "named", value: own, mayBe: (value) => !all.has(value) };
    if (key === topologyKeys.facility && !isZone) return { kind: "value", value: own };
    if (key === topologyKeys.region && region !== undefined)
      return { kind: "named", value: region, mayBe: () => region === regionOnly };
    return rest(asked);
  };
}

function placeNames(place: Placement): readonly string[] {
  const main = place.find((id) => kindOf(id) === "facility") ?? place.find((id) => kindOf(id) === "zone") ?? place[0];
  return main === undefined ? [] : [nameOf(main)];
}

/** The domain of a key in which a node with this label stands: "" where it has none, undefined where nobody knows. */
export function domainName(have: Have): string | undefined {
  if (have.kind === "value" || have.kind === "named") return have.value;
  return have.kind === "absent" ? "" : undefined;
}
