/** Objects without which pods do not start. */
import { estateOfObjects, object, web } from "../support/clusterObjects";
import { placesOf, serviceIn } from "../support/estateOf";

const namespace = object("v1", "Namespace", "shop", {}, { namespace: undefined });
const settings = object("v1", "ConfigMap", "settings", { data: {} });
const key = object("v1", "Secret", "key", { data: {} });
const env = (valueFrom: object) => ({ container: { env: [{ name: "A", valueFrom }] } });
const volume = (one: object) => ({ pod: { volumes: [{ name: "v", ...one }] } });
const missingOf = (options: object, ...objects: readonly Readonly<Record<string, unknown>>[]) => {
  const estate = estateOfObjects([web({ replicas: 3, ...options }), settings, key, ...objects]);
  return /any (\w+ "[^"]+")/.exec(placesOf(serviceIn(estate, "web"))[0] ?? "")?.[1];
};

it.each([
  [
    "a ConfigMap of the environment",
    { container: { envFrom: [{ configMapRef: { name: "gone" } }] } },
    'ConfigMap "gone"',
  ],
  ["a Secret of a variable", env({ secretKeyRef: { name: "gone", key: "a" } }), 'Secret "gone"'],
  ["a Secret of a volume", volume({ secret: { secretName: "gone" } }), 'Secret "gone"'],
  [
    "a ConfigMap of a projected volume",
    volume({ projected: { sources: [{ configMap: { name: "gone" } }] } }),
    'ConfigMap "gone"',
  ],
  ["a claim", volume({ persistentVolumeClaim: { claimName: "gone" } }), 'PersistentVolumeClaim "gone"'],
  ["a service account", { pod: { serviceAccountName: "gone" } }, 'ServiceAccount "gone"'],
  [
    "one of an init container",
    { pod: { initContainers: [{ envFrom: [{ secretRef: { name: "gone" } }] }] } },
    'Secret "gone"',
  ],
  ["none: it is there", env({ configMapKeyRef: { name: "settings", key: "a" } }), undefined],
  ["none: it is optional", env({ secretKeyRef: { name: "gone", key: "a", optional: true } }), undefined],
  ["none: every namespace has it", { pod: { serviceAccountName: "default" } }, undefined],
])("misses %s", (_, options, expected) => {
  expect(missingOf(options, namespace)).toBe(expected);
});

describe("is not told where somebody else may have made it", () => {
  const options = { container: { envFrom: [{ secretRef: { name: "gone" } }] } };
  it.each([
    ["the namespace is another stack's", []],
    ["an operator makes Secrets", [namespace, object("external-secrets.io/v1", "ExternalSecret", "x", { spec: {} })]],
  ])("%s", (_, objects) => {
    expect(missingOf(options, ...objects)).toBeUndefined();
  });
});

it.each([
  ["PriorityClass", "scheduling.k8s.io/v1", "priorityClassName"],
  ["RuntimeClass", "node.k8s.io/v1", "runtimeClassName"],
])("misses a %s beside others of the cluster", (kind, version, property) => {
  const other = object(version, kind, "other", { value: 1 }, { namespace: undefined });
  expect(missingOf({ pod: { [property]: "gone" } }, other)).toBe(`${kind} "gone"`);
  expect(missingOf({ pod: { [property]: "other" } }, other)).toBeUndefined();
  expect(missingOf({ pod: { [property]: "gone" } })).toBeUndefined();
});

describe("what is refused whatever the cluster is", () => {
  const startOf = (options: object) => {
    const estate = estateOfObjects([web({ replicas: 3, ...options })]);
    return placesOf(serviceIn(estate, "web")).join();
  };
  const asking = (requests: object, limits: object) => ({ container: { resources: { requests, limits } } });
  const mounting = (volumes: readonly object[]) => ({
    container: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
    pod: { volumes },
  });
  it.each([
    ["requests beyond a limit", asking({ cpu: "2" }, { cpu: "1500m" }), "limits that admit"],
    ["a volume that is not there", mounting([{ name: "tmp", emptyDir: {} }]), 'any volume "data"'],
    [
      "root, where root is forbidden",
      { container: { securityContext: { runAsUser: 0 } }, pod: { securityContext: { runAsNonRoot: true } } },
      "a user other than root",
    ],
  ])("%s", (_, options, says) => {
    expect(startOf(options)).toContain(says);
  });

  it.each([
    ["requests up to a limit", asking({ cpu: "2", memory: "1Gi" }, { cpu: 2, memory: "1024Mi" })],
    ["a limit without a request", asking({}, { cpu: "1" })],
    ["a volume that is there", mounting([{ name: "data", emptyDir: {} }])],
    ["another user than root", { pod: { securityContext: { runAsNonRoot: true, runAsUser: 1000 } } }],
  ])("not %s", (_, options) => {
    expect(startOf(options)).not.toMatch(/limits that|any volume|a user other/);
  });

  it("is a selector that does not pick its own pods", () => {
    const deployment = web({ replicas: 3 });
    const spec = { ...(deployment["spec"] as object), selector: { matchLabels: { app: "other" } } };
    const estate = estateOfObjects([{ ...deployment, spec }]);
    expect(placesOf(serviceIn(estate, "web"))[0]).toContain("a selector that picks its own pods");
  });

  it("is no claim that a StatefulSet makes for each pod", () => {
    const set = web({ kind: "StatefulSet", replicas: 3, ...mounting([]) });
    const spec = { ...(set["spec"] as object), volumeClaimTemplates: [{ metadata: { name: "data" } }] };
    const estate = estateOfObjects([{ ...set, spec }]);
    expect(placesOf(serviceIn(estate, "web"))[0]).not.toContain("any volume");
  });
});
