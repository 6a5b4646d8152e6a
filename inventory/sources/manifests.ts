/** Rendered manifests of Kubernetes: YAML of several documents, or what `kubectl get -o yaml` lists. */
import { LineCounter, parseAllDocuments, type Document, type ParsedNode } from "yaml";
import type { Mistake } from "../../model";
import type { Resource } from "../resource";
import { refuse, shown } from "./mistakes";
import { plainProperties } from "./plain";
import { isRecord } from "../../lib/records";

export interface ManifestOptions {
  /** The cluster that the objects go to, as `clusters` and the sites' contexts name it. */
  readonly cluster: string;
}

const how =
  "Give rendered manifests, such as the output of `helm template`, `kustomize build` or `kubectl get -o yaml`.";

interface Placed {
  readonly value: unknown;
  /** Line on which the document begins, from 1. */
  readonly line: number;
  /** Where in the document, such as `items[2]`. */
  readonly path?: string;
}

/**
 * The objects of one cluster, and the cluster itself. Of an object that comes twice the last one counts, as with
 * `kubectl apply`.
 *
 * @throws UserError (DPX412 where it is not YAML, DPX413 where a document is no object of Kubernetes), with every line
 */
export function fromManifests(text: string, { cluster }: ManifestOptions): readonly Resource[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, merge: true });
  const list: readonly Document[] = Array.isArray(documents) ? (documents as Document[]) : [];
  const mistakes: Mistake[] = [];
  const objects = list.flatMap((document): readonly Placed[] => {
    const line = lineOf(document, lines);
    const errors = document.errors.map((error) => notYaml(error.message, error.linePos?.[0].line ?? line));
    mistakes.push(...errors);
    return errors.length > 0 ? [] : unfolded({ value: valueOf(document, line, mistakes), line });
  });
  return resourcesOf(objects, cluster, mistakes);
}

/** The same for objects that are no text: a live cluster's. */
export function fromObjects(objects: readonly unknown[], { cluster }: ManifestOptions): readonly Resource[] {
  return resourcesOf(
    objects.map((value, index) => ({ value, line: 1, path: `items[${index}]` })),
    cluster,
    [],
  );
}

function resourcesOf(objects: readonly Placed[], cluster: string, mistakes: Mistake[]): readonly Resource[] {
  const provider = clusterOf(cluster);
  const resources = new Map<string, Resource>();
  for (const object of objects) {
    const resource = resourceOf(object, cluster, provider, mistakes);
    if (resource !== undefined) resources.set(resource.urn, resource);
  }
  refuse(mistakes);
  return resources.size === 0 ? [] : [provider, ...resources.values()];
}

function valueOf(document: Document, line: number, mistakes: Mistake[]): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    // More aliases than any chart needs: a document made to exhaust its reader.
    mistakes.push(notYaml(error instanceof Error ? error.message : String(error), line));
    return undefined;
  }
}

function lineOf({ contents }: Document, lines: LineCounter): number {
  const range = (contents as ParsedNode | null)?.range;
  return range ? lines.linePos(range[0]).line : 1;
}

/** An object for itself; a List of any kind for what it lists. An empty document has nothing. */
function unfolded(placed: Placed): readonly Placed[] {
  const { value, line, path } = placed;
  if (value === null || value === undefined) return [];
  if (
    !isRecord(value) ||
    typeof value.kind !== "string" ||
    !value.kind.endsWith("List") ||
    !Array.isArray(value.items)
  ) {
    return [placed];
  }
  const at = path === undefined ? "" : `${path}.`;
  return value.items.flatMap((item: unknown, index) => unfolded({ value: item, line, path: `${at}items[${index}]` }));
}

function resourceOf(
  { value, line, path }: Placed,
  cluster: string,
  provider: Resource,
  mistakes: Mistake[],
): Resource | undefined {
  const metadata = isRecord(value) && isRecord(value.metadata) ? value.metadata : {};
  const name = metadata.name ?? metadata.generateName;
  if (
    !isRecord(value) ||
    typeof value.apiVersion !== "string" ||
    typeof value.kind !== "string" ||
    typeof name !== "string"
  ) {
    const what =
      isRecord(value) && typeof value.kind === "string"
        ? `a ${value.kind} without a name or an apiVersion`
        : shown(value);
    const message = `A document must be an object with "apiVersion", "kind" and "metadata.name"; found ${what}.`;
    mistakes.push({ code: "DPX413", message, fix: how, line, ...(path === undefined ? {} : { path }) });
    return undefined;
  }
  const { apiVersion, kind } = value;
  const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "default";
  return {
    urn: `kubernetes:${cluster}:${kind}:${namespace}/${name}`,
    type: `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`,
    name,
    provider: provider.urn,
    custom: true,
    properties: plainProperties(value),
    propertyDependencies: {},
    dependencies: [],
  };
}

function clusterOf(cluster: string): Resource {
  return {
    urn: `kubernetes:${cluster}`,
    type: "pulumi:providers:kubernetes",
    name: cluster,
    custom: true,
    properties: { context: cluster },
    propertyDependencies: {},
    dependencies: [],
  };
}

function notYaml(message: string, line: number): Mistake {
  const first = message.split("\n", 1)[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
  return { code: "DPX412", message: `This is not YAML: ${first}.`, fix: how, line };
}
