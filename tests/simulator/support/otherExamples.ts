import type { Properties } from "../../../simulator/engine/values";
import type { Example, Examples } from "./example";

const labels = { app: "web" };
const pod = { metadata: { labels }, spec: { containers: [{ name: "web", image: "web:1" }] } };
const once = { metadata: { labels }, spec: { ...pod.spec, restartPolicy: "Never" } };
const inNamespace = { metadata: { namespace: "default" } };
const labelled = { metadata: { namespace: "default", labels: { changed: "yes" } } };

function kind(token: string, inputs: Properties, rest: Pick<Example, "change" | "mistake">): Example {
  return { token: `kubernetes:${token}`, inputs: () => inputs, ...rest };
}

/** A workload with a selector, and a mistake in it. */
function workload(token: string, spec: Properties): Example {
  const whole = { selector: { matchLabels: labels }, template: pod, ...spec };
  return kind(
    token,
    { ...inNamespace, spec: whole },
    {
      change: { spec: { ...whole, minReadySeconds: 5 } },
      mistake: {
        inputs: { spec: { ...whole, selector: { matchLabels: { app: "other" } } } },
        property: "spec.template.metadata.labels",
      },
    },
  );
}

const claimSpec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } };
const ports = [{ port: 80 }];

/** A route to a service. */
function route(name: string): Example {
  const spec = { parentRefs: [{ name: "edge" }], rules: [{ backendRefs: [{ name: "web", port: 80 }] }] };
  return kind(
    `gateway.networking.k8s.io/v1:${name}`,
    { ...inNamespace, spec },
    {
      change: { spec: { ...spec, hostnames: ["web.example.com"] } },
      mistake: { inputs: { spec: { ...spec, hostnames: ["Web"] } }, property: "spec.hostnames[0]" },
    },
  );
}

