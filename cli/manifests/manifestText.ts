/** Objects as text: YAML of several documents, or a List in JSON. */
import { stringify } from "yaml";
import { visibleJson } from "../../lib/visible";
import type { ClusterManifests } from "./manifestsOf";
import type { ManifestFormat } from "./options";

/** One cluster's objects, ready for `kubectl apply -f`. */
export function manifestText({ objects }: ClusterManifests, format: ManifestFormat): string {
  if (format === "json")
    return `${visibleJson(JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }, null, 2))}\n`;
  // kubectl reads YAML 1.1, in which `on` and `1_0` are no texts: 1.1 quotes them.
  return objects
    .map((object) => stringify(object, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

/** File of a cluster: its name, with what a file's name cannot hold (an ARN's colons and slashes) as in a URL. */
export function fileOfCluster(cluster: string, format: ManifestFormat): string {
  return `${encodeURIComponent(cluster)}.${format}`;
}
