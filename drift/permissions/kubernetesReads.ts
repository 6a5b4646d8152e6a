/**
 * How the Kubernetes provider reads an object of a kind: which resource of the API it gets, and what it lists beside
 * it, as the tables of `inventory/kubernetes` have it.
 */
import { kindRow, kindsWith } from "../../inventory/kubernetes/registry";
import type { Resource } from "../../inventory/resource";
import { at, field, text } from "../../inventory/values";

/** A resource of the API, as a rule of a role names it. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  /** Plural, in lower case. */
  readonly plural: string;
}

/** What the provider lists beside an object of a kind to tell whether it is ready. */
export function listedBeside(group: string, kind: string): readonly ApiResource[] {
  return (kindRow(group, kind)?.besides ?? []).map(apiResource);
}

/** `apps/replicasets`, or `pods` of the core group. */
function apiResource(written: string): ApiResource {
  const slash = written.indexOf("/");
  return { group: written.slice(0, Math.max(slash, 0)), plural: written.slice(slash + 1) };
}

/** What `kubectl get` lists for `--live`. */
export function listedForLive(): readonly ApiResource[] {
  return [...kindsWith("listedForDrift").keys()].map((key) => {
    const [group = "", kind = ""] = key.split("/");
    return { group, plural: kindRow(group, kind)?.plural ?? pluralOf(kind) };
  });
}

/** Group and kind of an object, of a patch those of what it patches; undefined for what is in no API. */
export function groupAndKind({
  type,
  properties,
}: Resource): { readonly group: string; readonly kind: string } | undefined {
  const [, token = "", last = ""] = /^kubernetes:([^:]+\/[^:]+):(.+)$/.exec(type) ?? [];
  if (last === "") return undefined;
  const version = text(field(properties, "apiVersion")) ?? token;
  const [group = ""] = version.includes("/") ? version.split("/") : [""];
  return { group: group === "core" ? "" : group, kind: text(field(properties, "kind")) ?? last.replace(/Patch$/, "") };
}

/** Plurals that definitions in the stack give their kinds, by group and kind. */
export function definedPlurals(resources: readonly Resource[]): ReadonlyMap<string, string> {
  const definitions = resources.filter(({ type }) => type.endsWith(":CustomResourceDefinition"));
  return new Map(
    definitions.flatMap(({ properties }) => {
      const spec = field(properties, "spec");
      const group = text(field(spec, "group"));
      const [kind, plural] = ["kind", "plural"].map((key) => text(at(spec, "names", key)));
      if (group === undefined || kind === undefined || plural === undefined) return [];
      return [[`${group} ${kind}`, plural] as const];
    }),
  );
}

/** As Kubernetes' own kinds are called in the plural, and most others. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === "endpoints") return word;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** Whether a group is one of Kubernetes' own: their kinds keep to the rule. */
export function isOwnGroup(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}
