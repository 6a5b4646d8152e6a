/** The ClusterRole of whoever reads a stack: its kinds, and nothing else. */
import { pluralOf, readerRole } from "../../drift/permissions";
import type { Properties, Resource } from "../../inventory/resource";

function object(type: string, name: string, properties: Properties = {}, more: Partial<Resource> = {}): Resource {
  return {
    ...{ urn: `urn:pulumi:prod::shop::${type}::${name}`, type, name, custom: true, properties },
    ...{ propertyDependencies: {}, dependencies: [], ...more },
  };
}

const deployment = object("kubernetes:apps/v1:Deployment", "web");
const secret = (name: string | undefined) =>
  object("kubernetes:core/v1:Secret", name ?? "unborn", name === undefined ? {} : { metadata: { name } });
const granted = (...resources: readonly Resource[]) =>
  readerRole(resources).rules.flatMap(({ apiGroups, resources: all, verbs }) =>
    all.map((each) => `${verbs.join("+")} ${each}.${apiGroups.join()}`),
  );

test("of a Deployment gets it, and lists what the provider looks at beside it", () => {
  expect(readerRole([deployment]).rules).toEqual([
    { apiGroups: [""], resources: ["persistentvolumeclaims", "pods"], verbs: ["list"] },
    { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["list"] },
  ]);
});

test.each([
  ["kubernetes:core/v1:ConfigMap", ["get configmaps."]],
  ["kubernetes:core/v1:Service", ["get services.", "list endpoints."]],
  ["kubernetes:networking.k8s.io/v1:Ingress", ["get ingresses.networking.k8s.io", "list endpoints.", "list services."]],
  ["kubernetes:networking.k8s.io/v1:NetworkPolicy", ["get networkpolicies.networking.k8s.io"]],
  ["kubernetes:gateway.networking.k8s.io/v1:Gateway", ["get gateways.gateway.networking.k8s.io"]],
  ["kubernetes:storage.k8s.io/v1:StorageClass", ["get storageclasses.storage.k8s.io"]],
  ["kubernetes:apps/v1:DeploymentPatch", ["get deployments.apps", "list persistentvolumeclaims.", "list pods.", "list replicasets.apps"]],
])("%s", (type, rules) => {
  expect(granted(object(type, "x")).sort()).toEqual([...rules].sort());
}); // prettier-ignore

test("what is asked for twice is in one rule, with both verbs", () => {
  expect(granted(object("kubernetes:core/v1:Pod", "p"), deployment)).toContain("get+list pods.");
});

test("secrets are granted by name, told, and not granted where the name is not known", () => {
  const role = readerRole([secret("b"), secret("a"), secret("a"), secret(undefined)]);
  expect(role.rules).toEqual([{ apiGroups: [""], resources: ["secrets"], resourceNames: ["a", "b"], verbs: ["get"] }]);
  expect(role.secrets).toEqual(["a", "b"]);
  expect(role.withheld).toEqual([secret(undefined).urn]);
});

test("kinds of others are called as their definition or our table says, else by the rule, and that is told", () => {
  const names = { kind: "Foo", plural: "fooz" };
  const crd = object("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "crd", { spec: { group: "x.io", names } }); // prettier-ignore
  const role = readerRole([crd, object("kubernetes:x.io/v1:Foo", "f"), object("kubernetes:acme.io/v1:Widget", "w"), object("kubernetes:argoproj.io/v1alpha1:Rollout", "r")]); // prettier-ignore
  const asked = ["customresourcedefinitions", "fooz", "rollouts", "widgets"];
  expect(role.rules.flatMap(({ resources }) => resources).sort()).toEqual(asked);
  expect(role.guessed).toEqual(["widgets.acme.io"]);
});

test("releases of Helm, components, providers and other clouds are in no rule", () => {
  const release = object("kubernetes:helm.sh/v3:Release", "r");
  const role = readerRole([
    release,
    object("kubernetes:helm.sh/v3:Chart", "c", {}, { custom: false }),
    object("kubernetes:yaml:ConfigFile", "f"),
    object("pulumi:providers:kubernetes", "k"),
    object("aws:sqs/queue:Queue", "q"),
  ]);
  expect(role).toMatchObject({ rules: [], releases: [release.urn] });
  expect(readerRole([], { live: true }).rules).toEqual([]);
});

test("no rule lets anyone write, watch, or name everything", () => {
  const kinds = ["core/v1:Pod", "core/v1:Secret", "apps/v1:StatefulSet", "batch/v1:Job", "rbac.authorization.k8s.io/v1:ClusterRole"]; // prettier-ignore
  const all = kinds.map((kind, index) => object(`kubernetes:${kind}`, `o${index}`, { metadata: { name: "n" } }));
  const { rules } = readerRole(all, { live: true });
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list"]));
  expect(JSON.stringify(rules)).not.toContain("*");
  expect(rules.flatMap(({ resources, verbs }) => (verbs.includes("list") ? resources : []))).not.toContain("secrets");
  expect(readerRole([...all].reverse(), { live: true })).toEqual(readerRole(all, { live: true }));
});

test.each([
  ["Endpoints", "endpoints"],
  ["Gateway", "gateways"],
  ["PodDisruptionBudget", "poddisruptionbudgets"],
  ["Proxy", "proxies"],
  ["EndpointSlice", "endpointslices"],
])("%s are %s", (kind, plural) => {
  expect(pluralOf(kind)).toBe(plural);
});
