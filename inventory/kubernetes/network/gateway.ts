/** The Gateway API: from a gateway's address over its routes to Services. */
import { closedBy, tightest } from "../../gate";
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
    for (const rule of items(field(spec, "rules"))) {
      for (const backend of items(field(rule, "backendRefs"))) {
        // A backend of weight 0 gets nothing.
        if (field(backend, "weight") === 0) continue;
        isLeft = true;
        for (const service of named(backend, serviceTypes)) {
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
    const edges = (types: readonly string[]) =>
      context.stack.edges(resource, "spec", types).filter((one) => !met.has(one));
    for (const gateway of edges(gatewayTypes)) into.forward(gateway.urn, resource.urn);
    for (const service of edges(serviceTypes)) into.forward(resource.urn, service.urn);
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

function hasBackends(spec: Value): boolean {
  return items(field(spec, "rules")).some((rule) => items(field(rule, "backendRefs")).length > 0);
}
