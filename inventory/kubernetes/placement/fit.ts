/** Which nodes a pod may stand on by itself: by its name for one, its selectors, and the taints that it tolerates. */
import { topologyKeys } from "../../../model";
import { UNKNOWN, type Value } from "../../resource";
import { at, field, items, text } from "../../values";
import type { NodeKind, Taint } from "./ground";
import { every, requirementsMet, selectsAll, some, type Have, type LabelsOf, type Match } from "./selectors";

export interface Fit {
  /** By `nodeSelector` and required affinity. */
  readonly selected: Match;
  /** By taints and tolerations. */
  readonly tolerated: Match;
}

/** Taints that every pod of a daemon set tolerates (Kubernetes, DaemonSet: Taints and tolerations). */
const daemonTolerations: ReadonlySet<string> = new Set([
  "node.kubernetes.io/not-ready",
  "node.kubernetes.io/unreachable",
  "node.kubernetes.io/disk-pressure",
  "node.kubernetes.io/memory-pressure",
  "node.kubernetes.io/pid-pressure",
  "node.kubernetes.io/unschedulable",
]);

/** Taints for which admission adds a toleration of 300 s (plugin DefaultTolerationSeconds). */
const awayTaints: ReadonlySet<string> = new Set(["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]);

/** How a template fits nodes of one kind, or one of them by its name. */
export function fitOf(spec: Value, node: NodeKind, name: string | undefined, isDaemon: boolean): Fit {
  const labels = named(node, name);
  const tolerations = field(spec, "tolerations");
  return {
    selected: every([selectsAll(field(spec, "nodeSelector"), labels), affinityOf(spec, labels, name)]),
    tolerated: every(node.taints.map((taint) => tolerates(tolerations, taint, isDaemon))),
  };
}

/** True where a template tells nodes apart by their names, so that nodes of one kind have to be asked one by one. */
export function asksForNames(spec: Value): boolean {
  const words = JSON.stringify([field(spec, "nodeSelector"), at(spec, "affinity", "nodeAffinity")]) ?? "";
  return words.includes(topologyKeys.host) || words.includes("matchFields");
}

function named(node: NodeKind, name: string | undefined): LabelsOf {
  const host: Have = name === undefined ? { kind: "unsaid", mayBe: () => true } : { kind: "value", value: name };
  return (key) => (key === topologyKeys.host ? host : node.labelOf(key));
}

/** Terms are alternatives; one that asks nothing picks nothing (API reference, NodeSelectorTerm). */
function affinityOf(spec: Value, labels: LabelsOf, name: string | undefined): Match {
  const selector = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  if (selector === undefined || selector === null) return "yes";
  const terms = field(selector, "nodeSelectorTerms");
  if (selector === UNKNOWN || terms === UNKNOWN) return "maybe";
  return some(
    items(terms).map((term): Match => {
      const expressions: Value = field(term, "matchExpressions");
      const fields: Value = field(term, "matchFields");
      if ([term, expressions, fields].includes(UNKNOWN)) return "maybe";
      if (items(expressions).length + items(fields).length === 0) return "no";
      const own: LabelsOf = () =>
        name === undefined ? { kind: "unsaid", mayBe: () => true } : { kind: "value", value: name };
      return every([requirementsMet(expressions, labels), requirementsMet(fields, own)]);
    }),
  );
}

function tolerates(tolerations: Value, taint: Taint, isDaemon: boolean): Match {
  if (taint.effect !== "NoSchedule" && taint.effect !== "NoExecute") return "yes";
  if (isDaemon && daemonTolerations.has(taint.key)) return "yes";
  if (taint.effect === "NoExecute" && awayTaints.has(taint.key)) return "yes";
  if (tolerations === UNKNOWN) return "maybe";
  return some(items(tolerations).map((one) => covers(one, taint)));
}

/** An empty effect covers every effect, an empty key with `Exists` every taint (API reference, Toleration). */
function covers(toleration: Value, taint: Taint): Match {
  const [effect, key, operator] = ["effect", "key", "operator"].map((name) => field(toleration, name));
  const value = field(toleration, "value");
  if ([toleration, effect, key, operator, value].includes(UNKNOWN)) return "maybe";
  if (text(effect) !== undefined && effect !== taint.effect) return "no";
  if (text(key) === undefined) return operator === "Exists" ? "yes" : "no";
  if (key !== taint.key) return "no";
  return operator === "Exists" || (text(value) ?? "") === taint.value ? "yes" : "no";
}
