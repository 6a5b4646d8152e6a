/** Rendered manifests: of one cluster in a file, or of several in a folder. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Resource } from "../../inventory/resource";
import type { Io } from "../io";
import { clusterOfFile } from "./clusterOfFile";
import { namingFile } from "./namingFile";
import { readFileText } from "./readText";
import { byText } from "../../lib/order";

const ending = /\.(?:ya?ml|json)$/i;

/** By the file's name, else by how it begins; a list of `kubectl get -o json` is manifests too. */
export function isManifests(text: string, path: string): boolean {
  if (/\.ya?ml$/i.test(path)) return true;
  const start = text.trimStart().slice(0, 400);
  if (start.startsWith("{")) return /^\{\s*"(?:apiVersion|kind)"\s*:\s*"/.test(start);
  return !start.startsWith("[") && /^(?:apiVersion|kind)\s*:/m.test(text);
}

/** The objects of a text. */
export async function resourcesOfText(text: string, path: string, cluster: string): Promise<readonly Resource[]> {
  // Loaded only here: a state needs no YAML.
  const { fromManifests } = await import("../../inventory/sources/manifests");
  return namingFile(path, () => fromManifests(text, { cluster }));
}

/**
 * The objects of every cluster in a folder: a file, or a folder of files, for each cluster, named for it.
 *
 * @param folder absolute path
 * @param path the same as the user named it
 * @returns undefined where the folder holds no manifests
 */
export async function resourcesOfFolder(
  folder: string,
  path: string,
  io: Io,
): Promise<readonly Resource[] | undefined> {
  const files = await filesOf(folder, path);
  if (files.length === 0) return undefined;
  const resources = new Map<string, Resource>();
  for (const { file, cluster } of files) {
    const read = await resourcesOfText(await readFileText(file, io), file, cluster);
    for (const resource of read) resources.set(resource.urn, resource);
  }
  return [...resources.values()];
}

interface ManifestFile {
  readonly file: string;
  readonly cluster: string;
}

/** @param cluster of everything in here. @default each file and folder is a cluster of its own */
async function filesOf(folder: string, path: string, cluster?: string): Promise<readonly ManifestFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: ManifestFile[] = [];
  for (const entry of entries.sort((a, b) => byText(a.name, b.name))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const file = join(path, entry.name);
    const own = cluster ?? clusterOfFile(entry.name);
    if (entry.isDirectory()) found.push(...(await filesOf(join(folder, entry.name), file, own)));
    else if (ending.test(entry.name)) found.push({ file, cluster: own });
  }
  return found;
}
