/**
 * The tables of all areas, composed: whatever asks something of a kind of Kubernetes asks here. Data alone: the readers
 * are composed in `readers.ts`, and know nothing of this.
 */
import { Rows } from "../rows";
import access from "./access/kinds.json";
import cluster from "./cluster/kinds.json";
import configuration from "./configuration/kinds.json";
import network from "./network/kinds.json";
import operators from "./operators/kinds.json";
import placement from "./placement/kinds.json";
import scaling from "./scaling/kinds.json";
import storage from "./storage/kinds.json";
import type { AreaTable, KindRow } from "./table";
import workloads from "./workloads/kinds.json";

/** By area: the name of its folder. */
export const kubernetesTables: Readonly<Record<string, AreaTable>> = {
  access,
  cluster,
  configuration,
  network,
  operators,
  placement,
  scaling,
  storage,
  workloads,
};

const rows = new Rows<KindRow>(Object.values(kubernetesTables).map(({ kinds }) => kinds));

/** Every kind that a table lists, such as `apps/Deployment`, sorted. */
export const kubernetesKinds: readonly string[] = rows.names;

/** Components of the Kubernetes provider, made of objects that are judged. */
const components = [
  "kubernetes:yaml",
  "kubernetes:kustomize",
  "kubernetes:helm.sh/v2",
  "kubernetes:helm.sh/v4",
] as const;

/** A type token of Kubernetes in its parts. */
export interface KindToken {
  /** `core` for the core group. */
  readonly group: string;
  readonly version: string;
  /** Of a patch, that of what it patches. */
  readonly kind: string;
}

/** Undefined for what is in no API, such as a component of the provider. */
export function parseKind(type: string): KindToken | undefined {
  const [, group, version, kind] = /^kubernetes:(.+)\/([^/:]+):([^:]+)$/.exec(type) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  return { group, version, kind: kind.replace(/Patch$/, "") };
}

/** The row of a kind by its group, empty or `core` for the core group; undefined where no table lists it. */
export function kindRow(group: string, kind: string): KindRow | undefined {
  return rows.get(`${group === "" ? "core" : group}/${kind}`);
}

/** The row of a type, such as `kubernetes:apps/v1:Deployment`. */
export function kindRowOf(type: string): KindRow | undefined {
  const token = parseKind(type);
  return token && kindRow(token.group, token.kind);
}

/** Whether a type is Pulumi's own resource of a Helm release, which is in no API. */
export function isRelease(type: string): boolean {
  return kindRowOf(type)?.unjudged === "release";
}

/** Whether a type is known to place, hold and route nothing. */
export function kindPlacesNothing(type: string): boolean {
  if (components.some((prefix) => type.startsWith(prefix))) return true;
  const token = parseKind(type);
  const row = token && kindRow(token.group, token.kind);
  if (token === undefined || row?.nothing === undefined) return false;
  return row.versions?.includes(token.version) ?? true;
}

/** What rows have under a key, by group and kind, sorted. */
export function kindsWith<K extends keyof KindRow>(key: K): ReadonlyMap<string, NonNullable<KindRow[K]>> {
  return rows.having(key);
}

/** Group (empty for the core), version and plural of each kind that a check of a live cluster lists. */
export function listedForCheck(): readonly {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}[] {
  return [...kindsWith("listedForCheck")].map(([key, version]) => {
    const group = key.slice(0, key.indexOf("/"));
    return { group: group === "core" ? "" : group, version, plural: rows.get(key)?.plural ?? "" };
  });
}
