/**
 * The schema that the engine asks a provider for, by which `pulumi import` writes code. Made from the inputs'
 * declarations.
 */
import type { ObjectSchema, PropertyType, ProviderSchema } from "./schema";

interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
}

type Specs = Record<string, TypeSpec>;

export function pulumiSchema(name: string, version: string, schema: ProviderSchema): string {
  const resources = Object.entries(schema.resources).map(([token, resource]) => {
    const inputProperties = specsOf(name, resource);
    const outputs = Object.fromEntries(resource.outputs.map((key): [string, TypeSpec] => [key, { $ref: anything }]));
    return [
      token,
      { inputProperties, requiredInputs: resource.required, properties: { ...inputProperties, ...outputs } },
    ];
  });
  const types = Object.entries(schema.types).map(([type, shape]) => [
    tokenOf(name, type),
    { type: "object", properties: specsOf(name, shape), required: shape.required },
  ]);
  return JSON.stringify({
    name,
    version,
    resources: Object.fromEntries(resources) as unknown,
    types: Object.fromEntries(types) as unknown,
  });
}

const anything = "pulumi.json#/Any";

function specsOf(name: string, shape: ObjectSchema): Specs {
  return Object.fromEntries(Object.entries(shape.fields).map(([key, type]) => [key, specOf(name, type)]));
}

function specOf(name: string, type: PropertyType): TypeSpec {
  if (typeof type !== "string") {
    if ("list" in type) return { type: "array", items: specOf(name, type.list) };
    return { type: "object", additionalProperties: specOf(name, type.map) };
  }
  if (type.startsWith("#")) return { $ref: `#/types/${tokenOf(name, type.slice(1))}` };
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return { type };
    case "json":
      return { type: "string" };
    case "asset":
      return { $ref: "pulumi.json#/Archive" };
    default:
      return { $ref: anything };
  }
}

/**
 * `ec2.VpcIngress` is `aws:ec2/VpcIngress:VpcIngress`; `apps.v1.DeploymentSpec` is `kubernetes:apps/v1:DeploymentSpec`.
 */
function tokenOf(name: string, type: string): string {
  const dot = type.lastIndexOf(".");
  const [module, last] = [type.slice(0, dot).replace(/\./g, "/"), type.slice(dot + 1)];
  return name === "kubernetes" ? `${name}:${module}:${last}` : `${name}:${module}/${last}:${last}`;
}
