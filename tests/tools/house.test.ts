/** The rules of tools/house, run by dependency-cruiser on a small project that breaks each of them. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import house from "../../tools/house/house.json";

const root = join(__dirname, "..", "..");
const settings = join(root, ".dependency-cruiser.cjs");
const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");

interface Found {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** What the rules find in a project of these files, as `rule: from → to`. */
function cruise(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "duplex-house-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const file of ["package.json", "tsconfig.json"]) symlinkSync(join(root, file), join(folder, file));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [program, "--config", settings, "--output-type", "json", ...new Set(Object.keys(files))],
      { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 },
    );
    if (!stdout.startsWith("{")) throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Found[] } };
    const place = (path: string) => path.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+).*$/, "$1");
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${place(to)}`).sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Files that break a rule, by what is wrong with them, and what is found in them. */
const broken: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly found: string[] }>> =
  {
    "an import": against("one", 'import { one } from "../policies/one";\nexport const two = one;'),
    "an import of a type": against("two", 'import type { One } from "../policies/one";\nexport type Two = One;'),
    "a type in place": against("three", 'export type Three = import("../policies/one").One;'),
    "an import when it is needed": against("four", 'export const four = () => import("../policies/one");'),
    "what is handed on": against("five", 'export * from "../policies/one";'),
    require: against("six", 'export const six = require("../policies/one");'),
    "an import that climbs far": against("a/b/c/seven", 'export type { One } from "../../../../policies/one";'),
    "a circle of types": {
      files: {
        "lib/types/one.ts": 'import type { Two } from "./two";\nexport interface One { readonly two?: Two }',
        "lib/types/two.ts": 'import type { One } from "./one";\nexport interface Two { readonly one?: One }',
      },
      found: ["no-circles: lib/types/one.ts → lib/types/two.ts"],
    },
    "a circle that closes when it is needed": {
      files: {
        "lib/late/one.ts": 'export const one = () => import("./two");',
        "lib/late/two.ts": 'import { one } from "./one";\nexport const two = one;',
      },
      found: ["no-circles: lib/late/one.ts → lib/late/two.ts"],
    },
    "Node in the model": {
      files: { "model/node.ts": 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;' },
      found: ["node-is-kept: model/node.ts → fs"],
    },
    "Node in survival": {
      files: { "survival/node.ts": 'import os from "os";\nexport const { EOL } = os;' },
      found: ["node-is-kept: survival/node.ts → os"],
    },
    "an SDK in the inventory": {
      files: { "inventory/sdk.ts": 'import type { ec2 } from "@pulumi/aws";\nexport type Vpc = ec2.Vpc;' },
      found: ["pulumi-aws-is-kept: inventory/sdk.ts → @pulumi/aws"],
    },
    "a policy pack in the command line": {
      files: { "cli/pack.ts": 'import type { PolicyPack } from "@pulumi/policy";\nexport type Pack = PolicyPack;' },
      found: ["pulumi-policy-is-kept: cli/pack.ts → @pulumi/policy"],
    },
    "a solver in a report": {
      files: { "report/solver.ts": 'import highs from "highs";\nexport const solve = highs;' },
      found: ["highs-is-kept: report/solver.ts → highs"],
    },
    "a store outside of the simulated cloud": {
      files: { "drift/store.ts": 'export { open } from "lmdb";' },
      found: ["lmdb-is-kept: drift/store.ts → lmdb"],
    },
    "a development package in what is shipped": {
      files: { "drift/check.ts": 'export { default } from "fast-check";' },
      found: ["shipped-packages: drift/check.ts → fast-check"],
    },
    "an import from the tests": {
      files: { "tests/one.ts": "export const one = 1;", "tools/two.js": 'module.exports = require("../tests/one");' },
      found: ["tests-are-not-imported: tools/two.js → tests/one.ts"],
    },
    "an import of what is not there": {
      files: { "cli/three.ts": 'export { three } from "./four";' },
      found: ["no-missing-file: cli/three.ts → ./four"],
    },
  };

/** A file of the model that imports a policy. */
function against(name: string, text: string) {
  const file = `model/${name}.ts`;
  return { files: { [file]: text }, found: [`model-imports: ${file} → policies/one.ts`] };
}

describe("a project that breaks every rule", () => {
  let found: readonly string[];
  beforeAll(() => {
    const policy = { "policies/one.ts": "export const one = 1;\nexport interface One { readonly one: number }" };
    found = cruise(Object.assign(policy, ...Object.values(broken).map(({ files }) => files)) as Record<string, string>);
  }, 60_000);

  test.each(Object.entries(broken))("%s is found", (_, { found: expected }) => {
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test("nothing else is found", () => {
    const expected = Object.values(broken).flatMap(({ found: each }) => each);
    // Of a circle each way round may be told.
    expect(found.filter((one) => !expected.includes(one) && !one.startsWith("no-circles: lib/"))).toEqual([]);
  });
});

test("what the arrows allow passes", () => {
  const allowed = house.folders.flatMap(({ name, imports }) =>
    imports.map((other) => [`${name}/on-${other}.ts`, `export * from "../${other}/one";`] as const),
  );
  const leaves = house.folders.map(({ name }) => [`${name}/one.ts`, "export const one = 1;"] as const);
  expect(allowed.length).toBeGreaterThan(30);
  expect(cruise(Object.fromEntries([...allowed, ...leaves]))).toEqual([]);
}, 60_000);

test("the arrows have no circle themselves", () => {
  const done = new Set<string>();
  for (;;) {
    const ready = house.folders.filter(({ name, imports }) => !done.has(name) && imports.every((one) => done.has(one)));
    if (ready.length === 0) break;
    for (const { name } of ready) done.add(name);
  }
  expect(house.folders.map(({ name }) => name).filter((name) => !done.has(name))).toEqual([]);
});
