/** estate/input.ts: the estate as a program writes it, with what the schema says of each field. */
import { estateGroups, groupsOf, inside, type Field, type Group, type Schema } from "./schemaGroups";

const head = `/**
 * The estate as a program writes it. Generated from the schema by estate/writeSchema.ts; a test holds it to the schema.
 */
/* eslint-disable max-lines -- generated as one, for whoever looks a field up */
`;

/** One member of what has the name of several. */
const members: Readonly<Record<string, string>> = {
  acceptedLosses: "acceptedLoss",
  dependencies: "dependency",
  indexes: "index",
  secrets: "secret",
  services: "service",
  sites: "site",
  vendors: "vendor",
  zones: "zone",
};

/** The text of the file. */
export function inputTypes(): string {
  const groups = estateGroups();
  return `${head}\n${groups.map((group) => typeOf(group, groups)).join("\n")}`;
}

function typeOf(group: Group, groups: readonly Group[]): string {
  const name = nameOf(group);
  const fields = group.fields.map((field) => `${comment(field, "  ")}  readonly ${fieldText(field, groups)};\n`);
  const told = comment({ schema: { description: group.description } }, "");
  return `${told}export interface ${name} {\n${fields.join("")}}\n`;
}

function nameOf({ path, form }: Group): string {
  const last =
    path
      .split(".")
      .at(-1)
      ?.replace(/\[\]|\{\}/g, "") ?? "";
  const words = [form?.split(": ")[1] ?? "", path === "" ? "estate" : (members[last] ?? last)];
  // Every tier has the same fields.
  const named = path === "tiers.critical" ? ["tier"] : words;
  return `${named.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("")}Input`;
}

function fieldText({ name, required, schema }: Field, groups: readonly Group[]): string {
  const { schema: inner, sign } = inside(schema);
  const value = valueText(inner, groups);
  const whole = { "": value, "[]": `readonly (${value})[]`, "{}": `Readonly<Record<string, ${value}>>` }[sign];
  return `${name}${required ? "" : "?"}: ${whole}`;
}

function valueText(schema: Schema, groups: readonly Group[]): string {
  const known = groupsOf(schema, groups);
  if (known.length > 0) return known.map(nameOf).join(" | ");
  const values = [schema.const, ...(schema.enum ?? []), ...(schema.anyOf ?? []).map((one) => one.const)];
  const told = values.filter((value) => value !== undefined);
  if (told.length > 0) return told.map((value) => JSON.stringify(value)).join(" | ");
  return schema.type === "integer" ? "number" : (schema.type ?? "unknown");
}

const widest = 110;

function comment({ schema }: Pick<Field, "schema">, indent: string): string {
  const lines = wrapped(schema.description ?? "", widest);
  if (lines.length === 1) return `${indent}/** ${lines.join("")} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function wrapped(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= width;
    return fits ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}
