/**
 * The kinds of Gateway API that components write, so that an API server takes them: Gateway and HTTPRoute with the fields
 * of the reference (gateway.networking.k8s.io/v1, "API Specification") that are in use here. A field that is not in this
 * schema is refused, as strict validation does. No controller acts on them: what they route is not part of this proof.
 */
import type { Api } from "./api";
import type { KubernetesObject } from "./objects";
import { waitFor } from "./wait";

interface Schema {
  readonly type: "object" | "array" | "string" | "integer";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const text: Schema = { type: "string" };
const port: Schema = { type: "integer", minimum: 1, maximum: 65_535 };

function words(...allowed: readonly string[]): Schema {
  return { type: "string", enum: allowed };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function fields(properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema {
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}

const reference = { group: text, kind: text, name: text, namespace: text };

const gatewaySpec = fields(
  {
    gatewayClassName: text,
    listeners: list(
      fields(
        {
          name: text,
          hostname: text,
          port,
          protocol: text,
          tls: fields({ mode: words("Terminate", "Passthrough"), certificateRefs: list(fields(reference, "name")) }),
          allowedRoutes: fields({ namespaces: fields({ from: words("All", "Selector", "Same") }) }),
        },
        "name",
        "port",
        "protocol",
      ),
    ),
  },
  "gatewayClassName",
  "listeners",
);

const redirect = fields({ scheme: words("http", "https"), hostname: text, port, statusCode: { type: "integer" } });
const filterTypes = [
  "RequestHeaderModifier",
  "ResponseHeaderModifier",
  "RequestMirror",
  "RequestRedirect",
  "URLRewrite",
  "ExtensionRef",
];

const routeSpec = fields({
  parentRefs: list(fields({ ...reference, sectionName: text, port }, "name")),
  hostnames: list(text),
  rules: list(
    fields({
      backendRefs: list(fields({ ...reference, port, weight: { type: "integer", minimum: 0 } }, "name")),
      filters: list(fields({ type: words(...filterTypes), requestRedirect: redirect }, "type")),
      matches: list(fields({ path: fields({ type: words("Exact", "PathPrefix", "RegularExpression"), value: text }) })),
    }),
  ),
});

const group = "gateway.networking.k8s.io";

function definition(kind: string, plural: string, spec: Schema): KubernetesObject {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    // A group under k8s.io is asked to say whether it was agreed upon.
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for a test" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: fields({ spec }, "spec") } }],
    },
  };
}

const definitions = [definition("Gateway", "gateways", gatewaySpec), definition("HTTPRoute", "httproutes", routeSpec)];

/** Makes the kinds known to an API server, and waits until it serves them. */
export async function serveGatewayApi(api: Api): Promise<void> {
  for (const one of definitions) await api.apply(one);
  await waitFor("the kinds of Gateway API to be served", 30, async () => {
    const answers = await Promise.all(
      ["gateways", "httproutes"].map((plural) => api.ask("GET", `/apis/${group}/v1/${plural}`)),
    );
    return answers.every(({ status }) => status === 200);
  });
}
