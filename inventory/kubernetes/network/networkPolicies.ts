/** Network policies: who is let in to a pod, on which port (Kubernetes, "Network Policies"). */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, entries, field, items, text, texts } from "../../values";
import { clientsIn } from "../../aws/network/ipRanges";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { neighbours } from "../neighbours";
import { every, picks, some, type Match } from "../labelSelectors";
import { podPath } from "../workloads/pods";
import { containersOf, namedPort, type PodPort } from "./ports";

export const policyTypes = ["kubernetes:networking.k8s.io/v1:NetworkPolicy"] as const;

/**
 * Who asks: somebody outside of the cluster, by a load balancer or a port of the nodes; a controller that forwards what
 * an Ingress or a route lets in, whose own namespace nobody knows; or pods of the cluster.
 */
export type Client = "outside" | "controller" | "inside";

export const networkPolicies: Reader = {
  gives: "who is let in to the pods that it selects, on which ports",
  types: policyTypes,
  read(resource, into, context) {
    if (!isolates(resource, "Egress") || letsAskNames(resource)) return;
    const here = neighbours(resource, workloadKinds, context);
    const first = here.find((one) => selectsPods(resource, one) === "yes");
    if (first === undefined) return;
    into.skip(
      resource,
      "It lets its pods ask no name server (port 53), and which of their needs it cuts off nobody reads.",
    );
  },
};

const workloadKinds = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

/** Whether some rule of a policy lets DNS out. */
function letsAskNames({ properties }: Resource): boolean {
  const dns: PodPort = { number: 53, protocol: "UDP" };
  return items(at(properties, "spec", "egress")).some((rule) => onPort(field(rule, "ports"), dns, []) !== "no");
}

/**
 * What keeps requests from the pods of a workload; undefined where no policy selects them, or one lets them in. What
 * several policies let in adds up.
 */
export function admissionGate(
  workload: Resource,
  port: PodPort,
  client: Client,
  context: ReadContext,
): Gate | undefined {
  // Policies are not sure to hold for pods on the network of their node ("NetworkPolicy and hostNetwork pods").
  if (at(workload.properties, ...podPath, "hostNetwork") === true) return undefined;
  const policies = policiesOf(context).get(workload) ?? [];
  const [first] = policies;
  if (first === undefined) return undefined;
  const containers = containersOf(workload) ?? [];
  const answers = policies.flatMap(({ policy }) =>
    items(at(policy.properties, "spec", "ingress")).map((rule) =>
      every([onPort(field(rule, "ports"), port, containers), fromClient(field(rule, "from"), client)]),
    ),
  );
  const hidden = policies.some(({ policy }) => typeof at(policy.properties, "spec", "ingress") === "symbol");
  const passed = hidden ? some([...answers, "maybe"]) : some(answers);
  if (passed === "yes") return undefined;
  const { policy } = policies.find(({ match }) => match === "yes") ?? first;
  const where = port.number === undefined ? "" : ` on port ${port.number}`;
  const whom = { outside: "nobody from outside", controller: "no ingress controller", inside: "no pod" }[client];
  const isSure = passed === "no" && policies.every(({ match }) => match === "yes");
  return isSure
    ? closedBy(
        policy,
        "spec.ingress",
        `the network policy "${policy.name}" lets ${whom} in to "${workload.name}"${where}`,
      )
    : undecidedBy(
        policy,
        "spec.ingress",
        `the network policy "${policy.name}" lets ${whom} in to "${workload.name}"${where} for certain`,
      );
}

interface Selecting {
  readonly policy: Resource;
  readonly match: Match;
}

/** Policies on what comes in, by the workload whose pods they select. */
const policiesOf = memoize((context: ReadContext): ReadonlyMap<Resource, readonly Selecting[]> => {
  const found = new Map<Resource, Selecting[]>();
  for (const policy of policyTypes.flatMap((type) => context.stack.ofType(type))) {
    if (!isolates(policy, "Ingress")) continue;
    for (const workload of candidates(policy, context)) {
      const match = selectsPods(policy, workload);
      if (match !== "no") addTo(found, workload, { policy, match });
    }
  }
  return found;
});

