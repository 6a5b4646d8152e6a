/** Releases, in a checkout of a test's own. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRelease } from "../../tools/release";

const root = join(__dirname, "..", "..");
const changelog =
  "# Changelog\n\nWords.\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 (2026-01-02)\n\n- The first.\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duplex-release-"));
  mkdirSync(join(folder, "policies"));
  for (const file of ["package.json", "package-lock.json", "policies/package.json"]) write(file, manifest("0.1.0"));
  write("CHANGELOG.md", changelog);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (version: string) => `{\n  "name": "duplex",\n  "version": "${version}"\n}\n`;
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");
const run = (...args: readonly string[]) => runRelease([...args], folder, "2026-11-30");

test("names the version wherever it stands, and what was unreleased under it", () => {
  write("package.json", manifest("0.2.0"));
  write("package-lock.json", manifest("0.2.0"));
  run("write");
  expect(textOf("policies/package.json")).toBe(manifest("0.2.0"));
  expect(textOf("CHANGELOG.md")).toBe(changelog.replace("## Unreleased\n", "## Unreleased\n\n## 0.2.0 (2026-11-30)\n"));
  expect(run("check", "v0.2.0")).toBe("");
  expect(run("notes", "v0.2.0")).toBe("### Added\n\n- A thing.\n");
});

test("a tag that no file bears out is refused, with everything that is wrong", () => {
  expect(() => run("check", "v0.3.0")).toThrow(
    [
      "package.json is of version 0.1.0, and the tag is v0.3.0.",
      "policies/package.json is of version 0.1.0, and the tag is v0.3.0.",
      "package-lock.json is of version 0.1.0, and the tag is v0.3.0.",
      "CHANGELOG.md says nothing of v0.3.0.",
    ].join("\n"),
  );
});

test("a version that the changelog has no section for is refused", () => {
  write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- A thing.\n");
  expect(() => run("check", "v0.1.0")).toThrow("CHANGELOG.md says nothing of v0.1.0.");
});

test("a version is released once, and never without a word on what is new", () => {
  expect(() => run("write")).toThrow("has a section for 0.1.0 already");
  write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
  expect(() => run("write")).toThrow("nothing unreleased");
});

test.each([[[]], [["check"]], [["check", "0.1.0"]], [["notes", "v0.1"]], [["publish", "v0.1.0"]]])(
  "%j is told what to write instead",
  (args) => {
    expect(() => run(...args)).toThrow("node tools/release.js check v1.2.3");
  },
);

test("`npm version` makes the commit and the tag with all of it", () => {
  cpSync(join(root, "tools"), join(folder, "tools"), { recursive: true });
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: { readonly version: string };
  };
  write("package.json", JSON.stringify({ name: "duplex", version: "0.1.0", scripts: { version: scripts.version } }));
  const call = (command: string, ...args: readonly string[]) => {
    const identity = ["GIT_AUTHOR", "GIT_COMMITTER"].flatMap((who) => [
      [`${who}_NAME`, "A"],
      [`${who}_EMAIL`, "a@example.net"],
    ]);
    const env = { ...process.env, ...(Object.fromEntries(identity) as Record<string, string>) };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", env });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  call("git", "init", "--quiet");
  call("git", "add", "--all");
  call("git", "commit", "--quiet", "--message", "Start");
  call("npm", "version", "minor");
  expect(call("git", "tag").trim()).toBe("v0.2.0");
  expect(call("git", "status", "--porcelain")).toBe("");
  expect(call("git", "show", "v0.2.0:CHANGELOG.md")).toMatch(/^## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n### Added$/m);
  expect(run("check", "v0.2.0")).toBe("");
}, 60_000);

test("the checkout itself is of one version", () => {
  const versions = ["package.json", "package-lock.json", "policies/package.json"].map(
    (file) => (JSON.parse(readFileSync(join(root, file), "utf8")) as { readonly version: string }).version,
  );
  expect(new Set(versions).size).toBe(1);
});
