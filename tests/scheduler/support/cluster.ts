/** One cluster under test: what was applied to it, what of it runs, and when nothing moves any more. */
import { labelKeys } from "../../../model";
import type { ControlPlane } from "./controlPlane";
import { Fleet, inParallel } from "./fleet";
import { collectionOf, conditionOf, type KubernetesObject, type Pod } from "./objects";
import { pause, waitFor } from "./wait";

/** A Deployment or a StatefulSet that was applied. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  /** Service by the label of its own; the placeholders of a service have it too. */
  readonly service: string;
  readonly placeholder: boolean;
}

/** What of one workload there is. */
export interface Count {
  /** Run on nodes that answer. */
  readonly serving: number;
  readonly pending: number;
}

/** How long nothing may have changed, in milliseconds, before a pending pod is taken as one that stays so. */
const quiet = 1600;

const workloadKinds: ReadonlySet<string> = new Set(["Deployment", "StatefulSet"]);
const clusterWide: ReadonlySet<string> = new Set(["Namespace", "PriorityClass", "StorageClass", "PersistentVolume"]);

export class Cluster {
  readonly fleet: Fleet;
  #workloads: readonly Workload[] = [];
  #applied: readonly KubernetesObject[] = [];
  #lastChange = Date.now();

  constructor(readonly plane: ControlPlane) {
    this.fleet = new Fleet(plane.api, Math.min(20, plane.settings.graceSeconds / 6));
    this.fleet.onChange(() => (this.#lastChange = Date.now()));
  }

  get workloads(): readonly Workload[] {
    return this.#workloads;
  }

  /** Applies objects in their order: what must exist first stands first, and is applied first. */
  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const first = objects.filter(({ kind = "" }) => clusterWide.has(kind));
    for (const object of first) await this.plane.api.apply(object);
    await inParallel(objects.filter((object) => !first.includes(object)), (object) => this.plane.api.apply(object)); // prettier-ignore
    this.#applied = [...this.#applied, ...objects];
    this.#workloads = [
      ...this.#workloads,
      ...objects.filter(({ kind = "" }) => workloadKinds.has(kind)).map(workloadOf),
    ];
  }

  podsOf({ namespace, name }: Workload): readonly Pod[] {
    return this.fleet.pods.filter(
      ({ metadata }) => metadata.namespace === namespace && metadata.labels?.["app.kubernetes.io/name"] === name,
    );
  }

  countOf(workload: Workload): Count {
    const pods = this.podsOf(workload);
    return {
      serving: pods.filter((pod) => this.fleet.serves(pod)).length,
      pending: pods.filter(({ spec }) => spec.nodeName === undefined).length,
    };
  }

  /** Pods of a service that run on nodes that answer, placeholders not among them. */
  servingOf(service: string): number {
    return this.#workloads
      .filter((workload) => workload.service === service && !workload.placeholder)
      .reduce((sum, workload) => sum + this.countOf(workload).serving, 0);
  }

  /** Waits until every pod that is wanted runs, or the scheduler has said of the rest that no node can take it. */
  async settled(seconds = 150): Promise<void> {
    await waitFor("the pods to settle", seconds, () => this.#isSettled(), () => this.describe()); // prettier-ignore
  }

  /** Waits until every pod that is wanted runs. */
  async full(seconds = 60): Promise<void> {
    const isFull = () => this.#workloads.every((one) => this.countOf(one).serving === one.replicas);
    await waitFor("every pod to run", seconds, isFull, () => this.describe());
  }

  /** Waits until every Deployment has as many pods of its newest revision as it wants, and no other. */
  async updated(seconds = 120): Promise<void> {
    await waitFor(
      "the update to end",
      seconds,
      async () => {
        const live = await this.plane.api.list("/apis/apps/v1/deployments");
        return live.every(isUpdated) && this.#isSettled();
      },
      () => this.describe(),
    );
  }

  describe(): string {
    return this.#workloads
      .map((workload) => {
        const { serving, pending } = this.countOf(workload);
        const stuck = this.podsOf(workload).map((pod) => conditionOf(pod, "PodScheduled")).find((one) => one?.status === "False"); // prettier-ignore
        return `${workload.namespace}/${workload.name}: ${serving} of ${workload.replicas} run, ${pending} pend${stuck ? ` (${stuck.message})` : ""}`;
      })
      .join("\n");
  }

  /** Deletes what was applied and all nodes; namespaces and classes stay, for the next may have the same. */
  async clear(): Promise<void> {
    const { api } = this.plane;
    const namespaces = [...new Set(this.#workloads.map(({ namespace }) => namespace))];
    const kept = (object: KubernetesObject) => clusterWide.has(object.kind ?? "");
    const paths = new Set(this.#applied.filter((object) => !kept(object)).map((object) => collectionOf(object)));
    const services = [...paths].filter((path) => path.endsWith("/services"));
    await inParallel([...paths].filter((path) => !services.includes(path)), (path) => api.remove(path)); // prettier-ignore
    // Collections of Services cannot be deleted as one.
    await inParallel(
      this.#applied.filter(({ kind }) => kind === "Service"),
      (object) => api.remove(`${collectionOf(object)}/${object.metadata.name}`),
    );
    await inParallel(namespaces, (space) => api.remove(`/apis/apps/v1/namespaces/${space}/replicasets`));
    await inParallel(namespaces, (space) => api.remove(`/api/v1/namespaces/${space}/persistentvolumeclaims`));
    await waitFor("the pods to go", 30, async () => {
      await inParallel(namespaces, (space) => api.remove(`/api/v1/namespaces/${space}/pods`));
      if (this.fleet.pods.length === 0) return true;
      await pause(100);
      return false;
    });
    await this.fleet.loseNodes(this.fleet.nodes.map(({ name }) => name));
    await api.remove("/api/v1/persistentvolumes");
    this.#workloads = [];
    this.#applied = [];
  }

  #isSettled(): boolean {
    let pends = false;
    for (const workload of this.#workloads) {
      const pods = this.podsOf(workload).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      if (pods.length !== workload.replicas) return false;
      for (const pod of pods) {
        if (this.fleet.serves(pod)) continue;
        const scheduled = conditionOf(pod, "PodScheduled");
        if (scheduled?.status !== "False" || pod.status.nominatedNodeName) return false;
        pends = true;
      }
    }
    return !pends || Date.now() - this.#lastChange > quiet;
  }
}

/** As `kubectl rollout status` decides; one that has no room for all of its pods has updated what it has. */
function isUpdated({ metadata, spec, status }: KubernetesObject): boolean {
  const { replicas = 1 } = spec as { readonly replicas?: number };
  const seen = status as {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
  };
  const { updatedReplicas = 0 } = seen;
  return seen.observedGeneration === metadata.generation && updatedReplicas === replicas && seen.replicas === replicas;
}

function workloadOf({ kind = "", metadata, spec }: KubernetesObject): Workload {
  const { labels = {} } = metadata;
  return {
    kind,
    namespace: metadata.namespace ?? "default",
    name: labels["app.kubernetes.io/name"] ?? metadata.name,
    replicas: (spec as { readonly replicas?: number }).replicas ?? 1,
    service: labels[labelKeys.service] ?? metadata.name,
    placeholder: labels[labelKeys.role] === "placeholder",
  };
}
