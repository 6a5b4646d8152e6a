/** The fewest and the most pods that a scaler lets stay. */
import { known, type Known } from "../../../model";
import type { Resource, Value } from "../../resource";
import { amount, amountAt, at, field } from "../../values";

export interface Bounds {
  readonly minimum: Known<number>;
  readonly maximum: Known<number>;
  /** True where no demand raises it from its minimum: somebody has paused it, or a schedule holds it there. */
  readonly held?: boolean;
}

/** KEDA makes an autoscaler of each, which the engine does not know. */
export const scaledObjectTypes = ["kubernetes:keda.sh/v1alpha1:ScaledObject"] as const;

export function isScaledObject({ type }: Resource): boolean {
  return scaledObjectTypes.some((one) => one === type);
}

/**
 * The bounds of a scaler of this workload; what it leaves out is the default of its kind (its API reference). Undefined
 * where it is switched off: then the workload keeps what it asks for.
 */
export function boundsOfScaler(scaler: Resource, workload: Resource): Bounds | undefined {
  return isScaledObject(scaler) ? boundsOfScaledObject(scaler, workload) : boundsOfAutoscaler(scaler, workload);
}

function boundsOfAutoscaler(scaler: Resource, workload: Resource): Bounds | undefined {
  // At 0 it does nothing until somebody sets another number ("Implicit maintenance-mode deactivation").
  if (amount(at(workload.properties, "spec", "replicas")) === 0) return undefined;
  const bounds = {
    minimum: amountAt(scaler, ["spec", "minReplicas"], 1),
    maximum: amountAt(scaler, ["spec", "maxReplicas"], 1),
  };
  return kept(bounds, at(scaler.properties, "spec", "behavior"), workload);
}

function boundsOfScaledObject(scaler: Resource, workload: Resource): Bounds | undefined {
  const annotations = at(scaler.properties, "metadata", "annotations");
  const paused = amount(field(annotations, "autoscaling.keda.sh/paused-replicas"));
  if (paused !== undefined) return { minimum: known(paused), maximum: known(paused), held: true };
  const isPaused = field(annotations, "autoscaling.keda.sh/paused");
  if (isPaused === "true" || isPaused === true) return undefined;
  const bounds = {
    minimum: amountAt(scaler, ["spec", "minReplicaCount"], 0),
    maximum: amountAt(scaler, ["spec", "maxReplicaCount"], 100),
  };
  // What stays while no trigger is active, fewer than the minimum of the rest of the time.
  const idle = amountAt(scaler, ["spec", "idleReplicaCount"], undefined);
  if (idle !== undefined) return { ...bounds, minimum: idle };
  const behaviour = at(scaler.properties, "spec", "advanced", "horizontalPodAutoscalerConfig", "behavior");
  // KEDA itself takes the last pod, whatever its autoscaler may do.
  return bounds.minimum.known && bounds.minimum.value === 0 ? bounds : kept(bounds, behaviour, workload);
}

/** A scaler that never scales down leaves what the workload asks for. */
function kept(bounds: Bounds, behaviour: Value, workload: Resource): Bounds {
  const asked = amount(at(workload.properties, "spec", "replicas"));
  if (asked === undefined || at(behaviour, "scaleDown", "selectPolicy") !== "Disabled") return bounds;
  const { minimum, maximum } = bounds;
  if (!minimum.known || !maximum.known) return bounds;
  return { minimum: known(Math.max(minimum.value, Math.min(asked, maximum.value))), maximum };
}
