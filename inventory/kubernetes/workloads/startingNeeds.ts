/**
 * Objects of the cluster that pods do not start without: a ConfigMap or a Secret that is not optional, a claim, a
 * service account, a class of priority or of the runtime (Kubernetes, "ConfigMaps", "Secrets", "Runtime Class", …).
 */
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, field, items, text } from "../../values";
import { neighboursIn } from "../neighbours";
import { namespaceOf, podPath } from "./pods";
import { refusedToStart } from "./refused";
import { memoize } from "../../../lib/memo";

type Kind = "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount" | "PriorityClass" | "RuntimeClass";

interface Named {
  readonly kind: Kind;
  readonly name: string;
}

const types: Readonly<Record<Kind, string>> = {
  ConfigMap: "kubernetes:core/v1:ConfigMap",
  Secret: "kubernetes:core/v1:Secret",
  PersistentVolumeClaim: "kubernetes:core/v1:PersistentVolumeClaim",
  ServiceAccount: "kubernetes:core/v1:ServiceAccount",
  PriorityClass: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
  RuntimeClass: "kubernetes:node.k8s.io/v1:RuntimeClass",
};

/** In no namespace: these are a cluster's, which the stack holds only where it holds some of them. */
const ofCluster: readonly Kind[] = ["PriorityClass", "RuntimeClass"];

/** What every cluster or namespace has by itself. */
const builtIn: readonly RegExp[] = [
  /^ServiceAccount default$/,
  /^ConfigMap kube-root-ca\.crt$/,
  /^PriorityClass system-/,
];

/** Groups of operators that make Secrets or ConfigMaps of objects of their own. */
const makers: ReadonlySet<string> = new Set([
  "bitnami.com",
  "cert-manager.io",
  "external-secrets.io",
  "helm.sh",
  "kafka.strimzi.io",
  "postgresql.cnpg.io",
  "secrets.hashicorp.com",
  "trust.cert-manager.io",
]);

/**
 * The first object that the pods of a workload need to start and that is not there, in words. Only where the stack
 * holds the namespace itself, and nothing in the stack makes such objects: elsewhere somebody else may have made it.
 */
export function missingToStart(workload: Resource, context: ReadContext): string | undefined {
  const refused = refusedToStart(workload);
  if (refused !== undefined) return `${refused} for ${workload.urn}`;
  const spec = at(workload.properties, ...podPath);
  const missing = namedIn(spec).find((one) => !isBuiltIn(one) && isMissing(one, workload, context));
  return missing && `any ${missing.kind} "${missing.name}" for ${workload.urn}`;
}

function isBuiltIn({ kind, name }: Named): boolean {
  return builtIn.some((pattern) => pattern.test(`${kind} ${name}`));
}

function isMissing({ kind, name }: Named, workload: Resource, context: ReadContext): boolean {
  const { clusters, stack } = context;
  if (ofCluster.includes(kind)) {
    const all = stack.ofType(types[kind]).filter((one) => clusters.of(one).key === clusters.of(workload).key);
    return all.length > 0 && !all.some((one) => isNamed(one, name));
  }
  const namespace = namespaceOf(workload);
  if (!isWhole(namespace, workload, context)) return false;
  return !neighboursIn(workload, namespace, [types[kind]], context).some((one) => isNamed(one, name));
}

function isNamed(object: Resource, name: string): boolean {
  const own = at(object.properties, "metadata", "name");
  // In a preview a name may not be known yet.
  return typeof own === "symbol" || (text(own) ?? object.name) === name;
}

/** Whether what is in a namespace is the stack's: it holds the namespace, and nothing that makes more of it. */
function isWhole(namespace: string, near: Resource, context: ReadContext): boolean {
  return !hasMakers(context) && namespaces(context).has(`${context.clusters.of(near).key} ${namespace}`);
}

const hasMakers = memoize(({ stack }: ReadContext): boolean =>
  [...stack.types].some((type) => makers.has(/^kubernetes:([^/]+)\//.exec(type)?.[1] ?? "")),
);

const namespaces = memoize(({ stack, clusters }: ReadContext): ReadonlySet<string> => {
  const all = stack.ofType("kubernetes:core/v1:Namespace");
  return new Set(
    all.map((one) => `${clusters.of(one).key} ${text(at(one.properties, "metadata", "name")) ?? one.name}`),
  );
});

function namedIn(spec: Value): readonly Named[] {
  const containers = [...items(field(spec, "initContainers")), ...items(field(spec, "containers"))];
  return [
    ...named("ServiceAccount", field(spec, "serviceAccountName")),
    ...named("PriorityClass", field(spec, "priorityClassName")),
    ...named("RuntimeClass", field(spec, "runtimeClassName")),
    ...items(field(spec, "imagePullSecrets")).flatMap((one) => named("Secret", field(one, "name"))),
    ...containers.flatMap((container) => [
      ...items(field(container, "envFrom")).flatMap((from) => [
        ...required("ConfigMap", field(from, "configMapRef"), "name"),
        ...required("Secret", field(from, "secretRef"), "name"),
      ]),
      ...items(field(container, "env")).flatMap((one) => [
        ...required("ConfigMap", at(one, "valueFrom", "configMapKeyRef"), "name"),
        ...required("Secret", at(one, "valueFrom", "secretKeyRef"), "name"),
      ]),
    ]),
    ...items(field(spec, "volumes")).flatMap((volume) => [
      ...required("ConfigMap", field(volume, "configMap"), "name"),
      ...required("Secret", field(volume, "secret"), "secretName"),
      ...named("PersistentVolumeClaim", at(volume, "persistentVolumeClaim", "claimName")),
      ...items(at(volume, "projected", "sources")).flatMap((source) => [
        ...required("ConfigMap", field(source, "configMap"), "name"),
        ...required("Secret", field(source, "secret"), "name"),
      ]),
    ]),
  ];
}

function named(kind: Kind, name: Value): readonly Named[] {
  const known = text(name);
  return known === undefined ? [] : [{ kind, name: known }];
}

function required(kind: Kind, reference: Value, key: string): readonly Named[] {
  return field(reference, "optional") === true ? [] : named(kind, field(reference, key));
}
