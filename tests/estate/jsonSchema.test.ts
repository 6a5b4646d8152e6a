import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { estateFileSchema } from "../../estate";
import { estateConfig, withValue } from "../support/estateConfig";

const root = join(__dirname, "..", "..");
const committed = JSON.parse(readFileSync(join(root, "schema", "estate.schema.json"), "utf8")) as Schema;

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

const validate = addFormats(new Ajv({ allErrors: true })).compile(committed);
const file = (estate: unknown) => parse(stringify({ config: { "duplex:estate": estate } })) as unknown;

describe("schema/estate.schema.json", () => {
  it("is what `npx tsx estate/writeSchema.ts` writes", () => {
    expect(committed).toEqual(estateFileSchema());
  });

  it("describes every field", () => {
    expect(undescribed(committed, "")).toEqual([]);
  });

  it("accepts Pulumi.prod.yaml", () => {
    validate(parse(readFileSync(join(root, "Pulumi.prod.yaml"), "utf8")));
    expect(validate.errors).toBeNull();
  });

  it("accepts an estate that leaves out what has a default", () => {
    validate(file(estateConfig()));
    expect(validate.errors).toBeNull();
  });

  it.each([
    ["a negative capacity", ["services", 0, "unitRps"], -1],
    ["a tier that does not exist", ["services", 0, "tier"], "crital"],
    ["an unknown field", ["services", 0, "ownr"], "x"],
    ["a duration without a unit", ["services", 0, "objectives", "rto"], "60"],
  ])("refuses %s", (_, path, value) => {
    expect(validate(file(withValue(estateConfig(), path, value)))).toBe(false);
  });
});

/** Paths of the fields that an editor would show without a word. */
function undescribed(schema: Schema, path: string): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, field]) => [
    ...(field.description ? [] : [`${path}.${key}`]),
    ...undescribed(field, `${path}.${key}`),
  ]);
  const inner = [...(schema.items ? [schema.items] : []), ...(schema.oneOf ?? [])];
  return [...own, ...inner.flatMap((part) => undescribed(part, `${path}[]`))];
}
