/** The estate's JSON Schema as groups of fields, each once: for its reference and for its type in TypeScript. */
import { estateFileSchema } from "./jsonSchema";
import { estateKey } from "./source";

/** As much of JSON Schema as zod writes for the estate. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string | number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Group {
  /** `services[].compute`, of a list's member `sites[]`, of a map's value `secrets{}`. */
  readonly path: string;
  /** The field and value that tell this form of the group from others, such as `kind: facility`. */
  readonly form?: string;
  readonly description: string;
  readonly fields: readonly Field[];
}

/** Every group, the estate itself first, each before those inside of it; equal ones are one, under the first path. */
export function estateGroups(): readonly Group[] {
  const file = estateFileSchema() as Schema;
  const estate = file.properties?.["config"]?.properties?.[estateKey];
  if (estate === undefined) throw new Error("The schema of a stack's file holds no estate.");
  const found: Group[] = [];
  collect(estate, "", found);
  return found;
}

/** The group that a schema is, whichever path leads to it; undefined where it is a value. */
export function groupsOf(schema: Schema, groups: readonly Group[]): readonly Group[] {
  return formsOf(schema).flatMap((form) => {
    const fields = JSON.stringify(fieldsOf(form));
    return groups.filter((group) => JSON.stringify(group.fields) === fields);
  });
}

/** A group itself, or the forms that it may have; empty for a value. */
function formsOf(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.oneOf ?? [])].filter(({ properties }) => properties !== undefined);
}

/** What a list or a map holds, with the sign for it behind the path; a schema that is neither as it is. */
export function inside(schema: Schema): { readonly schema: Schema; readonly sign: "" | "[]" | "{}" } {
  if (schema.items !== undefined) return { schema: schema.items, sign: "[]" };
  if (typeof schema.additionalProperties === "object") return { schema: schema.additionalProperties, sign: "{}" };
  return { schema, sign: "" };
}

function fieldsOf({ properties = {}, required = [] }: Schema): readonly Field[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, required: required.includes(name), schema }));
}

function collect(schema: Schema, path: string, found: Group[]): void {
  for (const form of formsOf(schema)) {
    const fields = fieldsOf(form);
    if (groupsOf(form, found).length > 0) continue;
    found.push({ path, form: formName(fields), description: form.description ?? schema.description ?? "", fields });
    for (const field of fields) {
      const { schema: inner, sign } = inside(field.schema);
      collect(inner, `${path === "" ? "" : `${path}.`}${field.name}${sign}`, found);
    }
  }
}

function formName(fields: readonly Field[]): string | undefined {
  const told = fields.find(({ schema }) => typeof schema.const === "string");
  return told && `${told.name}: ${told.schema.const}`;
}
