/**
 * The registry of AWS is total: each type has every field or a written reason, and each name in a table is one that the
 * vendor's own schema has.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { importOf } from "../../drift/live/arn";
import { sourcesOf } from "../../drift/awsServices";
import { arnOfContents } from "../../drift/permissions";
import { identifiersOf } from "../../inventory/stack";
import {
  awsTables,
  awsTypes,
  moduleOf,
  nothingModules,
  placesNothing,
  rowOf,
  typesWith,
} from "../../inventory/aws/registry";
import { awsFamilies } from "../../inventory/aws/readers";
import reasons from "../../inventory/aws/reasons.json";
import schema from "../../inventory/aws/types.schema.json";
import type { FamilyTable, TypeRow } from "../../inventory/aws/table";
import type { ReaderFamily } from "../../inventory/reader";
import { isNothing } from "../../inventory/nothing";
import { Sdk } from "../support/sdkSchema";

const folder = join(__dirname, "..", "..", "inventory", "aws");
const families = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
const sdk = new Sdk("aws");
const readTypes = new Set(awsFamilies.flatMap(({ readers }) => readers.flatMap(({ types }) => types)));
const rows = awsTypes.map((type): readonly [string, TypeRow] => [type, rowOf(type) ?? {}]);

/** Types of which something does not hold. */
const without = (holds: (row: TypeRow, type: string) => boolean): readonly string[] =>
  rows.filter(([type, row]) => !holds(row, type)).map(([type]) => type);
const has = (value: unknown): boolean => value !== undefined;
const count = (...values: readonly unknown[]): number =>
  values.filter((value) => value !== undefined && value !== false).length;