export const kubernetesExamples: Examples = {
  namespace: kind(
    "core/v1:Namespace",
    {},
    {
      change: { metadata: { labels: { changed: "yes" } } },
      mistake: { inputs: { metadata: { name: "Upper" } }, property: "metadata.name" },
    },
  ),
  service: kind(
    "core/v1:Service",
    { ...inNamespace, spec: { type: "LoadBalancer", selector: labels, ports } },
    {
      change: { spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 443 }] } },
      mistake: { inputs: { spec: { type: "Balancer", ports } }, property: "spec.type" },
    },
  ),
  configMap: kind(
    "core/v1:ConfigMap",
    { ...inNamespace, data: { a: "b" } },
    {
      change: labelled,
      mistake: { inputs: { data: { a: 1 } }, property: "data.a" },
    },
  ),
  secret: kind(
    "core/v1:Secret",
    { ...inNamespace, stringData: { a: "b" } },
    {
      change: labelled,
      mistake: { inputs: { data: { a: "not base64!" } }, property: 'data["a"]' },
    },
  ),
  serviceAccount: kind("core/v1:ServiceAccount", inNamespace, {
    change: { automountServiceAccountToken: false },
    mistake: { inputs: { automountServiceAccountToken: "no" }, property: "automountServiceAccountToken" },
  }),
  claim: kind(
    "core/v1:PersistentVolumeClaim",
    { ...inNamespace, spec: claimSpec },
    {
      change: { spec: { ...claimSpec, resources: { requests: { storage: "20Gi" } } } },
      mistake: {
        inputs: { spec: { ...claimSpec, resources: { requests: { storage: "ten" } } } },
        property: 'spec.resources.requests["storage"]',
      },
    },
  ),
  deployment: workload("apps/v1:Deployment", { replicas: 3 }),
  statefulSet: workload("apps/v1:StatefulSet", { serviceName: "web", replicas: 3 }),
  daemonSet: workload("apps/v1:DaemonSet", {}),
  budget: kind(
    "policy/v1:PodDisruptionBudget",
    { ...inNamespace, spec: { minAvailable: 2, selector: { matchLabels: labels } } },
    {
      change: { spec: { minAvailable: "50%", selector: { matchLabels: labels } } },
      mistake: { inputs: { spec: { minAvailable: "most" } }, property: "spec.minAvailable" },
    },
  ),
  priorityClass: kind(
    "scheduling.k8s.io/v1:PriorityClass",
    { value: -10 },
    {
      change: { description: "changed" },
      mistake: { inputs: { value: 1_000_000_001 }, property: "value" },
    },
  ),
  autoscaler: kind(
    "autoscaling/v2:HorizontalPodAutoscaler",
    { ...inNamespace, spec: { maxReplicas: 5, scaleTargetRef: { kind: "Deployment", name: "web" } } },
    {
      change: { spec: { maxReplicas: 9, scaleTargetRef: { kind: "Deployment", name: "web" } } },
      mistake: {
        inputs: { spec: { minReplicas: 6, maxReplicas: 5, scaleTargetRef: { kind: "Deployment", name: "web" } } },
        property: "spec.maxReplicas",
      },
    },
  ),
  job: kind(
    "batch/v1:Job",
    { ...inNamespace, spec: { template: once } },
    {
      change: labelled,
      mistake: { inputs: { spec: { template: pod } }, property: "spec.template.spec.restartPolicy" },
    },
  ),
  cronJob: kind(
    "batch/v1:CronJob",
    { ...inNamespace, spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template: once } } } },
    {
      change: { spec: { schedule: "@hourly", jobTemplate: { spec: { template: once } } } },
      mistake: {
        inputs: { spec: { schedule: "often", jobTemplate: { spec: { template: once } } } },
        property: "spec.schedule",
      },
    },
  ),
  ingress: kind(
    "networking.k8s.io/v1:Ingress",
    { ...inNamespace, spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } } },
    {
      change: { spec: { defaultBackend: { service: { name: "other", port: { number: 80 } } } } },
      mistake: { inputs: { spec: {} }, property: "spec" },
    },
  ),
  networkPolicy: kind(
    "networking.k8s.io/v1:NetworkPolicy",
    { ...inNamespace, spec: { podSelector: {} } },
    {
      change: { spec: { podSelector: { matchLabels: labels } } },
      mistake: { inputs: { spec: { podSelector: {}, policyTypes: ["Sideways"] } }, property: "spec.policyTypes[0]" },
    },
  ),
  gateway: kind(
    "gateway.networking.k8s.io/v1:Gateway",
    { ...inNamespace, spec: { gatewayClassName: "edge", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] } },
    {
      change: { spec: { gatewayClassName: "edge", listeners: [{ name: "http", port: 8080, protocol: "HTTP" }] } },
      mistake: {
        inputs: { spec: { gatewayClassName: "edge", listeners: [{ name: "s", port: 443, protocol: "HTTPS" }] } },
        property: "spec.listeners[0].tls",
      },
    },
  ),
  httpRoute: route("HTTPRoute"),
  grpcRoute: route("GRPCRoute"),
};

const replaced = { none: "every change draws anew" } as const;

function random(name: string, inputs: Properties, mistake: Example["mistake"]): Example {
  return { token: `random:index/random${name}:Random${name}`, inputs: () => inputs, change: replaced, mistake };
}

const keepers = { inputs: { keepers: "all" }, property: "keepers" };

export const randomExamples: Examples = {
  bytes: random("Bytes", { length: 8 }, { inputs: { length: "8" }, property: "length" }),
  id: random("Id", { byteLength: 4 }, { inputs: { byteLength: "4" }, property: "byteLength" }),
  integer: random("Integer", { min: 1, max: 6 }, { inputs: { max: 0 }, property: "max" }),
  password: random("Password", { length: 16, minSpecial: 2 }, { inputs: { length: 1 }, property: "length" }),
  pet: random("Pet", {}, keepers),
  shuffle: random("Shuffle", { inputs: ["a", "b", "c"] }, keepers),
  string: random("String", { length: 8, special: false }, { inputs: { length: 0 }, property: "length" }),
  uuid: random("Uuid", {}, keepers),
  uuid4: random("Uuid4", {}, keepers),
  uuid7: random("Uuid7", {}, keepers),
};
