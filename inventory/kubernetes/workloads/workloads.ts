/**
 * Deployments (Argo's rollouts too), stateful sets and daemon sets: the pods that run, and the placeholders that hold
 * room for them.
 */
import { known, mapKnown, unknown, type Known, type Placement } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Draft } from "../../draft";
import type { Resource } from "../../resource";
import { replicasOf } from "../../spread";
import { amount, amountAt, at, field, items, propertyPath, text } from "../../values";
import { boundsOf } from "../scaling/scalers";
import { claimTypes } from "../storage/storage";
import { neighboursIn } from "../neighbours";
import { stateVolumes } from "../storage/volumeClasses";
import { roomFor } from "./room";
import { readyPodsOf } from "./runState";
import { namespaceOf, placesOf, podPath, schedulingOf, workloadName } from "./pods";
import { memoize } from "../../../lib/memo";

export const deploymentTypes = ["kubernetes:apps/v1:Deployment"] as const;
const statefulSet = "kubernetes:apps/v1:StatefulSet";
const daemonSet = "kubernetes:apps/v1:DaemonSet";
/** Argo Rollouts' own kind of a Deployment: the same pods, another way of changing them. */
const rollout = "kubernetes:argoproj.io/v1alpha1:Rollout";
export const workloadTypes = [...deploymentTypes, statefulSet, daemonSet, rollout] as const;
const priorityClassTypes = ["kubernetes:scheduling.k8s.io/v1:PriorityClass"] as const;

/** Words of the role by which a workload says that it only holds room. */
const holdingRoom: ReadonlySet<string> = new Set(["placeholder", "reserve"]);

export const workloads: Reader = {
  gives: "pods where their cluster stands and must spread, scheduling, placeholders",
  types: workloadTypes,
  read(resource, into, context) {
    if (resource.type === rollout && field(at(resource.properties, "spec"), "workloadRef") !== undefined) {
      into.skip(resource, "Its pods are those of another object, by workloadRef; write the template into the Rollout.");
      return;
    }
    const cluster = context.clusters.of(resource);
    const places = placesOf(resource, context);
    const bounds = boundsOf(resource, context);
    const units = unitsOf(resource, places, bounds?.minimum);
    if (isPlaceholder(resource, context)) {
      const placement = mapKnown(places, (list) => [...new Set(list.flat())]);
      into.state({ kind: "reserve", urn: resource.urn, mechanism: "placeholderPods", placement, units });
      into.attach(resource);
      return;
    }
    const templates =
      resource.type === statefulSet ? items(at(resource.properties, "spec", "volumeClaimTemplates")) : [];
    const startNeeds = [cluster.controlPlane];
    // Scaled to zero while nothing is asked for: a standby, which has to be scaled out first.
    const dark = bounds?.held !== true && bounds?.minimum.known === true && bounds.minimum.value === 0;
    const standing = dark
      ? { units: bounds.maximum, places, role: "standby" as const, startNeeds }
      : { units, places, startNeeds };
    const replicas = replicasOf(resource, standing, context);
    const isHolder = (other: Resource) => isPlaceholder(other, context);
    into.place({
      resource,
      layer: templates.length > 0 ? "store" : "compute",
      sharing: "service",
      scope: cluster.key,
      workload: workloadName(resource),
      replicas: [
        ...replicas,
        ...(replicas.every(({ role }) => role === "active") ? roomFor(resource, places, isHolder, context) : []),
      ],
    });
    into.state(schedulingOf(resource, units, context));
    templates.forEach((template, index) => {
      const path = `spec.volumeClaimTemplates[${index}].spec`;
      stateVolumes(resource, field(template, "spec"), path, units, into, context);
    });
    follow(resource, into, context);
    dependOnVolumes(resource, into, context);
  },
};

/**
 * Pods that run: what a scaler keeps at least, else what the workload asks for, else one (Kubernetes' default); never
 * more than are known to be ready.
 */
function unitsOf(
  resource: Resource,
  places: Known<readonly Placement[]>,
  minimum: Known<number> | undefined,
): Known<number> {
  // A daemon set runs on every node; how many there are the stack does not say, but one in each place is sure.
  const asked =
    resource.type === daemonSet
      ? mapKnown(places, (list) => list.length)
      : (minimum ?? amountAt(resource, ["spec", "replicas"], 1));
  const ready = readyPodsOf(resource);
  return ready === undefined ? asked : mapKnown(asked, (units) => Math.min(units, ready));
}

/** A workload whose pods give way to any other: a class of negative priority, or its own word for it. */
function isPlaceholder(resource: Resource, context: ReadContext): boolean {
  const role = context.identities.claim(resource, "role");
  if (role !== undefined && holdingRoom.has(role)) return true;
  const name = at(resource.properties, ...podPath, "priorityClassName");
  const classes =
    typeof name === "symbol"
      ? context.stack.edges(resource, "spec", priorityClassTypes)
      : classesNamed(text(name), resource, context);
  return (
    classes.length > 0 &&
    classes.every((one) => {
      const value = field(one.properties, "value");
      return typeof value === "number" && value < 0;
    })
  );
}

const classesOf = memoize((context: ReadContext): ReadonlyMap<string, Resource> => {
  const map = new Map<string, Resource>();
  for (const one of context.stack.ofType(priorityClassTypes[0])) {
    map.set(`${context.clusters.of(one).key} ${text(at(one.properties, "metadata", "name")) ?? one.name}`, one);
  }
  return map;
});

function classesNamed(name: string | undefined, resource: Resource, context: ReadContext): readonly Resource[] {
  if (name === undefined) return [];
  const found = classesOf(context).get(`${context.clusters.of(resource).key} ${name}`);
  return found === undefined ? [] : [found];
}

/** How a follower's copy is fed, as it says itself: docs/decisions/0002. */
const replicationKey = "duplex.dev/replication";

/** A standby of a store of another kind: no resource joins the two, so its own word has to. */
function follow(resource: Resource, into: Draft, { identities }: ReadContext): void {
  const mode = at(resource.properties, "metadata", "annotations", replicationKey);
  if ((mode !== "asynchronous" && mode !== "synchronous") || identities.claim(resource, "role") !== "standby") return;
  into.followers.push(resource.urn);
  const rpoSeconds = unknown<number>(propertyPath(resource, "metadata", "annotations", replicationKey));
  into.replications.set(resource.urn, {
    mode,
    rpoSeconds: mode === "synchronous" ? known(0) : rpoSeconds,
    multiWriter: false,
  });
}

function dependOnVolumes(resource: Resource, into: Draft, context: ReadContext): void {
  for (const volume of items(at(resource.properties, ...podPath, "volumes"))) {
    const name = text(at(volume, "persistentVolumeClaim", "claimName"));
    if (name === undefined) continue;
    for (const claim of neighboursIn(resource, namespaceOf(resource), claimTypes, context)) {
      if (text(at(claim.properties, "metadata", "name")) !== name) continue;
      into.depend(resource.urn, claim.urn, "hard", "spec.template.spec.volumes");
    }
  }
}

/** Read with the workloads that name them. */
export const priorityClasses: Reader = {
  gives: "which pods only hold room",
  types: priorityClassTypes,
  read(resource, into) {
    // A value that is no number leaves every workload of the class where it is: nothing to state.
    if (amount(field(resource.properties, "value")) === undefined) into.attach(resource);
  },
};
