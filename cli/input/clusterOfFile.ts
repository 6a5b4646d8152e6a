import { basename } from "node:path";

/**
 * The cluster that a file or folder of manifests is named for: without the ending of YAML or JSON, and with what a
 * file's name cannot hold as `duplex manifests` writes it, as in a URL.
 */
export function clusterOfFile(path: string): string {
  const name = basename(path).replace(/\.(?:ya?ml|json)$/i, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