/** Workloads beside a policy, of those with a label that it asks for only where it asks for one: told by an index. */
function candidates(policy: Resource, context: ReadContext): readonly Resource[] {
  const here = neighbours(policy, workloadKinds, context);
  const [[key, value] = []] = entries(at(policy.properties, "spec", "podSelector", "matchLabels"));
  if (key === undefined || typeof value !== "string") return here;
  const byLabel = labelled(here);
  return [...(byLabel.get(`${key}=${value}`) ?? []), ...(byLabel.get("") ?? [])];
}

/** Workloads by each label of their pods; under the empty text those with labels that are not known. */
const labelled = memoize((here: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  for (const workload of here) {
    const labels = podLabels(workload);
    const known = entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    if (typeof labels === "symbol" || known.length < entries(labels).length) addTo(found, "", workload);
    else for (const [key, value] of known) addTo(found, `${key}=${value}`, workload);
  }
  return found;
});

function podLabels(workload: Resource): Value {
  return at(workload.properties, "spec", "template", "metadata", "labels");
}

function selectsPods({ properties }: Resource, workload: Resource): Match {
  // One that is left out selects every pod, as an empty one does.
  return picks(at(properties, "spec", "podSelector") ?? {}, podLabels(workload));
}

/** Unless its types say otherwise a policy is about what comes in, and where it has rules for that what goes out. */
function isolates({ properties }: Resource, direction: "Ingress" | "Egress"): boolean {
  const types = texts(at(properties, "spec", "policyTypes"));
  if (types.length > 0) return types.includes(direction);
  return direction === "Ingress" || items(at(properties, "spec", "egress")).length > 0;
}

function onPort(ports: Value, asked: PodPort, containers: readonly Value[]): Match {
  if (typeof ports === "symbol") return "maybe";
  const list = items(ports);
  if (list.length === 0) return "yes";
  return some(
    list.map((one): Match => {
      if ((text(field(one, "protocol")) ?? "TCP") !== asked.protocol) return "no";
      const port = field(one, "port");
      if (port === undefined) return "yes";
      if (asked.number === undefined || typeof port === "symbol") return "maybe";
      const name = text(port);
      const first = amount(port) ?? (name === undefined ? undefined : namedPort(containers, name, asked.protocol));
      if (first === undefined) return "no";
      return asked.number >= first && asked.number <= (amount(field(one, "endPort")) ?? first) ? "yes" : "no";
    }),
  );
}

function fromClient(from: Value, client: Client): Match {
  if (typeof from === "symbol") return "maybe";
  const peers = items(from);
  return peers.length === 0 ? "yes" : some(peers.map((peer) => isPeer(peer, client)));
}

function isPeer(peer: Value, client: Client): Match {
  const block = field(peer, "ipBlock");
  if (block !== undefined) {
    const cidr = text(field(block, "cidr"));
    if (cidr === undefined) return "maybe";
    const clients = cidr === "::/0" ? "all" : clientsIn([cidr]);
    const left = texts(field(block, "except")).some((one) => clientsIn([one]) === "all") ? "none" : clients;
    if (left === "all") return "yes";
    // Private addresses are those of nodes and load balancers too, by which requests from outside mostly come.
    return left === "none" ? (clients === "all" ? "no" : "yes") : client === "outside" ? "maybe" : "no";
  }
  // Selectors pick pods alone, and nobody outside is one.
  if (client === "outside") return "no";
  const isOfOwnNamespace = field(peer, "namespaceSelector") === undefined;
  // Whoever a policy names is taken to be there; a controller of the same namespace is rare.
  return client === "controller" && isOfOwnNamespace ? "maybe" : "yes";
}
