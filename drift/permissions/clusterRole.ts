/** The least that the Kubernetes provider needs to read the objects of a stack: a ClusterRole made of their kinds. */
import { kindRow } from "../../inventory/kubernetes/registry";
import type { Resource } from "../../inventory/resource";
import { at, text } from "../../inventory/values";
import {
  definedPlurals,
  groupAndKind,
  isOwnGroup,
  listedBeside,
  listedForLive,
  pluralOf,
  type ApiResource,
} from "./kubernetesReads";

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** @default objects of any name */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface ClusterRole {
  readonly apiVersion: "rbac.authorization.k8s.io/v1";
  readonly kind: "ClusterRole";
  readonly metadata: { readonly name: string };
  readonly rules: readonly PolicyRule[];
}

export interface ReaderRole {
  /** Sorted by group, then by what may be done. None where nothing of Kubernetes is in the stack. */
  readonly rules: readonly PolicyRule[];
  /** Names of secrets that the role may read, contents and all. Sorted. */
  readonly secrets: readonly string[];
  /** URNs of secrets of which the name is not known yet, and that are not granted. */
  readonly withheld: readonly string[];
  /** URNs of releases of Helm: they are read from secrets that no name tells apart. */
  readonly releases: readonly string[];
  /**
   * Resources that nobody describes: the plural follows from the kind by a rule that its definition need not keep.
   * Sorted.
   */
  readonly guessed: readonly string[];
}

/** Makes the rules. Providers, components and other clouds are left out. */
export function readerRole(
  resources: readonly Resource[],
  { live = false }: { readonly live?: boolean } = {},
): ReaderRole {
  const plurals = definedPlurals(resources);
  const verbs = new Map<string, Set<string>>();
  const [secrets, withheld, releases, guessed] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  const grant = ({ group, plural }: ApiResource, verb: string) => {
    const key = `${group} ${plural}`;
    verbs.set(key, (verbs.get(key) ?? new Set()).add(verb));
  };
  for (const resource of resources) {
    const found = resource.custom ? groupAndKind(resource) : undefined;
    if (found === undefined) continue;
    const { group, kind } = found;
    const row = kindRow(group, kind);
    if (row?.noReads !== undefined) {
      releases.add(resource.urn);
    } else if (row?.byName === true) {
      const name = text(at(resource.properties, "metadata", "name"));
      if (name === undefined) withheld.add(resource.urn);
      else secrets.add(name);
    } else {
      const known = plurals.get(`${group} ${kind}`) ?? row?.plural;
      const plural = known ?? pluralOf(kind);
      if (known === undefined && !isOwnGroup(group)) guessed.add(`${plural}.${group}`);
      grant({ group, plural }, "get");
      for (const beside of listedBeside(group, kind)) grant(beside, "list");
    }
  }
  if (live && (verbs.size > 0 || secrets.size > 0)) for (const each of listedForLive()) grant(each, "list");
  return {
    rules: [...rulesOf(verbs), ...secretRules(secrets)],
    ...{ secrets: [...secrets].sort(), withheld: [...withheld].sort(), releases: [...releases].sort() },
    guessed: [...guessed].sort(),
  };
}

/** One rule for each group and set of verbs. */
function rulesOf(verbs: ReadonlyMap<string, ReadonlySet<string>>): readonly PolicyRule[] {
  const rules = new Map<string, { group: string; verbs: readonly string[]; resources: string[] }>();
  for (const [key, granted] of [...verbs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [group = "", plural = ""] = key.split(" ");
    const sorted = [...granted].sort();
    const id = `${group} ${sorted.join()}`;
    const rule = rules.get(id) ?? { group, verbs: sorted, resources: [] };
    rule.resources.push(plural);
    rules.set(id, rule);
  }
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rule]) => ({ apiGroups: [rule.group], resources: rule.resources, verbs: rule.verbs }));
}

/** By name: whoever may get any secret may get them all. */
function secretRules(secrets: ReadonlySet<string>): readonly PolicyRule[] {
  if (secrets.size === 0) return [];
  return [{ apiGroups: [""], resources: ["secrets"], resourceNames: [...secrets].sort(), verbs: ["get"] }];
}

export function clusterRole(name: string, rules: readonly PolicyRule[]): ClusterRole {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules };
}
