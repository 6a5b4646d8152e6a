/**
 * Room in which the scheduler makes pods of a lost place anew: placeholder pods of the same service in a cluster over
 * several places. In a cluster of one building there is nowhere to go when the building is lost.
 */
import { known, type Known, type Placement, type Replica } from "../../../model";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, amountAt, at, items } from "../../values";
import { neighbours } from "../neighbours";
import { domainsOf, isControlPlaneNode, nodeTypes } from "../cluster/nodeLabels";
import { podPath, podsOf, tolerationOf } from "./pods";
import { byText } from "../../../lib/order";

const deploymentTypes = ["kubernetes:apps/v1:Deployment"] as const;

/**
 * Seconds until a silent node is taken as unreachable: kube-controller-manager's `--node-monitor-grace-period`, 50
 * since Kubernetes 1.32 and 40 before.
 */
const nodeGraceSeconds = 50;

/**
 * Seconds between two nodes of one zone that are tainted to be evicted: kube-controller-manager's
 * `--node-eviction-rate`, 0.1 a second. The last pods of a silent building leave with its last node (measured:
 * docs/scheduler.md).
 */
const secondsPerNode = 10;

/**
 * Seconds from a pod's binding until it serves, where nothing says otherwise: its image is on the node, its probe
 * answers.
 */
const podStartSeconds = 30;

/**
 * Standbys for the pods of a Deployment, one in each place: as many as are sure to find room there.
 *
 * @param isPlaceholder tells the Deployments that only hold room
 */
export function roomFor(
  resource: Resource,
  places: Known<readonly Placement[]>,
  isPlaceholder: (other: Resource) => boolean,
  context: ReadContext,
): readonly Replica[] {
  if (resource.type !== deploymentTypes[0] || !places.known || places.value.length < 2) return [];
  const { identities, clusters } = context;
  const { service } = identities.of(resource);
  const family = neighbours(resource, deploymentTypes, context).filter((one) => identities.of(one).service === service);
  const [holders, users] = [family.filter(isPlaceholder), family.filter((one) => !isPlaceholder(one))];
  // Two workloads of one service would both count on the same room.
  if (users.length !== 1) return [];
  const unitRps = amount(identities.claim(resource, "unitRps"));
  const spec = at(resource.properties, ...podPath);
  const ready = amount(identities.claim(resource, "startSeconds")) ?? podStartSeconds;
  const wave = Math.max(0, mostHosts(resource, places.value, context) - 1) * secondsPerNode;
  return holders
    .filter((holder) => holdsAsMuch(holder, resource))
    .flatMap((holder): readonly Replica[] => {
      const pods = amountAt(holder, ["spec", "replicas"], 1);
      const found = podsOf(holder, pods, context);
      if (!found.places.known || !pods.known || found.places.value.length < 2) return [];
      // What may be anywhere is sure nowhere.
      const { sure = [] } = found.placed ?? {};
      return found.places.value.flatMap((place, index): readonly Replica[] => {
        const each = sure[index] ?? 0;
        if (each === 0) return [];
        return [
          {
            id: `${holder.urn}#${[...place].sort(byText).join("+")}`,
            urn: holder.urn,
            role: "standby",
            placement: known(place),
            ...(unitRps === undefined ? {} : { capacityRps: known(each * unitRps) }),
            units: known(each),
            startSeconds: nodeGraceSeconds + tolerationOf(spec) + wave + ready,
            startNeeds: [clusters.of(resource).controlPlane],
            standsInFor: resource.urn,
          },
        ];
      });
    });
}

/** Nodes of the fullest of these places, by the labels of those that the stack has; 0 where it has none. */
function mostHosts({ provider }: Resource, places: readonly Placement[], { stack }: ReadContext): number {
  const nodes = nodeTypes
    .flatMap((type) => stack.ofType(type))
    .filter((node) => node.provider === provider && !isControlPlaneNode(node))
    .map((node) => new Set(domainsOf(node)));
  return Math.max(0, ...places.map((place) => nodes.filter((node) => place.some((domain) => node.has(domain))).length));
}

/** A placeholder makes room for a pod only where it asks for the same. */
function holdsAsMuch(holder: Resource, resource: Resource): boolean {
  const asked = requestsOf(holder);
  return asked !== undefined && asked === requestsOf(resource);
}

function requestsOf(resource: Resource): string | undefined {
  const containers = items(at(resource.properties, ...podPath, "containers"));
  const amounts = containers.map((container) => {
    const own = (kind: string): Value =>
      at(container, "resources", "requests", kind) ?? at(container, "resources", "limits", kind);
    return [own("cpu"), own("memory")];
  });
  const known = amounts.flat().every((value) => typeof value === "string" || typeof value === "number");
  return containers.length > 0 && known ? JSON.stringify(amounts) : undefined;
}
