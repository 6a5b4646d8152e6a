/**
 * docs/getting-started.md as it is written: every command of the page is run in turn, from this checkout into an empty
 * folder, with the real engine on the project's own simulated cloud; what the page shows is what it says.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { version } from "../../package.json";
import { ensureBuilt } from "../../tools/build";
import { ensureEngine } from "../../tools/lib/engine";
import { root } from "../support/engine";

jest.setTimeout(600_000);

interface Step {
  readonly command: string;
  /** Lines that the page shows, in order; `…` leaves out any number. */
  readonly shown: readonly string[];
}

const page = fs.readFileSync(path.join(root, "docs", "getting-started.md"), "utf8");
const blocks = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
const steps: readonly Step[] = blocks.flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text): Step => {
      const [command = "", ...shown] = text.trimEnd().split("\n");
      return { command, shown: shown.filter((line) => line !== "…") };
    }),
);

let folder: string;
let place = root;

beforeAll(async () => {
  await ensureBuilt();
  await ensureEngine();
  folder = path.join(fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "duplex-start-"))), "shop");
});
afterAll(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }));

/** Runs a command of the page where its reader is; `../shop` is a folder of the test's own. */
function run({ command }: Step) {
  const [, to] = /^cd (.+)$/.exec(command) ?? [];
  if (to !== undefined) {
    place = to === "../shop" ? folder : path.resolve(place, to);
    return { code: fs.existsSync(place) ? 0 : 1, text: "" };
  }
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command.replace("../shop", folder)], {
    cwd: place,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1", npm_config_prefer_offline: "true" },
  });
  return { code: status ?? 1, text: `${stdout}\n${stderr}`.replaceAll(folder, "../shop") };
}

/** The lines that are shown, in order, of those that were said; the one that was not found is the first missing. */
function missing(shown: readonly string[], text: string): string | undefined {
  const said = text.split("\n");
  let from = 0;
  return shown.find((line) => {
    const at = said.findIndex((one, index) => index >= from && one.startsWith(line));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}

/** As the page tells: a mistake ends with 1, advice with 2, the rest with 0. */
function codeOf({ command, shown }: Step): number {
  if (shown.some((line) => line.startsWith("Pulumi.prod.yaml:"))) return 1;
  return /duplex (check|report)\b/.test(command) ? 2 : 0;
}

test("the page has its commands", () => {
  expect(steps.map(({ command }) => command)).toContain("npx duplex sim up");
  expect(steps.length).toBeGreaterThan(12);
});

test.each(steps.map((step, index) => [index + 1, step.command, step] as const))("%i: %s", (_, __, step) => {
  const { code, text } = run(step);
  const ended = { code, missing: missing(step.shown, text) };
  const expected = { code: codeOf(step), missing: undefined };
  // What was said is what tells why.
  expect(code === expected.code && ended.missing === undefined ? ended : { ...ended, text }).toEqual(expected);
});

test("the simulated cloud changed nothing of the project, which is as it was written", () => {
  const files = fs.readdirSync(folder).filter((name) => !["node_modules", ".duplex"].includes(name));
  expect(files.sort()).toEqual(
    [
      ...[".github", ".gitignore", "Pulumi.prod.yaml", "Pulumi.yaml", "README.md", `duplex-${version}.tgz`, "index.ts"],
      ...["package-lock.json", "package.json", "report.html", "test", "tsconfig.json"],
    ].sort(),
  );
  expect(fs.readFileSync(path.join(folder, "Pulumi.prod.yaml"), "utf8")).not.toContain("encryptionsalt");
});
