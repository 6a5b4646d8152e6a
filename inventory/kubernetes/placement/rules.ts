/** The hard rules of a pod's template about where it may stand beside others; what "should" hold proves nothing. */
import { UNKNOWN, type Value } from "../../resource";
import { amount, at, field, items, text, texts } from "../../values";
import { labelsIn, picks, some, type LabelsOf, type Match } from "./selectors";

/** The pods that a template makes, as rules speak of them. */
export interface PodTemplate {
  readonly spec: Value;
  /** Undefined where an operator sets them: its rules are then taken to be about its own pods. */
  readonly labels?: Value;
  readonly namespace: string;
}

/** Whose pods a rule is about. */
export interface Term {
  readonly key: string;
  /** Whether it picks the pods of the template itself. */
  readonly own: Match;
  readonly selector: Value;
  /** Undefined where a selector of namespaces, which may pick any, decides. */
  readonly namespaces: readonly string[] | undefined;
}

export interface SpreadRule extends Term {
  readonly maxSkew: number;
  readonly minDomains: number;
  /** Whether nodes that the pod's own selectors leave out count. */
  readonly honorsAffinity: boolean;
  /** Whether nodes whose taints the pod does not tolerate count. */
  readonly honorsTaints: boolean;
  /** False where pods of another template have other values of the labels that it compares (`matchLabelKeys`). */
  readonly countsOthers: boolean;
}

export interface PodRules {
  readonly spread: readonly SpreadRule[];
  readonly apart: readonly Term[];
  readonly together: readonly Term[];
}

/** Labels that differ between any two templates, and between two revisions of one. */
const revisionKeys: ReadonlySet<string> = new Set(["pod-template-hash", "controller-revision-hash"]);

const required = "requiredDuringSchedulingIgnoredDuringExecution";

export function rulesOf(pods: PodTemplate): PodRules {
  const constraints = items(field(pods.spec, "topologySpreadConstraints"));
  const terms = (kind: string): readonly Term[] =>
    items(at(pods.spec, "affinity", kind, required)).flatMap((one) => termOf(one, pods) ?? []);
  return {
    spread: constraints.flatMap((one) => spreadOf(one, pods) ?? []),
    apart: terms("podAntiAffinity"),
    together: terms("podAffinity"),
  };
}

function spreadOf(constraint: Value, pods: PodTemplate): SpreadRule | undefined {
  // The API's default holds too: it has no default for this, and refuses what says neither.
  if (field(constraint, "whenUnsatisfiable") !== "DoNotSchedule") return undefined;
  const key = text(field(constraint, "topologyKey"));
  if (key === undefined) return undefined;
  const selector = field(constraint, "labelSelector");
  return {
    key,
    own: ownMatch(selector, pods),
    selector,
    namespaces: [pods.namespace],
    maxSkew: amount(field(constraint, "maxSkew")) ?? (isUnknownAt(constraint, "maxSkew") ? Infinity : 1),
    minDomains: amount(field(constraint, "minDomains")) ?? 1,
    honorsAffinity: field(constraint, "nodeAffinityPolicy") !== "Ignore",
    honorsTaints: field(constraint, "nodeTaintsPolicy") === "Honor",
    countsOthers: !texts(field(constraint, "matchLabelKeys")).some((one) => revisionKeys.has(one)),
  };
}

function isUnknownAt(value: Value, key: string): boolean {
  return field(value, key) === UNKNOWN;
}

function termOf(term: Value, pods: PodTemplate): Term | undefined {
  const key = text(field(term, "topologyKey"));
  if (key === undefined) return undefined;
  const selector = field(term, "labelSelector");
  const namespaces = namespacesOf(term, pods);
  const here: Match = namespaces === undefined ? "maybe" : namespaces.includes(pods.namespace) ? "yes" : "no";
  // What must not be equal is never equal to the pod's own: such a term is about others alone.
  const isAboutOthers = texts(field(term, "mismatchLabelKeys")).some(
    (one) => labelsIn(pods.labels)(one).kind === "value",
  );
  const own = isAboutOthers ? "no" : pods.labels === undefined ? "yes" : both(here, ownMatch(selector, pods));
  return { key, own, selector, namespaces };
}

function both(one: Match, other: Match): Match {
  return one === "no" || other === "no" ? "no" : one === "maybe" || other === "maybe" ? "maybe" : "yes";
}

function ownMatch(selector: Value, { labels }: PodTemplate): Match {
  return labels === undefined ? "yes" : picks(selector, labelsIn(labels));
}

/** Namespaces of a term: those that it lists, else the pod's own; undefined where a selector picks them. */
function namespacesOf(term: Value, { namespace }: PodTemplate): readonly string[] | undefined {
  const listed = texts(field(term, "namespaces"));
  const selector = field(term, "namespaceSelector");
  if (selector === undefined) return listed.length > 0 ? listed : [namespace];
  return undefined;
}

/** Whether a term picks pods of another template. */
export function picksOthers(term: Term, namespace: string, labels: LabelsOf): Match {
  const there: Match =
    term.namespaces === undefined ? "maybe" : some([term.namespaces.includes(namespace) ? "yes" : "no"]);
  return both(there, picks(term.selector, labels));
}
