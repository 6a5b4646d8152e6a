/**
 * Objects of Kubernetes, and how many of a workload's pods are ready: what `kubectl get KINDS --all-namespaces --output
 * json` prints.
 */
import type { Value } from "../../inventory/resource";
import { at, entries, field, items, text } from "../../inventory/values";
import { workloadOf } from "./readyPods";
import type { ListedObject, Recognised, WorkloadRecord } from "./record";

/** Undefined for any other document. */
export function kubernetesObjects(document: Value): Recognised | undefined {
  const kind = text(field(document, "kind"));
  if (kind === undefined || text(field(document, "apiVersion")) === undefined) return undefined;
  const isList = kind.endsWith("List") && Array.isArray(field(document, "items"));
  const listed: readonly Value[] = isList ? items(field(document, "items")) : [document];
  const objects: (ListedObject | WorkloadRecord)[] = [];
  for (const [index, item] of listed.entries()) {
    // The API leaves the kind out of the items of a `DeploymentList`; kubectl's `List` has it on each.
    const own = text(field(item, "kind")) ?? (kind === "List" ? undefined : kind.replace(/List$/, ""));
    const apiVersion = text(field(item, "apiVersion")) ?? text(field(document, "apiVersion"));
    const name = text(at(item, "metadata", "name"));
    if (own === undefined || apiVersion === undefined || name === undefined) {
      const path = isList ? `items[${index}]` : "metadata.name";
      return { path, message: "An object must have its kind and its metadata.name." };
    }
    // Whoever owns it has made it.
    if (items(at(item, "metadata", "ownerReferences")).length > 0) continue;
    objects.push(objectOf(item, apiVersion, own, name));
    const workload = apiVersion === "apps/v1" ? workloadOf(item, own) : undefined;
    if (workload !== undefined) objects.push(workload);
  }
  return objects;
}

function objectOf(item: Value, apiVersion: string, kind: string, name: string): ListedObject {
  const namespace = text(at(item, "metadata", "namespace"));
  const id = namespace === undefined ? name : `${namespace}/${name}`;
  const places: readonly Value[] = [at(item, "spec", "template", "metadata"), at(item, "metadata")];
  const words = Object.fromEntries(
    places
      .flatMap((place) => [...entries(field(place, "annotations")), ...entries(field(place, "labels"))])
      .filter((word): word is [string, string] => typeof word[1] === "string"),
  );
  const release = words["meta.helm.sh/release-name"];
  const space = words["meta.helm.sh/release-namespace"] ?? namespace ?? "";
  const releases = release === undefined ? [] : [kubernetesName("Release", `${space}/${release}`)];
  return {
    kind: "object",
    key: kubernetesName(kind, id),
    type: `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`,
    id,
    words,
    names: [kubernetesName(kind, id), ...releases],
  };
}

/** By kind and not by its version, of which an object has several at once. */
export function kubernetesName(kind: string, id: string): string {
  return `${kind} ${id}`;
}
