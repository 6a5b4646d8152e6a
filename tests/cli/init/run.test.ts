/** `duplex init`: what it writes, what it leaves alone, and that a project of each template passes at once. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { templateNames } from "../../../cli/init/options";
import { readEstateFile } from "../../../estate";
import { planMistakes } from "../../../estate/servicePlan";
import { dependencies, devDependencies } from "../../../package.json";
import { CommandLine } from "../../support/cli";

const root = join(__dirname, "..", "..", "..");
const spec = "file:./duplex-0.0.0.tgz";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const fileOf = (...steps: readonly string[]) => join(commandLine.folder, ...steps);
const textOf = (...steps: readonly string[]) => readFileSync(fileOf(...steps), "utf8");
const init = (...args: readonly string[]) => commandLine.duplex(["init", ...args, "--duplex", spec]);

/** Files below a folder, sorted, with slashes. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** In the place of an installation: this checkout's components and SDKs. */
function install(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "duplex"), { recursive: true });
  writeFileSync(join(modules, "duplex", "package.json"), JSON.stringify({ name: "duplex", main: "index.ts" }));
  writeFileSync(
    join(modules, "duplex", "index.ts"),
    `export * from ${JSON.stringify(join(root, "components", "index.ts"))};\n`,
  );
  for (const name of ["@pulumi", "tsx"]) symlinkSync(join(root, "node_modules", name), join(modules, name));
}

interface Report {
  readonly verdict: string;
  readonly survival: {
    readonly rows: readonly {
      readonly service: string;
      readonly tier: string;
      readonly cells: readonly {
        readonly status: string;
        readonly lost: readonly string[];
        readonly accepted?: object;
      }[];
    }[];
  };
}

describe.each(templateNames)("a project of %s", (template) => {
  test("is whole, in its own name, with nothing left to fill in", async () => {
    expect(await init("shop", "--template", template)).toMatchObject({ code: 0, err: "" });
    const files = filesIn(fileOf("shop"));
    expect(files).toEqual([
      ".github/workflows/duplex.yml",
      ".gitignore",
      "Pulumi.prod.yaml",
      "Pulumi.yaml",
      "README.md",
      "index.ts",
      "package.json",
      "test/estate.test.ts",
      "tsconfig.json",
    ]);
    for (const file of files) expect(textOf("shop", file)).not.toMatch(/duplex-project|9999-12-31/);
    expect(textOf("shop", "Pulumi.prod.yaml")).toContain("domain: shop.example\n");
    // A year from the day on which the test says that it runs.
    expect(textOf("shop", "Pulumi.prod.yaml")).toContain('until: "2023-10-15"');
  });

  test("overrides no tier, has a critical service, and every service can be planned", async () => {
    await init("shop", "--template", template);
    expect(textOf("shop", "Pulumi.prod.yaml")).not.toContain("tiers:");
    const estate = readEstateFile(fileOf("shop", "Pulumi.prod.yaml"));
    expect(estate.services.filter(({ tier }) => tier === "critical").length).toBeGreaterThan(1);
    expect(planMistakes(estate)).toEqual([]);
  });

  test("is judged from its folder: nothing refuses, and what is critical stays up or is accepted", async () => {
    await init("shop", "--template", template);
    install(fileOf("shop"));
    const { code, out, err } = await commandLine.duplex(["check", "shop", "--format", "json"]);
    expect({ code, err }).toEqual({ code: 2, err: "" });
    const { verdict, survival } = JSON.parse(out) as Report;
    expect(verdict).toBe("advice");
    const critical = survival.rows.filter(({ tier }) => tier === "critical");
    expect(critical.map(({ service }) => service)).toEqual(expect.arrayContaining(["api", "web"]));
    const down = critical.flatMap(({ cells }) => cells.filter(({ status }) => status !== "up"));
    expect(down.filter(({ accepted }) => accepted === undefined)).toEqual([]);
    // AWS is the one thing that every template leans on, and says so.
    expect(down.flatMap(({ lost }) => lost)).toContain("operator:aws");
  }, 60_000);

  test("is refused once a critical service is in one site alone", async () => {
    await init("shop", "--template", template);
    const text = textOf("shop", "Pulumi.prod.yaml");
    writeFileSync(fileOf("shop", "Pulumi.prod.yaml"), text.replace(/^( {8}sites: \[[a-z]+), [a-z, ]+\]$/m, "$1]"));
    const answer = await commandLine.duplex(["estate", "validate", "shop/Pulumi.prod.yaml"]);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain("DPX126");
  });
});

