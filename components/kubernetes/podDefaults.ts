/** What every pod of ours has in common. */
import { type Tier, topologyKeys } from "../../model";
import type { ServiceIdentity } from "../common/identity";

/**
 * Longest time that a tier's pods stay bound to a node that is silent, in seconds. Kubernetes waits 300 unless told
 * (Kubernetes, "Taint based evictions"), after the grace period below. A standard service may wait as long as that: a
 * short break of the network then moves no pod.
 */
const longestEvictionSeconds: Readonly<Record<Tier, number>> = { critical: 30, important: 60, standard: 300 };

/** Shorter, and a switch that restarts would move every pod behind it. */
const shortestEvictionSeconds = 5;

/** Seconds until a silent node is taken as unreachable: `--node-monitor-grace-period`, 50 since Kubernetes 1.32. */
const nodeGraceSeconds = 50;

/** Seconds from a pod's binding until it serves. */
const podStartSeconds = 30;

/**
 * Seconds that a service's pods stay bound to a silent node: what its promise leaves, within the bounds of its tier.
 */
export function evictionSecondsOf({ tier, objectives }: Pick<ServiceIdentity, "tier" | "objectives">): number {
  const longest = longestEvictionSeconds[tier];
  if (objectives === undefined) return longest;
  const left = Math.floor(objectives.rtoSeconds) - nodeGraceSeconds - podStartSeconds;
  return Math.max(shortestEvictionSeconds, Math.min(longest, left));
}

/** Tolerations of a service's pods for a node that is silent or says that it is not ready. */
export function evictionTolerations(identity: Pick<ServiceIdentity, "tier" | "objectives">) {
  return ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map((key) => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds: evictionSecondsOf(identity),
  }));
}

/** How a Deployment's pods spread over the values of a label of the nodes. */
export function spread(
  topologyKey: string,
  matchLabels: Readonly<Record<string, string>>,
  whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway",
) {
  // Counted within one revision: else the pods that an update is about to end decide where the new ones go, and those
  // stay where that has put them.
  const matchLabelKeys = ["pod-template-hash"];
  return { topologyKey, whenUnsatisfiable, maxSkew: 1, labelSelector: { matchLabels }, matchLabelKeys };
}

/**
 * The hard rule: no value of the label has more than one pod more than another. The nodes of a dead room are tainted,
 * and must not hold back the pods that replace theirs.
 */
function evenSpread(topologyKey: string, matchLabels: Readonly<Record<string, string>>) {
  return { ...spread(topologyKey, matchLabels, "DoNotSchedule"), nodeTaintsPolicy: "Honor" };
}

/**
 * How pods spread over the places of a cluster: over its rooms (zone labels) by the hard rule, or, where it spans
 * several buildings, over those (facility labels), and over rooms as far as that goes.
 */
export function placeSpread(over: readonly unknown[] | undefined, matchLabels: Readonly<Record<string, string>>) {
  if (over === undefined || over.length < 2) return [evenSpread(topologyKeys.zone, matchLabels)];
  return [evenSpread(topologyKeys.facility, matchLabels), spread(topologyKeys.zone, matchLabels, "ScheduleAnyway")];
}

/** The given properties without those that are undefined. */
export function withOptions<T extends object>(properties: T): Partial<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Partial<T>;
}
