/**
 * The kubelets of a cluster: what runs a pod that is bound to a node, ends one that is to go, and gives a sign of life.
 * Everything else, from binding to eviction, is the real control plane's.
 */
import type { Api, ApiEvent } from "./api";
import { nodeObject, readyCondition, type NodePlan } from "./nodes";
import { isReady, placeOf, podPath, type KubernetesObject, type Pod } from "./objects";
import { pause, waitFor } from "./wait";

const leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

/** Requests under way at once when many objects are made or deleted. */
const hands = 12;

export class Fleet {
  readonly #pods = new Map<string, Pod>();
  readonly #nodes = new Map<string, NodePlan>();
  readonly #silent = new Set<string>();
  /** Nodes that were taken away. */
  readonly #lost = new Set<string>();
  readonly #endWatch: () => void;
  readonly #changed: (() => void)[] = [];
  #failure: Error | undefined;
  #renewing: Promise<void>;
  #ended = false;

  /** @param renewSeconds between two signs of life of a node; much less than the grace period */
  constructor(
    private readonly api: Api,
    private readonly renewSeconds: number,
  ) {
    const fail = (error: Error) => (this.#failure ??= error);
    const known = (pod: Pod) => {
      this.#pods.set(keyOf(pod), pod);
      this.#serve(pod).catch(fail);
    };
    const changed = () => {
      for (const tell of this.#changed) tell();
    };
    const follow = {
      all: (objects: readonly KubernetesObject[]) => {
        this.#pods.clear();
        for (const object of objects) known(object as Pod);
        changed();
      },
      change: ({ type, object }: ApiEvent) => {
        const pod = object as Pod;
        if (type === "DELETED") this.#pods.delete(keyOf(pod));
        else known(pod);
        changed();
      },
    };
    this.#endWatch = api.watch("/api/v1/pods", follow, fail);
    this.#renewing = this.#renew().catch((error: unknown) => void fail(error as Error));
  }

  /** Pods as the API server shows them. */
  get pods(): readonly Pod[] {
    if (this.#failure) throw this.#failure;
    return [...this.#pods.values()];
  }

  get nodes(): readonly NodePlan[] {
    return [...this.#nodes.values()];
  }

  /** Calls back on every change of a pod. */
  onChange(tell: () => void): void {
    this.#changed.push(tell);
  }

  /** True where a pod runs on a node that is there and answers: what its users would find. */
  serves(pod: Pod): boolean {
    const { nodeName } = pod.spec;
    return nodeName !== undefined && this.#nodes.has(nodeName) && !this.#silent.has(nodeName) && isReady(pod);
  }

  async addNodes(plans: readonly NodePlan[]): Promise<void> {
    await inParallel(plans, async (plan) => {
      this.#nodes.set(plan.name, plan);
      this.#lost.delete(plan.name);
      await this.api.create("/api/v1/nodes", nodeObject(plan, new Date()));
      await this.api.ask("POST", leases, { body: leaseOf(plan.name) });
    });
  }

  /** Waits until the life cycle controller has taken the taint from every node that it knows to be well. */
  async ready(): Promise<void> {
    await waitFor("the nodes to be taken as ready", 30, async () => {
      const nodes = await this.api.list("/api/v1/nodes");
      const isTainted = ({ spec }: KubernetesObject) => ((spec as { taints?: unknown[] }).taints ?? []).length > 0;
      return nodes.length === this.#nodes.size && !nodes.some(isTainted);
    });
  }

  /**
   * Takes nodes away with all that ran on them. The garbage collector of pods would do the same after 40 s of waiting; the
   * controllers and the scheduler see what they would see then. A scheduler that has not heard of it yet may bind a pod to such
   * a node: that pod goes as well, as soon as it is seen.
   */
  async loseNodes(names: readonly string[]): Promise<void> {
    const lost = new Set(names);
    for (const name of names) this.#nodes.delete(name);
    await inParallel(names, (name) => this.api.remove(`/api/v1/nodes/${name}`));
    for (const name of names) this.#lost.add(name);
    const orphans = this.pods.filter(({ spec }) => spec.nodeName !== undefined && lost.has(spec.nodeName));
    await inParallel(orphans, (pod) => this.#remove(pod));
  }

  /** From now on these nodes give no sign of life and do nothing that they are told. */
  silence(names: readonly string[]): void {
    for (const name of names) this.#silent.add(name);
  }

  /** Silent nodes answer again, and do what they were told meanwhile. */
  async wake(names: readonly string[]): Promise<void> {
    for (const name of names) this.#silent.delete(name);
    await inParallel(names, (name) => this.#signOfLife(name));
    const woken = new Set(names);
    await inParallel(
      this.pods.filter(({ spec }) => spec.nodeName !== undefined && woken.has(spec.nodeName)),
      (pod) => this.#serve(pod),
    );
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#endWatch();
    await this.#renewing;
  }

  /** Does with one pod what the kubelet of its node does, and the garbage collector where there is no node any more. */
  async #serve(pod: Pod): Promise<void> {
    const { nodeName } = pod.spec;
    if (!this.#ended && nodeName !== undefined && this.#lost.has(nodeName)) return this.#remove(pod);
    if (this.#ended || nodeName === undefined || !this.#nodes.has(nodeName) || this.#silent.has(nodeName)) return;
    if (pod.metadata.deletionTimestamp !== undefined) return this.#remove(pod);
    if (isReady(pod)) return;
    const { status } = await this.api.merge(`${podPath(placeOf(pod))}/status`, { status: runningStatus(pod) });
    // Gone or changed meanwhile: the next event tells.
    if (status >= 400 && status !== 404 && status !== 409) {
      throw new Error(`The status of pod ${keyOf(pod)} was refused with ${status}.`);
    }
  }

  /** This one: a stateful set makes another of the same name at once. */
  #remove(pod: Pod): Promise<void> {
    return this.api.remove(podPath(placeOf(pod)), pod.metadata.uid);
  }

  async #renew(): Promise<void> {
    let next = Date.now() + this.renewSeconds * 1000;
    while (!this.#ended) {
      await pause(100);
      if (Date.now() < next) continue;
      next = Date.now() + this.renewSeconds * 1000;
      await inParallel([...this.#nodes.keys()].filter((name) => !this.#silent.has(name)), (name) =>
        this.#signOfLife(name),
      ); // prettier-ignore
    }
  }

  async #signOfLife(name: string): Promise<void> {
    const { spec } = leaseOf(name);
    await this.api.merge(`${leases}/${name}`, { spec });
    // Unreachable nodes are ready again by their status, which a kubelet writes when its own has changed.
    const { status, body } = await this.api.ask("GET", `/api/v1/nodes/${name}`);
    if (status !== 200 || isNodeReady(body)) return;
    await this.api.ask("PATCH", `/api/v1/nodes/${name}/status`, {
      body: { status: { conditions: [readyCondition(new Date())] } },
      contentType: "application/strategic-merge-patch+json",
    });
  }
}

function isNodeReady(node: unknown): boolean {
  const { status } = node as { status?: { conditions?: readonly { type: string; status: string }[] } };
  return status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
}

export function keyOf(pod: Pod): string {
  const { name, namespace } = placeOf(pod);
  return `${namespace}/${name}`;
}

function leaseOf(name: string) {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name, namespace: "kube-node-lease" },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: `${new Date().toISOString().slice(0, -1)}000Z` },
  };
}

function runningStatus({ status }: Pod): object {
  const time = new Date().toISOString();
  const now = { status: "True", lastProbeTime: null, lastTransitionTime: time };
  const kept = (status.conditions ?? []).filter(({ type }) => type === "PodScheduled");
  return {
    phase: "Running",
    startTime: time,
    conditions: [...kept, ...["Initialized", "ContainersReady", "Ready"].map((type) => ({ type, ...now }))],
  };
}

/** Does the same with each, a few at a time. */
export async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(hands, items.length) }, worker));
}
