/** Services and ingresses: from an address to the pods that their selectors pick; and budgets, which pick them too. */
import { known, unknown, type Known } from "../../model";
import { selects } from "../identity";
import type { Reader, ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { at, field, items, propertyPath, text } from "../values";
import { namespaceOf } from "./pods";
import { workloadTypes } from "./workloads";

const serviceTypes = ["kubernetes:core/v1:Service"] as const;

export const services: Reader = {
  types: serviceTypes,
  read(resource, into, context) {
    const selector = at(resource.properties, "spec", "selector");
    for (const workload of picked(resource, selector, context)) into.forward(resource.urn, workload.urn);
    into.attach(resource);
  },
};

export const ingresses: Reader = {
  types: ["kubernetes:networking.k8s.io/v1:Ingress"],
  read(resource, into, context) {
    const spec = field(resource.properties, "spec");
    const backends: readonly Value[] = [
      field(spec, "defaultBackend"),
      ...items(field(spec, "rules")).flatMap((rule) =>
        items(at(rule, "http", "paths")).map((path) => field(path, "backend")),
      ),
    ];
    const names = new Set(backends.flatMap((backend) => text(at(backend, "service", "name")) ?? []));
    for (const service of neighbours(resource, serviceTypes, context)) {
      if (names.has(text(at(service.properties, "metadata", "name")) ?? service.name))
        into.forward(resource.urn, service.urn);
    }
    for (const service of context.stack.edges(resource, "spec", serviceTypes)) into.forward(resource.urn, service.urn);
    into.attach(resource);
  },
};

export const disruptionBudgets: Reader = {
  types: ["kubernetes:policy/v1:PodDisruptionBudget"],
  read(resource, into, context) {
    const limit = (key: string): Known<number | string> | undefined => {
      const value = at(resource.properties, "spec", key);
      if (value === undefined || value === null) return undefined;
      return typeof value === "number" || typeof value === "string"
        ? known(value)
        : unknown(propertyPath(resource, "spec", key));
    };
    const [minAvailable, maxUnavailable] = [limit("minAvailable"), limit("maxUnavailable")];
    const [workload] = picked(resource, at(resource.properties, "spec", "selector", "matchLabels"), context);
    into.state(
      {
        kind: "disruptionBudget",
        urn: resource.urn,
        cluster: context.clusters.of(resource).name,
        ...(minAvailable === undefined ? {} : { minAvailable }),
        ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
      },
      workload?.urn ?? resource.urn,
    );
  },
};

/** Workloads of the same cluster and namespace whose pods carry all labels of the selector. */
function picked(resource: Resource, selector: Value, context: ReadContext): readonly Resource[] {
  return neighbours(resource, workloadTypes, context).filter((workload) =>
    selects(selector, at(workload.properties, "spec", "template", "metadata", "labels")),
  );
}

const indexes = new WeakMap<ReadContext, Map<string, ReadonlyMap<string, readonly Resource[]>>>();

function neighbours(resource: Resource, types: readonly string[], context: ReadContext): readonly Resource[] {
  const byTypes = indexes.get(context) ?? new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  indexes.set(context, byTypes);
  const kind = types.join(" ");
  let index = byTypes.get(kind);
  if (index === undefined) {
    const lists = new Map<string, Resource[]>();
    for (const one of types.flatMap((type) => context.stack.ofType(type))) {
      const key = homeOf(one, context);
      const list = lists.get(key);
      if (list) list.push(one);
      else lists.set(key, [one]);
    }
    byTypes.set(kind, (index = lists));
  }
  return index.get(homeOf(resource, context)) ?? [];
}

/** Cluster and namespace; one that a preview does not know yet is the one of the namespace object that it is made from. */
function homeOf(resource: Resource, { clusters, stack }: ReadContext): string {
  const namespace = at(resource.properties, "metadata", "namespace");
  const [made] =
    typeof namespace === "symbol" ? stack.edges(resource, "metadata", ["kubernetes:core/v1:Namespace"]) : [];
  const name = made === undefined ? namespaceOf(resource) : (text(at(made.properties, "metadata", "name")) ?? made.urn);
  return `${clusters.of(resource).key} ${name}`;
}
