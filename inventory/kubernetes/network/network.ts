/** Services and ingresses: from an address to the pods that their selectors pick; and budgets, which pick them too. */
import { known, unknown, type Known } from "../../../model";
import { selects } from "../../identity";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, byCode, entries, field, items, propertyPath, text } from "../../values";
import { neighbours, neighboursAt } from "../neighbours";
import { workloadTypes } from "../workloads/workloads";

export const serviceTypes = ["kubernetes:core/v1:Service"] as const;

export const services: Reader = {
  gives: "the way to the pods that a selector picks",
  types: serviceTypes,
  read(resource, into, context) {
    const selector = at(resource.properties, "spec", "selector");
    for (const workload of picked(resource, selector, context)) into.forward(resource.urn, workload.urn);
    into.attach(resource);
  },
};

export const ingresses: Reader = {
  gives: "the way from an address to Services",
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
    const here = neighbours(resource, serviceTypes, context);
    const named = [...names].flatMap((name) => neighboursAt(here, "name", name, nameOf));
    for (const service of named.sort((a, b) => byCode(a.urn, b.urn))) into.forward(resource.urn, service.urn);
    for (const service of context.stack.edges(resource, "spec", serviceTypes)) into.forward(resource.urn, service.urn);
    into.attach(resource);
  },
};

export const disruptionBudgets: Reader = {
  gives: "what a drain may take",
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
    const selector = at(resource.properties, "spec", "selector", "matchLabels");
    const [workload] = picked(resource, selector, context);
    // What its own words say does not help: the scheduler goes by the selector alone.
    if (workload === undefined && picksNone(resource, selector, context)) return;
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
  const [[key, value] = []] = entries(selector);
  if (key === undefined || typeof value !== "string") return [];
  const here = neighbours(resource, workloadTypes, context);
  const candidates = neighboursAt(here, `label ${key}`, value, (workload) => field(podLabels(workload), key));
  return candidates.filter((workload) => selects(selector, podLabels(workload)));
}

function nameOf(service: Resource): string {
  return text(at(service.properties, "metadata", "name")) ?? service.name;
}

/** True where a selector is known whole, workloads stand beside it, and what is known of their pods fits none of it. */
function picksNone(resource: Resource, selector: Value, context: ReadContext): boolean {
  const wanted = entries(selector);
  const pods = neighbours(resource, workloadTypes, context).map(podLabels);
  return (
    wanted.length > 0 &&
    wanted.every(([, value]) => typeof value === "string") &&
    pods.length > 0 &&
    pods.every((labels) =>
      wanted.some(([key, value]) => {
        const found = field(labels, key);
        return typeof found !== "symbol" && found !== value;
      }),
    )
  );
}

function podLabels(workload: Resource): Value {
  return at(workload.properties, "spec", "template", "metadata", "labels");
}
