/** The Gateway API: from a gateway's address over its routes to Services. */
import { closedBy, tightest, undecidedBy } from "../../gate";
import type { Reader } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text } from "../../values";
import { neighboursIn } from "../neighbours";
import { nameObject } from "./clusterNames";
import { endAtEntrance } from "./deadEnds";
import { grantGate, listenerGate } from "./listeners";
import { serviceTypes } from "./network";
import { backendGate } from "./serviceHops";
import { namespaceOf } from "../workloads/pods";

const api = "kubernetes:gateway.networking.k8s.io";
const gatewayTypes = [`${api}/v1:Gateway`, `${api}/v1beta1:Gateway`] as const;
const routeTypes = [
  `${api}/v1:HTTPRoute`,
  `${api}/v1beta1:HTTPRoute`,
  `${api}/v1:GRPCRoute`,
  `${api}/v1alpha2:GRPCRoute`,
  `${api}/v1alpha2:TCPRoute`,
  `${api}/v1alpha2:TLSRoute`,
  `${api}/v1alpha2:UDPRoute`,
] as const;

/** A gateway is an address; where it leads, its routes say. */
export const gateways: Reader = {
  gives: "an address, which its routes lead on from",
  types: gatewayTypes,
  read(resource, into, context) {
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

export const gatewayRoutes: Reader = {
  gives: "the way from a gateway to Services",
  types: routeTypes,
  read(resource, into, context) {
    const spec = field(resource.properties, "spec");
    const named = (reference: Value, types: readonly string[]): readonly Resource[] => {
      const name = text(field(reference, "name"));
      const namespace = text(field(reference, "namespace")) ?? namespaceOf(resource);
      if (name === undefined) return [];
      return neighboursIn(resource, namespace, types, context).filter(
        (one) => (text(at(one.properties, "metadata", "name")) ?? one.name) === name,
      );
    };
    // What is named is judged by its name; in a preview names are not known yet, and the edges are.
    const met = new Set<Resource>();
    for (const parent of items(field(spec, "parentRefs"))) {
      for (const gateway of named(parent, gatewayTypes)) {
        met.add(gateway);
        into.forward(gateway.urn, resource.urn, listenerGate(resource, parent, gateway));
      }
    }
    let isLeft = false;
    const missing: string[] = [];
    for (const rule of items(field(spec, "rules"))) {
      for (const backend of items(field(rule, "backendRefs"))) {
        // A backend of weight 0 gets nothing.
        if (field(backend, "weight") === 0) continue;
        isLeft = true;
        const services = named(backend, serviceTypes);
        if (services.length === 0) missing.push(text(field(backend, "name")) ?? "");
        for (const service of services) {
          met.add(service);
          const leads = backendGate(
            resource,
            "spec.rules.backendRefs",
            service,
            amount(field(backend, "port")),
            context,
          );
          into.forward(resource.urn, service.urn, tightest([grantGate(resource, service, context), leads]));
        }
      }
    }
    const refused = `every backend of the route "${resource.name}" has the weight 0`;
    if (!isLeft && hasBackends(spec)) {
      endAtEntrance(resource, closedBy(resource, "spec.rules.backendRefs", refused), into);
    }
    if (isRedirect(spec)) {
      into.endAt(resource.urn, closedBy(resource, "spec.rules", `"${resource.name}" sends clients elsewhere`));
    }
    const edges = (types: readonly string[]) =>
      context.stack.edges(resource, "spec", types).filter((one) => !met.has(one));
    if (!areNamed(field(spec, "parentRefs"))) {
      for (const gateway of edges(gatewayTypes)) into.forward(gateway.urn, resource.urn);
    }
    const isSaid = backendsAreSaid(spec);
    if (!isSaid) {
      for (const service of edges(serviceTypes)) into.forward(resource.urn, service.urn);
    }
    // Beside Services that the stack holds; elsewhere they may be another stack's.
    if (
      missing.length > 0 &&
      isSaid &&
      neighboursIn(resource, namespaceOf(resource), serviceTypes, context).length > 0
    ) {
      const why = `the Service "${missing[0] ?? ""}" that the route "${resource.name}" leads to is not in the stack`;
      endAtEntrance(resource, undecidedBy(resource, "spec.rules.backendRefs", why), into);
    }
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

/** True where no rule sends requests on, and some send clients elsewhere. */
function isRedirect(spec: Value): boolean {
  const filters = items(field(spec, "rules")).flatMap((rule) => items(field(rule, "filters")));
  return !hasBackends(spec) && filters.some((filter) => field(filter, "type") === "RequestRedirect");
}

function hasBackends(spec: Value): boolean {
  return backendsOf(spec).length > 0;
}

function backendsOf(spec: Value): readonly Value[] {
  return items(field(spec, "rules")).flatMap((rule) => items(field(rule, "backendRefs")));
}

/** True where each reference says its name: then what it was once made from says nothing more. */
function areNamed(references: Value): boolean {
  return Array.isArray(references) && items(references).every((one) => text(field(one, "name")) !== undefined);
}

function backendsAreSaid(spec: Value): boolean {
  const rules = field(spec, "rules");
  return (
    Array.isArray(rules) &&
    items(rules).every((rule) => {
      const backends = field(rule, "backendRefs");
      return backends === undefined ? typeof rule !== "symbol" : areNamed(backends);
    })
  );
}
