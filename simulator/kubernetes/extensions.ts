/** Kinds that a cluster knows once their definitions are installed: the Gateway API. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { valuesAt } from "../engine/resourceType";
import { at, list, object, text, type Properties } from "../engine/values";
import { kubernetesType, oneOf } from "./kubernetesType";

const api = "kubernetes:gateway.networking.k8s.io/v1";

const gateway = kubernetesType({
  token: `${api}:Gateway`,
  check: checkGateway,
  status: (making) => ({
    addresses: [{ type: "IPAddress", value: addressOf(making) }],
    conditions: ["Accepted", "Programmed"].map((type) => ({ type, status: "True", reason: type })),
  }),
});

/** Out of 198.18.0.0/15, which is set aside for tests of equipment. */
function addressOf(making: Making): string {
  return `198.18.${parseInt(making.hex(2, "third"), 16)}.${1 + (parseInt(making.hex(2, "fourth"), 16) % 254)}`;
}

function checkGateway(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "spec.listeners[].protocol", ["HTTP", "HTTPS", "TLS", "TCP", "UDP"]);
  for (const { path, value } of valuesAt(inputs, "spec.listeners[].port")) {
    if (typeof value === "number" && (value < 1 || value > 65_535))
      refuse(path, `${path} must be from 1 to 65535, and is ${value}.`);
  }
  const names = new Set<string>();
  const places = new Set<string>();
  for (const [index, each] of list(at(inputs, "spec.listeners")).entries()) {
    const listener = object(each);
    const here = `spec.listeners[${index}]`;
    const name = text(listener["name"]) ?? "";
    if (names.has(name)) refuse(`${here}.name`, `${here}.name "${name}" stands twice in the gateway.`);
    names.add(name);
    const place = [listener["port"], listener["protocol"], listener["hostname"]]
      .map((part) => JSON.stringify(part ?? null))
      .join(" ");
    if (places.has(place)) refuse(here, `${here} has port, protocol and hostname of another listener.`);
    places.add(place);
    if (listener["protocol"] === "HTTPS" && listener["tls"] === undefined) {
      refuse(`${here}.tls`, `${here}.tls is required with protocol HTTPS. Give certificateRefs.`);
    }
    if (listener["protocol"] === "HTTP" && listener["tls"] !== undefined)
      refuse(`${here}.tls`, `${here}.tls may not be given with protocol HTTP.`);
  }
}

const hostName = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function route(kind: string): ResourceType {
  return kubernetesType({
    token: `${api}:${kind}`,
    check: (inputs, refuse) => {
      for (const { path, value } of valuesAt(inputs, "spec.hostnames[]")) {
        const host = text(value);
        if (host !== undefined && !hostName.test(host))
          refuse(path, `${path} must be a host name in lower case, and is "${host}".`);
      }
      oneOf(inputs, refuse, "spec.rules[].filters[].type", [
        ...["RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite"],
        ...["CORS", "ExternalAuth", "ExtensionRef"],
      ]);
    },
    status: ({ inputs }) => ({
      parents: list(at(inputs, "spec.parentRefs")).map((parentRef) => ({
        parentRef,
        controllerName: "simulated.invalid/gateway-controller",
        conditions: [{ type: "Accepted", status: "True", reason: "Accepted" }],
      })),
    }),
  });
}

export const extensionTypes: readonly ResourceType[] = [gateway, route("HTTPRoute"), route("GRPCRoute")];
