/** The Gateway API: from a gateway's address over its routes to Services. */
import type { Reader } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, field, items, text } from "../../values";
import { neighboursIn } from "../neighbours";
import { nameObject } from "./clusterNames";
import { serviceTypes } from "./network";
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
    for (const parent of items(field(spec, "parentRefs"))) {
      for (const gateway of named(parent, gatewayTypes)) into.forward(gateway.urn, resource.urn);
    }
    for (const rule of items(field(spec, "rules"))) {
      for (const backend of items(field(rule, "backendRefs"))) {
        // A backend of weight 0 gets nothing.
        if (field(backend, "weight") === 0) continue;
        for (const service of named(backend, serviceTypes)) into.forward(resource.urn, service.urn);
      }
    }
    // In a preview the names are not known yet, and the edges are.
    for (const gateway of context.stack.edges(resource, "spec", gatewayTypes)) into.forward(gateway.urn, resource.urn);
    for (const service of context.stack.edges(resource, "spec", serviceTypes)) into.forward(resource.urn, service.urn);
    into.attach(resource);
    nameObject(resource, into, context);
  },
};
