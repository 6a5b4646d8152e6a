/** Types of what runs pods for as long as it is there. */

const deploymentTypes = ["kubernetes:apps/v1:Deployment"] as const;
export const statefulSet = "kubernetes:apps/v1:StatefulSet";
export const daemonSet = "kubernetes:apps/v1:DaemonSet";
/** Argo Rollouts' own kind of a Deployment: the same pods, another way of changing them. */
export const rollout = "kubernetes:argoproj.io/v1alpha1:Rollout";
export const workloadTypes = [...deploymentTypes, statefulSet, daemonSet, rollout] as const;
