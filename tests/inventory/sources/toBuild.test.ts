import { fromManifests } from "../../../inventory/sources/manifests";

const refusal = (text: string) => () => fromManifests(text, { cluster: "c" });
const kustomization = "kind: Kustomization\nresources: [a.yaml]";

test.each([
  ["a kustomization", `apiVersion: kustomize.config.k8s.io/v1beta1\n${kustomization}`, /kustomize build/],
  ["one without a version", kustomization, /kustomize build/],
  ["a component of one", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component", /This is a Component/],
  ["a chart", "apiVersion: v2\nname: web\nversion: 1.2.3", /Chart\.yaml.*helm template/],
  ["an open action", "kind: A\napiVersion: v1\nmetadata:\n  name: {{ .Release.Name }}", /template of Helm/],
  ["a condition", "{{- if .Values.on }}\nkind: A\napiVersion: v1\n{{- end }}", /helm template RELEASE/],
  ["a call", 'kind: A\napiVersion: v1\nmetadata:\n  name: {{ include "x.name" . }}', /template of Helm/],
])("%s is to be rendered first", (_, text, message) => {
  expect(refusal(text)).toThrow(message);
});

test("templates inside of an object's own texts are texts", () => {
  const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: rules }\ndata:";
  const rules = `${head}\n  a: |\n    {{ .Labels.instance }}\n  b: "{{ $value }}"`;
  expect(fromManifests(rules, { cluster: "c" })).toHaveLength(2);
});
