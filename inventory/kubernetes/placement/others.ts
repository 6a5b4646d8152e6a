/** Pods of other workloads that rules speak of: an index, for every workload of a large cluster asks for its own. */
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amountAt, at, entries, field } from "../../values";
import { namespaceOf } from "../namespace";
import { daemonSet, workloadTypes } from "../workloads/types";
import { picksOthers, rulesOf, type PodTemplate, type Term } from "./rules";
import { labelsIn, wordOf } from "./selectors";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";

const templatePath = ["spec", "template"] as const;

interface Pods {
  readonly workload: Resource;
  readonly template: PodTemplate;
}

interface Index {
  readonly byLabel: ReadonlyMap<string, readonly Pods[]>;
  readonly byNamespace: ReadonlyMap<string, readonly Pods[]>;
  /** Rules that keep others away, by a label that these must have; "" of those without one. */
  readonly apart: ReadonlyMap<string, readonly { readonly pods: Pods; readonly term: Term }[]>;
}

/** The template of a workload's pods. */
export function templateOf(workload: Resource): PodTemplate {
  return {
    spec: at(workload.properties, ...templatePath, "spec"),
    labels: at(workload.properties, ...templatePath, "metadata", "labels") ?? {},
    namespace: namespaceOf(workload),
  };
}

/** How many pods of others a rule counts; Infinity where nobody knows. */
export function podsOfOthers(resource: Resource, term: Term, context: ReadContext): number {
  return candidates(resource, term, context)
    .filter(({ workload, template }) => workload !== resource && isPicked(term, template))
    .reduce((sum, { workload }) => sum + podsOf(workload), 0);
}

/** Rules of a template, and of others about it, that keep its pods away from those of others. */
export function conflictsOf(
  resource: Resource,
  own: PodTemplate,
  context: ReadContext,
): readonly { readonly key: string; readonly pods: number }[] {
  const mine = rulesOf(own).apart.map((term) => ({ key: term.key, pods: podsOfOthers(resource, term, context) }));
  const cluster = context.clusters.of(resource).key;
  const { apart } = indexOf(context);
  const keys = ["", ...entries(own.labels).map(pairOf)];
  const theirs = keys
    .flatMap((key) => apart.get(`${cluster} ${key}`) ?? [])
    .filter(({ pods, term }) => pods.workload !== resource && isPicked(term, own))
    .map(({ pods, term }) => ({ key: term.key, pods: podsOf(pods.workload) }));
  return [...mine, ...theirs].filter(({ pods }) => pods > 0);
}

function isPicked(term: Term, template: PodTemplate): boolean {
  return picksOthers(term, template.namespace, labelsIn(template.labels)) !== "no";
}

function podsOf(workload: Resource): number {
  if (workload.type === daemonSet) return Infinity;
  const pods = amountAt(workload, ["spec", "replicas"], 1);
  return pods.known ? pods.value : Infinity;
}

function candidates(resource: Resource, term: Term, context: ReadContext): readonly Pods[] {
  const cluster = context.clusters.of(resource).key;
  const { byLabel, byNamespace } = indexOf(context);
  const label = labelIn(term.selector);
  if (label !== undefined) return byLabel.get(`${cluster} ${label}`) ?? [];
  if (term.namespaces !== undefined)
    return term.namespaces.flatMap((name) => byNamespace.get(`${cluster} ${name}`) ?? []);
  return [...byNamespace].flatMap(([home, list]) => (home.startsWith(`${cluster} `) ? list : []));
}

function pairOf([key, value]: readonly [string, Value]): string {
  return `${key}=${wordOf(value)}`;
}

/** A label that all must have whom a selector picks. */
function labelIn(selector: Value): string | undefined {
  const [pair] = entries(field(selector, "matchLabels"));
  return pair === undefined || typeof pair[1] !== "string" ? undefined : `${pair[0]}=${pair[1]}`;
}

const indexOf = memoize((context: ReadContext): Index => {
  const byLabel = new Map<string, Pods[]>();
  const byNamespace = new Map<string, Pods[]>();
  const apart = new Map<string, { pods: Pods; term: Term }[]>();
  for (const workload of workloadTypes.flatMap((type) => context.stack.ofType(type))) {
    const cluster = context.clusters.of(workload).key;
    const pods = { workload, template: templateOf(workload) };
    addTo(byNamespace, `${cluster} ${pods.template.namespace}`, pods);
    for (const pair of entries(pods.template.labels)) addTo(byLabel, `${cluster} ${pairOf(pair)}`, pods);
    for (const term of rulesOf(pods.template).apart)
      addTo(apart, `${cluster} ${labelIn(term.selector) ?? ""}`, { pods, term });
  }
  return { byLabel, byNamespace, apart };
});
