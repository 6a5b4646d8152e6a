/** Which versions of Node run Duplex: what package.json says, and what its packages ask for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { parse } from "yaml";
import { engines } from "../../package.json";
import { admits, inWords } from "../../tools/lib/nodeVersion";

const root = join(__dirname, "..", "..");

/** Oldest version of each line that package.json admits. */
const oldest = engines.node.match(/\d+\.\d+\.\d+/g) ?? [];

/** Packages that ask for more than runs them, by what proves that. */
const asksForMore = new Map([["@pulumi/pulumi", "npm run test:node -- 20.19.0"]]);

interface Entry {
  readonly engines?: { readonly node?: string };
}

const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Entry>>;
};

/** Packages of the lockfile that do not admit a version of Node. */
function refusing(version: string): readonly string[] {
  return Object.entries(packages).flatMap(([place, { engines: asked }]) => {
    const name = place.replace(/^.*node_modules\//, "");
    const admitted = asked?.node === undefined || semver.satisfies(version, asked.node);
    return admitted || asksForMore.has(name) ? [] : [`${name} asks for ${asked.node}`];
  });
}

test.each(oldest)("every package runs on Node %s", (version) => {
  expect(refusing(version)).toEqual([]);
});

test("an older version of Node than package.json admits is refused by some package", () => {
  expect(refusing("20.18.0")).not.toEqual([]);
  expect(refusing("22.12.0")).not.toEqual([]);
});

test.each([
  ["18.20.8", false],
  ["20.18.3", false],
  ["20.19.0", true],
  ["20.20.2", true],
  ["21.7.3", false],
  ["22.12.0", false],
  ["22.13.0", true],
  ["23.11.1", false],
  ["24.0.0", true],
  ["26.10.0", true],
])("Node %s is admitted: %s, as npm reads the same range", (version, expected) => {
  expect(admits(version)).toBe(expected);
  expect(semver.satisfies(version, engines.node)).toBe(expected);
});

test("a range of another form is not guessed at", () => {
  expect(() => admits("20.19.0", ">20")).toThrow('">20" is no range');
});

test("README.md names the oldest versions", () => {
  expect(readFileSync(join(root, "README.md"), "utf8")).toContain(`Node ${inWords()}, or newer`);
});

test("the workflow tests the oldest and the newest of each line", () => {
  const { jobs } = parse(readFileSync(join(root, ".github", "workflows", "ci.yml"), "utf8")) as {
    readonly jobs: { readonly node: { readonly strategy: { readonly matrix: { readonly node: readonly string[] } } } };
  };
  const lines = oldest.map((version) => version.split(".")[0] ?? "");
  expect([...jobs.node.strategy.matrix.node].sort()).toEqual([...oldest, ...lines].sort());
});
