/** Namespaces, configuration, storage claims, and how traffic comes in. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { valuesAt } from "../engine/resourceType";
import { asText, at, list, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { kubernetesType, namespaceType, oneOf } from "./kubernetesType";
import { checkResources } from "./pods";

const namespace = kubernetesType({
  token: namespaceType,
  namespaced: false,
  longest: 63,
  defaults: () => ({ "spec.finalizers": ["kubernetes"] }),
  status: () => ({ phase: "Active" }),
});

const configMap = kubernetesType({
  token: "kubernetes:core/v1:ConfigMap",
  immutable: ["data", "binaryData"],
  mutableWith: "enableConfigMapMutable",
});

const secret = kubernetesType({
  token: "kubernetes:core/v1:Secret",
  immutable: ["data", "stringData", "type"],
  mutableWith: "enableSecretMutable",
  secrets: ["data", "stringData"],
  check: (inputs, refuse) => {
    for (const [key, value] of Object.entries(object(inputs["data"]))) {
      const found = text(value);
      if (found !== undefined && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(found)) {
        refuse(`data["${key}"]`, `data["${key}"] must be base64. Encode it, or give it under stringData.`);
      }
    }
  },
  defaults: (inputs) => ({ type: "Opaque", data: encoded(inputs["stringData"]) }),
});

function encoded(stringData: Value | undefined): Properties {
  const entries = Object.entries(object(stringData));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value === UNKNOWN ? UNKNOWN : Buffer.from(asText(value)).toString("base64")]),
  );
}

const serviceAccount = kubernetesType({ token: "kubernetes:core/v1:ServiceAccount" });

const claim = kubernetesType({
  token: "kubernetes:core/v1:PersistentVolumeClaim",
  immutable: ["spec.accessModes", "spec.storageClassName", "spec.volumeName", "spec.volumeMode", "spec.selector"],
  check: (inputs, refuse) => {
    const spec = object(inputs["spec"]);
    if (list(spec["accessModes"]).length === 0 && spec["accessModes"] !== UNKNOWN) {
      refuse("spec.accessModes", "spec.accessModes is required, such as [ReadWriteOnce].");
    }
    oneOf(inputs, refuse, "spec.accessModes[]", ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]);
    const resources = object(spec["resources"]);
    if (object(resources["requests"])["storage"] === undefined) {
      refuse("spec.resources", 'spec.resources.requests.storage is required, such as "10Gi".');
    }
    checkResources(resources, refuse, "spec.resources");
  },
  defaults: () => ({ "spec.volumeMode": "Filesystem" }),
  assigned: (making) => ({ "spec.volumeName": `pvc-${making.hex(32, "volume")}` }),
  status: ({ inputs }) => ({
    phase: "Bound",
    accessModes: at(inputs, "spec.accessModes") ?? [],
    capacity: object(at(inputs, "spec.resources.requests")),
  }),
});

const service = kubernetesType({
  token: "kubernetes:core/v1:Service",
  longest: 63,
  immutable: ["spec.clusterIP"],
  check: checkService,
  defaults: (inputs) => ({ "spec.type": "ClusterIP", "spec.sessionAffinity": "None", ...policies(inputs) }),
  assigned: (making): Record<string, Value> =>
    at(making.inputs, "spec.type") === "ExternalName" ? {} : { "spec.clusterIP": address(making, "10.96") },
  status: (making) => ({ loadBalancer: balancerOf(making) }),
});

function balancerOf(making: Making): Properties {
  if (at(making.inputs, "spec.type") !== "LoadBalancer") return {};
  return { ingress: [{ ip: address(making, "198.18"), hostname: hostOf(making) }] };
}

function policies(inputs: Properties): Readonly<Record<string, Value>> {
  return at(inputs, "spec.type") === "LoadBalancer" ? { "spec.externalTrafficPolicy": "Cluster" } : {};
}

function address(making: Making, prefix: string): string {
  return `${prefix}.${parseInt(making.hex(2, "third"), 16)}.${1 + (parseInt(making.hex(2, "fourth"), 16) % 254)}`;
}

function hostOf({ inputs, place }: Making): string {
  const labels = [text(at(inputs, "metadata.name")), text(at(inputs, "metadata.namespace")), place].join(".");
  return `${labels.toLowerCase().replace(/[^a-z0-9.-]/g, "-")}.simulated.invalid`;
}

function checkService(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "spec.type", ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]);
  oneOf(inputs, refuse, "spec.externalTrafficPolicy", ["Cluster", "Local"]);
  oneOf(inputs, refuse, "spec.ports[].protocol", ["TCP", "UDP", "SCTP"]);
  if (inputs["spec"] === UNKNOWN) return;
  const ports = at(inputs, "spec.ports");
  const type = at(inputs, "spec.type");
  const needsPorts = type !== "ExternalName" && at(inputs, "spec.clusterIP") !== "None" && type !== UNKNOWN;
  if (needsPorts && ports !== UNKNOWN && list(ports).length === 0) {
    refuse("spec.ports", "spec.ports is required and was not given. Give at least one port.");
  }
  if (list(ports).length > 1) {
    for (const [index, port] of list(ports).entries()) {
      if (port !== UNKNOWN && object(port)["name"] === undefined) {
        refuse(
          `spec.ports[${index}].name`,
          `spec.ports[${index}].name is required where a service has more than one port.`,
        );
      }
    }
  }
  for (const { path, value } of valuesAt(inputs, "spec.ports[].port")) {
    if (typeof value === "number" && (value < 1 || value > 65_535))
      refuse(path, `${path} must be from 1 to 65535, and is ${value}.`);
  }
}

const ingress = kubernetesType({
  token: "kubernetes:networking.k8s.io/v1:Ingress",
  check: (inputs, refuse) => {
    if (inputs["spec"] === UNKNOWN) return;
    const spec = object(inputs["spec"]);
    if (spec["defaultBackend"] === undefined && spec["rules"] === undefined) {
      refuse("spec", "spec must have rules or a defaultBackend. Give one of them.");
    }
    oneOf(inputs, refuse, "spec.rules[].http.paths[].pathType", ["Exact", "Prefix", "ImplementationSpecific"]);
  },
  status: (making) => ({ loadBalancer: { ingress: [{ ip: address(making, "198.19"), hostname: hostOf(making) }] } }),
});

const networkPolicy = kubernetesType({
  token: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  check: (inputs, refuse) => {
    if (inputs["spec"] === undefined) refuse("spec", "spec is required and was not given. Give a podSelector.");
    oneOf(inputs, refuse, "spec.policyTypes[]", ["Ingress", "Egress"]);
  },
  defaults: () => ({ "spec.policyTypes": ["Ingress"] }),
});

export const basicTypes: readonly ResourceType[] = [
  namespace,
  configMap,
  secret,
  serviceAccount,
  claim,
  service,
  ingress,
  networkPolicy,
];
