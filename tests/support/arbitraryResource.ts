/** Resources with any JSON as properties: wrong values under the very names that readers look for, unknown ones too. */
import fc from "fast-check";
import { UNKNOWN, type Resource, type Value } from "../../inventory/resource";
import { withWord } from "./mutations";
import { flat, type NameTree } from "./readNames";

/** Texts that mean something to some reader, or nearly do. */
const texts = [
  ...["", "0", "-1", "1e999", "NaN", "50%", "cron(", "rate(x)", "cron(0/0 */7 ? * * *)", "a:b:c:d:e", "|,?^", "^login"],
  ...[
    "Enabled",
    "Disabled",
    "STRONG",
    "critical",
    "standby",
    "active",
    "none",
    "{}",
    "[1]",
    "__proto__",
    "constructor",
  ],
  ...["pangyo", "ap-northeast-2", "ap-northeast-2a", "apne2-az1", "*", "A", "NS", "CALCULATED", "2022-10-15", "urn:"],
  ...["arn:aws:rds:ap-northeast-2:1:cluster:r0", "arn:aws:::", "r0-id", "r1-id", "kubernetes.io/hostname"],
] as const;

/** Numbers at which arithmetic, counting and formatting go wrong. */
const numbers = [0, -0, -1, 0.1, 1, 3, 2 ** 31, 2 ** 53, 1e308, NaN, Infinity, -Infinity];

/** JSON, and what is not JSON but comes out of a protocol, with these names as keys. */
function arbitraryValue(names: readonly string[]): fc.Arbitrary<Value> {
  const key = names.length === 0 ? fc.string() : fc.constantFrom(...names, "__proto__", "constructor", "x");
  const leaf = fc.oneof(
    fc.constantFrom<Value[]>(...texts, ...numbers, true, false, null, undefined, UNKNOWN),
    fc.constantFrom<Value[]>(...names, UNKNOWN),
    fc.string({ maxLength: 6 }),
  );
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 0.3 },
      { arbitrary: leaf, weight: 3 },
      { arbitrary: fc.dictionary(key, tie("value"), { maxKeys: 5 }), weight: 2 },
      { arbitrary: fc.array(tie("value"), { maxLength: 3 }), weight: 1 },
    ),
  })).value;
}

/** What one resource is, before it is put among others. */
export interface LooseResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, Value>>;
  /** Places of the resources that it points to, by parent, provider and edges. */
  readonly to: readonly number[];
  /** Its own word for its tier, whatever else stands there; undefined leaves what there is. */
  readonly tier: string | undefined;
}

export function arbitraryResource(type: string, names: NameTree): fc.Arbitrary<LooseResource> {
  return fc.record({
    type: fc.constant(type),
    properties: inShape(names, arbitraryValue(flat(names))),
    to: fc.array(fc.nat(7), { maxLength: 4 }),
    tier: fc.constantFrom("critical", "important", undefined, undefined),
  });
}

/** Most values where a reader looks for them, so that it gets past the first look; anything in the place of some. */
function inShape(names: NameTree, anything: fc.Arbitrary<Value>): fc.Arbitrary<Readonly<Record<string, Value>>> {
  const model = Object.fromEntries(
    Object.entries(names).map(([name, inner]) => {
      if (Object.keys(inner).length === 0) return [name, anything];
      const fitting = inShape(inner, anything);
      const list = fc.array(fitting, { maxLength: 3 });
      return [name, fc.oneof({ arbitrary: fc.oneof(fitting, list), weight: 3 }, { arbitrary: anything, weight: 1 })];
    }),
  );
  return fc.oneof(
    { arbitrary: fc.record(model, { requiredKeys: [] }), weight: 4 },
    { arbitrary: fc.dictionary(fc.constantFrom("x", ...Object.keys(names)), anything, { maxKeys: 6 }), weight: 1 },
  );
}

/** A stack of them, in which they point to each other and, where they like, to themselves in a circle. */
export function stackOf(list: readonly LooseResource[]): readonly Resource[] {
  const urns = list.map(({ type }, index) => `urn:pulumi:a::b::${type}::r${index}`);
  const bare = list.map(({ type, properties, to }, index): Resource => ({
    urn: urns[index] ?? "",
    type,
    name: `r${index}`,
    custom: !type.startsWith("duplex:"),
    parent: urns[to[0] ?? 0],
    provider: urns[to[1] ?? 0],
    id: index % 3 === 0 ? UNKNOWN : `r${index}-id`,
    properties,
    propertyDependencies: Object.fromEntries(
      Object.keys(properties).map((key) => [key, to.map((target) => urns[target] ?? "urn:pulumi:a::b::gone::gone")]),
    ),
    dependencies: [],
  }));
  return bare.map((resource, index) => {
    const tier = list[index]?.tier;
    return tier === undefined ? resource : withWord(resource, "tier", tier);
  });
}