test("packages are asked for in the versions that Duplex is tested with", async () => {
  await init("shop");
  expect(JSON.parse(textOf("shop", "package.json"))).toMatchObject({
    name: "shop",
    dependencies: { "@pulumi/pulumi": dependencies["@pulumi/pulumi"], duplex: spec },
    devDependencies: { tsx: dependencies.tsx, typescript: devDependencies.typescript },
  });
});

test("the workflow is the one that the package ships for pull requests", async () => {
  await init("shop");
  const shipped = readFileSync(join(root, "ci", "github", "pull-request.yml"), "utf8");
  expect(textOf("shop", ".github", "workflows", "duplex.yml")).toBe(shipped);
});

test("a folder that holds something is refused by what it holds, and nothing is written", async () => {
  mkdirSync(fileOf("shop"));
  writeFileSync(fileOf("shop", "notes.txt"), "mine");
  const { code, err } = await init("shop");
  expect(code).toBe(1);
  expect(err).toMatch(/^shop: The folder is not empty: it holds notes\.txt\. .*--force.* \[DPX041\]\n$/);
  expect(filesIn(fileOf("shop"))).toEqual(["notes.txt"]);
});

test("--force writes what is missing and changes no file that is there", async () => {
  mkdirSync(fileOf("shop"));
  writeFileSync(fileOf("shop", "index.ts"), "// mine\n");
  const { code, out } = await init("shop", "--force");
  expect(code).toBe(0);
  expect(out).toContain("Left as they were: index.ts.\n");
  expect(textOf("shop", "index.ts")).toBe("// mine\n");
  expect(existsSync(fileOf("shop", "Pulumi.prod.yaml"))).toBe(true);
});

test("a repository and the package that is installed from are no content", async () => {
  mkdirSync(fileOf("shop", ".git"), { recursive: true });
  writeFileSync(fileOf("shop", "duplex-0.1.0.tgz"), "");
  expect(await init("shop")).toMatchObject({ code: 0, err: "" });
});

test("the name is the folder's, made fit; one that cannot be is asked for", async () => {
  await init("My Shop");
  expect(textOf("My Shop", "Pulumi.yaml")).toMatch(/^name: my-shop\n/);
  const { code, err } = await init("42");
  expect(code).toBe(1);
  expect(err).toMatch(/"42" is no name for a project\. .*--name.*\[DPX040\]/);
  expect(existsSync(fileOf("42"))).toBe(false);
});

test.each([
  [["--name", "Shop"], /argument 'Shop' is invalid/],
  [["--template", "regions"], /Allowed choices are two-regions, regions-and-clusters, clusters/],
])("%j is refused", async (args, message) => {
  const { code, err } = await init("shop", ...args);
  expect(code).toBe(1);
  expect(err).toMatch(message);
});

test("--list tells of every template and writes nothing", async () => {
  const { code, out } = await init("shop", "--list");
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  ")[0]),
  ).toEqual(templateNames);
  expect(existsSync(fileOf("shop"))).toBe(false);
});

test("a file in the way of a folder is told by its name", async () => {
  writeFileSync(fileOf("shop"), "");
  const { code, err } = await init("shop");
  expect(code).toBe(1);
  expect(err).toContain("[DPX042]");
});