describe("the tables", () => {
  test("are all composed, and each is what its schema asks for", () => {
    expect(Object.keys(awsTables).sort()).toEqual([...families].sort());
    const isValid = new Ajv({ strict: true, allErrors: true }).compile(schema);
    for (const family of families) {
      const table: unknown = JSON.parse(readFileSync(join(folder, family, "types.json"), "utf8"));
      isValid(table);
      expect([family, isValid.errors]).toEqual([family, null]);
      expect(awsTables[family]).toEqual(table);
    }
  });

  test("list each type once, sorted", () => {
    const all = Object.values(awsTables).map(({ types }) => Object.keys(types));
    for (const types of all) expect(types).toEqual([...types].sort());
    expect(all.flat().sort()).toEqual(awsTypes);
    expect(awsTypes.length).toBeGreaterThan(700);
  });

  test("give reasons that are written, in a sentence, and used", () => {
    const fields = Object.keys(reasons) as (keyof typeof reasons)[];
    const modules = [...nothingModules.values()];
    for (const field of fields) {
      const used = new Set([...typesWith(field).values(), ...(field === "nothing" ? modules : [])]);
      expect([...used].sort()).toEqual(Object.keys(reasons[field]).sort());
      for (const sentence of Object.values(reasons[field])) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});

describe("each type", () => {
  test("is one that the SDK makes", () => {
    expect(without((_, type) => sdk.tokens.has(type))).toEqual([]);
  });

  test("has a reader, or a reason why it places nothing, or one why it is not judged", () => {
    expect(without(({ nothing, unjudged }, type) => count(readTypes.has(type), nothing, unjudged) === 1)).toEqual([]);
    expect([...readTypes].filter((type) => rowOf(type) === undefined)).toEqual([]);
    expect(without(({ nothing }, type) => isNothing(type) === has(nothing))).toEqual([]);
  });

  test("has calls that read it, or a reason why none does", () => {
    expect(without(({ reads, contents, noReads }) => has(noReads) === (count(reads, contents) === 0))).toEqual([]);
    expect(
      without(({ reads = [], contents }) => !reads.some((action) => contents?.reads.includes(action) === true)),
    ).toEqual([]);
  });

  test("that bears tags has a form of ARN and an id, shares that of another, or a reason; no other has any", () => {
    const bears = (type: string) => sdk.get(type)?.properties.has("tags") === true;
    expect(
      without(({ arn, sharesArn, noArn }, type) => count(arn, sharesArn, noArn) === (bears(type) ? 1 : 0)),
    ).toEqual([]);
    expect(without(({ arn, id, noId }) => count(id, noId) === count(arn))).toEqual([]);
    expect(without(({ sharesArn }) => sharesArn === undefined || has(rowOf(sharesArn)?.arn))).toEqual([]);
  });

  test("has services that change it", () => {
    expect(without((_, type) => sourcesOf(type).length > 0)).toEqual([]);
  });
});

/** An ARN of a form, each word of which stands for itself. */
function sampleOf(form: string): string {
  const [service = "", ...rest] = form.split(":");
  const resource = rest
    .join(":")
    .replace(/\$\{path\}/g, "team/")
    .replace(/\$\{(\w+)\*?\}/g, "$1-1");
  return `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
}

describe("an ARN", () => {
  test("of each form names the type whose row it is, and no other", () => {
    expect(without(({ arn }, type) => arn === undefined || importOf(sampleOf(arn)).type === type)).toEqual([]);
  });

  test("gives an id that is made of its own words", () => {
    expect(without(({ arn, id }) => arn === undefined || has(importOf(sampleOf(arn)).id) === has(id))).toEqual([]);
    const words = (text: string) => [...text.matchAll(/\$\{(\w+)\*?\}/g)].map(([, word]) => word);
    const always = ["arn", "region", "account"];
    expect(
      without(({ arn = "", id = "" }) => words(id).every((word = "") => [...always, ...words(arn)].includes(word))),
    ).toEqual([]);
  });

  test.each([
    ["eks:eu-west-1:111122223333:nodegroup/main/blue/0a1b", "aws:eks/nodeGroup:NodeGroup", "main:blue"],
    ["iam::111122223333:role/team/a/deployer", "aws:iam/role:Role", "deployer"],
    ["iam::111122223333:role/deployer", "aws:iam/role:Role", "deployer"],
    [
      "iam::111122223333:role/aws-service-role/es.amazonaws.com/Es",
      "aws:iam/serviceLinkedRole:ServiceLinkedRole",
      "arn:aws:iam::111122223333:role/aws-service-role/es.amazonaws.com/Es",
    ],
    ["logs:eu-west-1:111122223333:log-group:/app/web:*", "aws:cloudwatch/logGroup:LogGroup", "/app/web"],
    ["logs:eu-west-1:111122223333:log-group:web:*", "aws:cloudwatch/logGroup:LogGroup", "web"],
    [
      "elasticloadbalancing:eu-west-1:111122223333:loadbalancer/classic",
      "aws:elb/loadBalancer:LoadBalancer",
      "classic",
    ],
    ["fsx:eu-west-1:111122223333:file-system/fs-0a", "aws:fsx/file-system", undefined],
    [
      "route53-recovery-control::111122223333:controlpanel/0a/safetyrule/1b",
      "aws:route53recoverycontrol/safetyRule:SafetyRule",
      "arn:aws:route53-recovery-control::111122223333:controlpanel/0a/safetyrule/1b",
    ],
    ["ssm:eu-west-1:111122223333:parameter/web/key", "aws:ssm/parameter:Parameter", undefined],
  ])("arn:aws:%s", (rest, type, id) => {
    expect(importOf(`arn:aws:${rest}`)).toEqual({ type, ...(id === undefined ? {} : { id }) });
  });
});

describe("each name in a row is one of the type's own:", () => {
  const propertiesOf = (type: string) => sdk.get(type)?.properties ?? new Set<string>();
  const namesOf = (type: string) => sdk.get(type)?.names ?? new Set<string>();

  test.each(["identifiers", "noNeed"] as const)("%s", (key) => {
    expect(without((row, type) => (row[key] ?? []).every((name) => propertiesOf(type).has(name)))).toEqual([]);
  });

  test("ordered", () => {
    expect(without(({ ordered = [] }, type) => ordered.every((name) => namesOf(type).has(name)))).toEqual([]);
  });

  test("copies", () => {
    expect(
      without(
        ({ copies }, type) =>
          copies === undefined || (propertiesOf(type).has(copies.list) && namesOf(type).has(copies.region)),
      ),
    ).toEqual([]);
  });

  test("of contents", () => {
    const words = (form: string) => [...form.matchAll(/\$\{(\w+)\}/g)].map(([, word = ""]) => word);
    const isKnown = (type: string, word: string) => word === "id" || propertiesOf(type).has(word);
    expect(
      without(({ contents }, type) => (contents?.of ?? []).flatMap(words).every((word) => isKnown(type, word))),
    ).toEqual([]);
  });
});

describe("modules", () => {
  const modules = new Set([...sdk.tokens].map(moduleOf));
  const isThere = (module: string) =>
    modules.has(module) || statSync(join(folder, "..", "..", "node_modules", "@pulumi", "aws", module)).isDirectory();

  test("are the SDK's", () => {
    const named = Object.values(awsTables).flatMap(({ events = {}, modules: nothing = {} }) => [
      ...Object.keys(events),
      ...Object.keys(nothing),
    ]);
    expect(named.filter((module) => !isThere(module))).toEqual([]);
  });

  test("that place nothing have a row for each of their types, and are right about one that comes later", () => {
    const types = [...sdk.tokens].filter((type) => nothingModules.has(moduleOf(type)));
    expect(types.length).toBeGreaterThan(150);
    expect(types.filter((type) => rowOf(type) === undefined)).toEqual([]);
    expect(placesNothing("aws:iam/comesLater:ComesLater")).toBe("access");
    expect(placesNothing("aws:sqs/comesLater:ComesLater")).toBeUndefined();
    // Read, although the rest of their modules places nothing.
    expect(placesNothing("aws:iam/openIdConnectProvider:OpenIdConnectProvider")).toBeUndefined();
    expect(placesNothing("aws:servicequotas/serviceQuota:ServiceQuota")).toBeUndefined();
  });
});

test("each family reads types of its own table alone", () => {
  for (const family of families) {
    const path = join(folder, family, "index.ts");
    const found =
      statSync(path, { throwIfNoEntry: false }) === undefined
        ? {}
        : jest.requireActual<Record<string, ReaderFamily>>(path);
    const { types }: FamilyTable = awsTables[family] ?? { types: {} };
    for (const { readers } of Object.values(found)) {
      expect(readers.flatMap((reader) => reader.types).filter((type) => !Object.hasOwn(types, type))).toEqual([]);
      expect(awsFamilies).toContain(Object.values(found)[0]);
    }
  }
});

test("no two readers read one type", () => {
  const all = awsFamilies.flatMap(({ readers }) => readers.flatMap(({ types }) => types));
  expect(new Set(all).size).toBe(all.length);
});

test("what a type is named by stands in its row, and of a type that no table lists any of those names it", () => {
  const one = (type: string) => ({
    ...{ urn: "u", type, name: "n", custom: true, propertyDependencies: {}, dependencies: [], id: "queue-id" },
    properties: { name: "mail", url: "https://mail", dnsName: "dns" },
  });
  expect(identifiersOf(one("aws:sqs/queue:Queue"))).toEqual(["queue-id", "mail", "https://mail"]);
  expect(identifiersOf(one("gcp:pubsub/topic:Topic"))).toEqual(["queue-id", "mail", "dns", "https://mail"]);
});

test("contents are those of the first object that is known whole", () => {
  const of = ["${arn}", "arn:aws:s3:::${bucket}/${key}"];
  const one = (properties: Readonly<Record<string, string>>) =>
    arnOfContents(
      { urn: "u", type: "t", name: "n", custom: true, propertyDependencies: {}, dependencies: [], properties },
      { reads: [], of },
    );
  expect(one({ arn: "arn:aws:s3:::a/b", bucket: "c", key: "d" })).toBe("arn:aws:s3:::a/b");
  expect(one({ arn: "https://a", bucket: "c", key: "$&/d" })).toBe("arn:aws:s3:::c/$&/d");
  expect(one({ bucket: "c" })).toBeUndefined();
});
