/** The objects of Kubernetes that a program registers, by the cluster that they go to, as Pulumi would apply them. */
import { componentTypes } from "../../model";
import type { RecordedResource } from "../engine/program/recorder";
import { isMarked, isWireObject, knownText, revealed, type WireObject } from "../engine/program/wire";
import { applyOrder, isClusterScoped } from "./kinds";
import { printable } from "./printable";
import { byText } from "../../lib/order";

/** A value of an object that cannot be printed. */
export interface Withheld {
  /** Such as `Deployment shop/web`. */
  readonly object: string;
  /** Such as `spec.replicas`. */
  readonly path: string;
}

/** What one cluster is given. */
export interface ClusterManifests {
  /** Context of its provider, else the provider's name. */
  readonly cluster: string;
  /** The site component that the provider stands in. @default none: the site is known by the context alone */
  readonly site?: string;
  /** In an order in which they can be applied: namespaces and definitions before what is in or of them. */
  readonly objects: readonly WireObject[];
  /** Values that only a deployment knows. */
  readonly unknown: readonly Withheld[];
  /** Values that are secret. */
  readonly secret: readonly Withheld[];
  /** Sentences on what is not among the objects: releases of Helm, patches, what is read and not made. */
  readonly leftOut: readonly string[];
}

interface RenderedCluster {
  site?: string;
  readonly objects: Rendered[];
  readonly leftOut: string[];
}

interface Rendered {
  readonly title: string;
  readonly order: string;
  readonly object: WireObject;
  readonly unknown: readonly string[];
  readonly secret: readonly string[];
}

const kubernetesPrefix = "kubernetes:";
const helmRelease = "kubernetes:helm.sh/v3:Release";

/** Sorted by cluster. Names that Pulumi would make up end in a suffix that is always the same for the same URN. */
export function manifestsOf(registrations: readonly RecordedResource[]): readonly ClusterManifests[] {
  const byUrn = new Map(registrations.map((one) => [one.urn, one]));
  const byCluster = new Map<string, RenderedCluster>();
  for (const registration of registrations) {
    if (!registration.custom || !registration.type.startsWith(kubernetesPrefix)) continue;
    const provider = byUrn.get(urnOfReference(registration.provider));
    const cluster = clusterOf(provider);
    const rendered: RenderedCluster = byCluster.get(cluster) ?? { objects: [], leftOut: [] };
    byCluster.set(cluster, rendered);
    const site = siteAround(provider, byUrn);
    if (site !== undefined) rendered.site ??= site;
    const reason = reasonToLeaveOut(registration);
    if (reason === undefined) rendered.objects.push(render(registration, provider));
    else rendered.leftOut.push(`${registration.type} "${registration.name}": ${reason}`);
  }
  return [...byCluster].sort(([a], [b]) => byText(a, b)).map(([cluster, rendered]) => finished(cluster, rendered));
}

function finished(cluster: string, { site, objects, leftOut }: RenderedCluster): ClusterManifests {
  const sorted = [...objects].sort((a, b) => byText(a.order, b.order));
  const withheld = (of: "unknown" | "secret") =>
    sorted.flatMap((one) => one[of].map((path) => ({ object: one.title, path })));
  return {
    cluster,
    ...(site === undefined ? {} : { site }),
    objects: sorted.map(({ object }) => object),
    unknown: withheld("unknown"),
    secret: withheld("secret"),
    leftOut: [...leftOut].sort(),
  };
}

function reasonToLeaveOut({ type, id, inputs }: RecordedResource): string | undefined {
  if (type === helmRelease) return "Helm renders a release in the cluster. Render it with `helm template`.";
  if (id !== undefined) return "it is read or imported, not made by this program.";
  if (knownText(inputs["kind"]) === undefined) return "it is no object of Kubernetes.";
  if (type.endsWith("Patch")) return "a patch changes an object that something else made.";
  return undefined;
}

function render({ outputs, urn }: RecordedResource, provider: RecordedResource | undefined): Rendered {
  // The outputs of a preview are the inputs, and the name that the provider makes up where there is none.
  const { object, unknown, secret } = printable(withNamespace(outputs, knownText(provider?.inputs["namespace"])));
  const metadata = isWireObject(object["metadata"]) ? object["metadata"] : {};
  const kind = knownText(object["kind"]) ?? "";
  const path = [knownText(metadata["namespace"]), knownText(metadata["name"])].filter((part) => part !== undefined);
  const { apiVersion, kind: _, metadata: __, ...rest } = object;
  return {
    title: `${kind} ${path.join("/")}`,
    order: `${applyOrder(kind)} ${path.length === 1 ? "" : path[0]} ${kind} ${path.at(-1)} ${urn}`,
    object: { apiVersion: apiVersion ?? null, kind, metadata, ...rest },
    unknown,
    secret,
  };
}

/** The provider puts what names no namespace into its own default one. */
function withNamespace(object: WireObject, namespace: string | undefined): WireObject {
  const metadata = object["metadata"];
  if (namespace === undefined || !isWireObject(metadata) || isMarked(metadata)) return object;
  if (metadata["namespace"] !== undefined) return object;
  return isClusterScoped(knownText(object["kind"]) ?? "")
    ? object
    : { ...object, metadata: { ...metadata, namespace } };
}

function clusterOf(provider: RecordedResource | undefined): string {
  return (
    knownText(provider?.inputs["context"]) ?? knownText(provider?.inputs["cluster"]) ?? provider?.name ?? "default"
  );
}

function siteAround(
  provider: RecordedResource | undefined,
  byUrn: ReadonlyMap<string, RecordedResource>,
): string | undefined {
  for (let one = provider; one !== undefined; one = byUrn.get(one.parent ?? "")) {
    if (one.type !== componentTypes.site) continue;
    const site = revealed(one.outputs["site"]);
    return (isWireObject(site) ? knownText(site["name"]) : undefined) ?? one.name;
  }
  return undefined;
}

/** A reference is a URN and, after `::`, an id. */
function urnOfReference(reference: string | undefined): string {
  return reference === undefined ? "" : reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}
