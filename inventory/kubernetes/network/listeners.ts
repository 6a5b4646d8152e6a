/** Whether a listener of a Gateway takes a route (Gateway API, "Gateway", "HTTPRoute" and "ReferenceGrant"). */
import { closedBy, undecidedBy, widest, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text, texts } from "../../values";
import { neighboursIn } from "../neighbours";
import { namespaceOf } from "../workloads/pods";

const grantTypes = [
  "kubernetes:gateway.networking.k8s.io/v1:ReferenceGrant",
  "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant",
] as const;

/** What keeps a route from what its reference to a Gateway names: some listener has to take it. */
export function listenerGate(route: Resource, reference: Value, gateway: Resource): Gate | undefined {
  const all = field(field(gateway.properties, "spec"), "listeners");
  if (typeof all === "symbol" || items(all).length === 0) return undefined;
  const [section, port] = [text(field(reference, "sectionName")), amount(field(reference, "port"))];
  const named = items(all).filter(
    (one) =>
      (section === undefined || field(one, "name") === section) &&
      (port === undefined || amount(field(one, "port")) === port),
  );
  if (named.length === 0) {
    const which = section === undefined ? `on port ${port}` : `"${section}"`;
    const why = `the Gateway "${gateway.name}" has no listener ${which}, which the route "${route.name}" asks`;
    return closedBy(route, "spec.parentRefs", why);
  }
  return widest(named.map((listener) => taken(route, listener, gateway)));
}

function taken(route: Resource, listener: Value, gateway: Resource): Gate | undefined {
  const name = `the listener "${text(field(listener, "name")) ?? "?"}" of the Gateway "${gateway.name}"`;
  // Left out, routes of the Gateway's own namespace are taken.
  const from = text(at(listener, "allowedRoutes", "namespaces", "from")) ?? "Same";
  const property = "spec.listeners";
  if (from === "None" || (from === "Same" && namespaceOf(route) !== namespaceOf(gateway))) {
    return closedBy(gateway, property, `${name} takes no route of the namespace "${namespaceOf(route)}"`);
  }
  if (from === "Selector" && namespaceOf(route) !== namespaceOf(gateway)) {
    return undefined;
  }
  const kinds = items(at(listener, "allowedRoutes", "kinds")).flatMap((one) => text(field(one, "kind")) ?? []);
  const kind = route.type.slice(route.type.lastIndexOf(":") + 1);
  if (kinds.length > 0 && !kinds.includes(kind)) return closedBy(gateway, property, `${name} takes no ${kind}`);
  const tls = field(listener, "tls");
  if (kind === "HTTPRoute" && text(field(tls, "mode")) === "Passthrough") {
    return closedBy(gateway, property, `${name} hands TLS on as it is, which no HTTPRoute can read`);
  }
  const certificates = field(tls, "certificateRefs");
  if (text(field(listener, "protocol")) === "HTTPS" && Array.isArray(certificates) && certificates.length === 0) {
    return undecidedBy(gateway, property, `${name} speaks HTTPS without a certificate`);
  }
  const host = text(field(listener, "hostname"));
  const hosts = texts(at(route.properties, "spec", "hostnames"));
  if (host !== undefined && hosts.length > 0 && !hosts.some((one) => hostsMeet(host, one))) {
    return closedBy(
      gateway,
      property,
      `${name} is of "${host}", and the route of ${hosts.map((one) => `"${one}"`).join(", ")}`,
    );
  }
  return undefined;
}

/** Whether two names, of which each may begin with `*.`, have one in common. */
function hostsMeet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a === b) return true;
  if (a.startsWith("*.") && b.endsWith(a.slice(1))) return true;
  return b.startsWith("*.") && a.endsWith(b.slice(1));
}

/** A Service of another namespace answers a route only where a grant there says so. */
export function grantGate(route: Resource, service: Resource, context: ReadContext): Gate | undefined {
  const [own, other] = [namespaceOf(route), namespaceOf(service)];
  if (own === other) return undefined;
  const kind = route.type.slice(route.type.lastIndexOf(":") + 1);
  const grants = neighboursIn(service, other, grantTypes, context);
  const isGranted = grants.some(({ properties }) => {
    const [from, to] = [items(at(properties, "spec", "from")), items(at(properties, "spec", "to"))];
    return (
      from.some((one) => field(one, "kind") === kind && field(one, "namespace") === own) &&
      to.some((one) => {
        const name = text(field(one, "name"));
        return field(one, "kind") === "Service" && (name === undefined || name === service.name);
      })
    );
  });
  const why = `no ReferenceGrant of the namespace "${other}" lets the route "${route.name}" name "${service.name}"`;
  return isGranted ? undefined : undecidedBy(route, "spec.rules.backendRefs", why);
}
