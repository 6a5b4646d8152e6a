/**
 * The registry of Kubernetes is total: each kind that the SDK makes, and each of an operator that is read, has every field
 * or a written reason.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { isOwnGroup, pluralOf } from "../../drift/permissions";
import { kindRow, kindsWith, kubernetesKinds, kubernetesTables, parseKind } from "../../inventory/kubernetes/registry";
import { kubernetesFamilies } from "../../inventory/kubernetes/readers";
import schema from "../../inventory/kubernetes/kinds.schema.json";
import reasons from "../../inventory/kubernetes/reasons.json";
import type { KindRow } from "../../inventory/kubernetes/table";
import { isNothing } from "../../inventory/nothing";
import type { ReaderFamily } from "../../inventory/reader";
import { Sdk } from "../support/sdkSchema";

const folder = join(__dirname, "..", "..", "inventory", "kubernetes");
const areas = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
const sdk = new Sdk("kubernetes");
const keyOf = (type: string): string => {
  const { group, kind } = parseKind(type) ?? { group: "", kind: "" };
  return `${group}/${kind}`;
};
const readKinds = new Set(
  kubernetesFamilies.flatMap(({ readers }) => readers.flatMap(({ types }) => types)).map(keyOf),
);
const rows = kubernetesKinds.map((key): readonly [string, KindRow] => {
  const [group = "", kind = ""] = key.split("/");
  return [key, kindRow(group, kind) ?? {}];
});
const without = (holds: (row: KindRow, key: string) => boolean): readonly string[] =>
  rows.filter(([key, row]) => !holds(row, key)).map(([key]) => key);
const count = (...values: readonly unknown[]): number =>
  values.filter((value) => value !== undefined && value !== false).length;

/** Tokens of the SDK by group and kind. Lists are no objects, and what these groups hold is in no API that keeps objects. */
const notKept = /^(?:helm\.sh|kustomize|yaml|meta|lifecycle\.k8s\.io)\/|^core\/Binding$|List$/;
const tokens = new Map<string, string[]>();
for (const type of sdk.tokens) {
  const key = keyOf(type);
  if (!notKept.test(key)) tokens.set(key, [...(tokens.get(key) ?? []), type]);
}

describe("the tables", () => {
  test("are all composed, and each is what its schema asks for", () => {
    expect(Object.keys(kubernetesTables).sort()).toEqual([...areas].sort());
    const isValid = new Ajv({ strict: true, allErrors: true }).compile(schema);
    for (const area of areas) {
      const table = JSON.parse(readFileSync(join(folder, area, "kinds.json"), "utf8")) as { kinds: object };
      isValid(table);
      expect([area, isValid.errors]).toEqual([area, null]);
      expect(kubernetesTables[area]).toEqual(table);
      expect(Object.keys(table.kinds)).toEqual(Object.keys(table.kinds).sort());
    }
  });

  test("list each kind once", () => {
    const all = Object.values(kubernetesTables).flatMap(({ kinds }) => Object.keys(kinds));
    expect(all.sort()).toEqual(kubernetesKinds);
  });

  test("give reasons that are written, in a sentence, and used", () => {
    for (const field of Object.keys(reasons) as (keyof typeof reasons)[]) {
      expect([...new Set(kindsWith(field).values())].sort()).toEqual(Object.keys(reasons[field]).sort());
      for (const sentence of Object.values(reasons[field])) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});

describe("each kind", () => {
  test("that the SDK makes has a row; any other is somebody's, who describes it", () => {
    expect([...tokens.keys()].filter((key) => !kubernetesKinds.includes(key))).toEqual([]);
    expect(without(({ source }, key) => tokens.has(key) === (source === undefined))).toEqual([]);
    expect([...readKinds].filter((key) => !kubernetesKinds.includes(key))).toEqual([]);
  });

  test("has a reader, or a reason why it places nothing, or one why it is not judged", () => {
    expect(without(({ nothing, unjudged }, key) => count(readKinds.has(key), nothing, unjudged) === 1)).toEqual([]);
    expect(
      without(({ nothing }, key) =>
        (tokens.get(key) ?? []).every((type) => isNothing(type) === (nothing !== undefined)),
      ),
    ).toEqual([]);
  });

  test("has what a role is granted, or a reason why it can be granted nothing", () => {
    expect(without(({ plural, noReads }) => count(plural, noReads) === 1)).toEqual([]);
    // The provider looks an object up by its kind; the server's own plurals keep to the rule.
    expect(
      without(
        ({ plural }, key) =>
          plural === undefined || !isOwnGroup(key.split("/")[0] ?? "") || plural === pluralOf(key.split("/")[1] ?? ""),
      ),
    ).toEqual([]);
  });

  test("of the SDK says which of its lists are in any order, and names none that it does not have", () => {
    const namesOf = (key: string) =>
      new Set((tokens.get(key) ?? []).flatMap((type) => [...(sdk.get(type)?.names ?? [])]));
    expect(without(({ unordered }, key) => tokens.has(key) === (unordered !== undefined))).toEqual([]);
    expect(without(({ unordered = [] }, key) => unordered.every((name) => namesOf(key).has(name)))).toEqual([]);
  });

  test("lists beside it what has a plural of its own", () => {
    const plurals = new Set(
      rows.map(([key, { plural }]) => (key.startsWith("core/") ? plural : `${key.split("/")[0]}/${plural}`)),
    );
    expect([...kindsWith("besides").values()].flat().filter((beside) => !plurals.has(beside))).toEqual([]);
  });
});

test("each area reads kinds of its own table alone", () => {
  for (const area of areas) {
    const path = join(folder, area, "index.ts");
    const found =
      statSync(path, { throwIfNoEntry: false }) === undefined
        ? {}
        : jest.requireActual<Record<string, ReaderFamily>>(path);
    for (const family of Object.values(found)) {
      const types = family.readers.flatMap((reader) => reader.types);
      expect(types.filter((type) => !Object.hasOwn(kubernetesTables[area]?.kinds ?? {}, keyOf(type)))).toEqual([]);
      expect(kubernetesFamilies).toContain(family);
    }
  }
});
