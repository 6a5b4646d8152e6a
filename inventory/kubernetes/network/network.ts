/** Services and ingresses: from an address to the pods that their selectors pick. */
import { undecidedBy, type Gate } from "../../gate";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text } from "../../values";
import { neighbours, neighboursAt } from "../neighbours";
import { nameObject } from "./clusterNames";
import { endAtEntrance } from "./deadEnds";
import { backendGate, isOutside, podGate, selectsNothing, serviceGate } from "./serviceHops";
import { picked } from "../workloads/selected";
import { byText } from "../../../lib/order";

export const serviceTypes = ["kubernetes:core/v1:Service"] as const;

export const services: Reader = {
  gives: "the way to the pods that a selector picks",
  types: serviceTypes,
  read(resource, into, context) {
    const selector = at(resource.properties, "spec", "selector");
    for (const workload of picked(resource, selector, context)) {
      into.forward(resource.urn, workload.urn, podGate(resource, workload, context));
    }
    into.guard(resource.urn, serviceGate(resource));
    const nothing = selectsNothing(resource, context);
    if (nothing !== undefined && isOutside(resource)) endAtEntrance(resource, nothing, into);
    else if (nothing !== undefined) into.endAt(resource.urn, nothing);
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

export const ingresses: Reader = {
  gives: "the way from an address to Services",
  types: ["kubernetes:networking.k8s.io/v1:Ingress"],
  read(resource, into, context) {
    const here = neighbours(resource, serviceTypes, context);
    const missing: string[] = [];
    const met = new Set<Resource>();
    for (const { name, port } of backendsOf(resource)) {
      const services = neighboursAt(here, "name", name, nameOf);
      if (services.length === 0) missing.push(name);
      for (const service of services) {
        met.add(service);
        into.forward(resource.urn, service.urn, backendGate(resource, "spec.rules", service, port, context));
      }
    }
    // What is named is judged by its name; in a preview names are not known yet, and the edges are.
    if (backendsOf(resource).length === 0) {
      for (const service of context.stack.edges(resource, "spec", serviceTypes)) {
        if (!met.has(service)) into.forward(resource.urn, service.urn);
      }
    }
    // Beside Services that the stack holds; elsewhere they may be another stack's.
    if (missing.length > 0 && here.length > 0) {
      const why = `the Service "${missing[0]}" that "${resource.name}" leads to is not in the stack`;
      endAtEntrance(resource, undecidedBy(resource, "spec.rules", why), into);
    }
    into.guard(resource.urn, classGate(resource, context));
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

interface Backend {
  readonly name: string;
  /** By number or by name; undefined where it is not known. */
  readonly port: number | string | undefined;
}

/** Each Service and port that an Ingress leads to once, sorted. */
function backendsOf({ properties }: Resource): readonly Backend[] {
  const spec = field(properties, "spec");
  const all: readonly Value[] = [
    field(spec, "defaultBackend"),
    ...items(field(spec, "rules")).flatMap((rule) =>
      items(at(rule, "http", "paths")).map((path) => field(path, "backend")),
    ),
  ];
  const found = new Map<string, Backend>();
  for (const backend of all) {
    const name = text(at(backend, "service", "name"));
    const port = at(backend, "service", "port");
    const asked = amount(field(port, "number")) ?? text(field(port, "name"));
    if (name !== undefined) found.set(`${name} ${asked ?? ""}`, { name, port: asked });
  }
  return [...found].sort(([a], [b]) => byText(a, b)).map(([, backend]) => backend);
}

const ingressClasses = "kubernetes:networking.k8s.io/v1:IngressClass";

/** An Ingress of a class that the stack, which has some, does not have: nobody may serve it. */
function classGate(ingress: Resource, { stack, clusters }: ReadContext): Gate | undefined {
  const name = text(at(ingress.properties, "spec", "ingressClassName"));
  const here = name === undefined ? [] : stack.ofType(ingressClasses);
  const own = here.filter((one) => clusters.of(one).key === clusters.of(ingress).key);
  if (own.length === 0 || own.some((one) => nameOf(one) === name)) return undefined;
  const why = `the class "${name}" of the Ingress "${ingress.name}" is none of the stack's`;
  return undecidedBy(ingress, "spec.ingressClassName", why);
}

function nameOf(object: Resource): string {
  return text(at(object.properties, "metadata", "name")) ?? object.name;
}
