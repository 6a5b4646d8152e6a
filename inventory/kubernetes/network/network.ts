/** Services and ingresses: from an address to the pods that their selectors pick. */
import type { Reader } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, field, items, text } from "../../values";
import { neighbours, neighboursAt } from "../neighbours";
import { nameObject } from "./clusterNames";
import { picked } from "../workloads/selected";
import { byText } from "../../../lib/order";

export const serviceTypes = ["kubernetes:core/v1:Service"] as const;

export const services: Reader = {
  gives: "the way to the pods that a selector picks",
  types: serviceTypes,
  read(resource, into, context) {
    const selector = at(resource.properties, "spec", "selector");
    for (const workload of picked(resource, selector, context)) into.forward(resource.urn, workload.urn);
    into.attach(resource);
    nameObject(resource, into, context);
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
    for (const service of named.sort((a, b) => byText(a.urn, b.urn))) into.forward(resource.urn, service.urn);
    for (const service of context.stack.edges(resource, "spec", serviceTypes)) into.forward(resource.urn, service.urn);
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

function nameOf(service: Resource): string {
  return text(at(service.properties, "metadata", "name")) ?? service.name;
}
