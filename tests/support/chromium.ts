/** A real browser without a library: what a page says to its console, and what it looks like. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { pathToFileURL } from "node:url";

type Scheme = "light" | "dark";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Debian's packages are installed by whoever may: a machine that tests, not somebody's desk. */
const installed = ["install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"];

/** @throws where there is none and none can be installed: a page that nobody has opened is not proven to open */
function chromium(): string {
  const found = onPath();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0) install();
  const after = onPath();
  if (after === undefined) throw new Error(`This test opens a page in a browser: install one of ${names.join(", ")}.`);
  return after;
}

/** Lists of packages grow old: they are fetched where the first attempt finds nothing. */
function install(): void {
  const run = (argv: readonly string[]) => spawnSync("apt-get", argv, { stdio: "ignore", timeout: 300_000 });
  if (run(installed).status === 0) return;
  run(["update"]);
  run(installed);
}

function onPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Opened {
  /** What the page has said to its console, errors of its policy among them. */
  readonly console: readonly string[];
  /** As a picture (PNG). */
  readonly picture: Buffer;
}

const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,2000"];
const offline = ["--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr"];

function browse(profile: string, scheme: Scheme, argv: readonly string[]): { stdout: string; stderr: string } {
  const scheme01 = `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`;
  const { stdout, stderr, status } = spawnSync(
    chromium(),
    [...quiet, ...offline, `--user-data-dir=${profile}`, scheme01, ...argv],
    { encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(`The browser ended with ${status}: ${stderr}`);
  return { stdout, stderr };
}

/** Opens a file from disk, without a network, at the width of a laptop. */
export function openPage(file: string, scheme: Scheme): Opened {
  return inProfile((profile) => {
    const picture = join(profile, "page.png");
    const { stderr } = browse(profile, scheme, [`--screenshot=${picture}`, pathToFileURL(file).href]);
    const console = stderr.split("\n").filter((line) => line.includes(":CONSOLE:"));
    return { console, picture: readFileSync(picture) };
  });
}

/** A rule that a page breaks, and the elements that break it. */
export interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly string[];
}

/**
 * What axe-core finds in a page, with all of it unfolded. The page's own policy would keep axe-core out: it is taken
 * from the copy that is looked at, and `openPage` holds it.
 */
export function violationsIn(file: string, scheme: Scheme): readonly Violation[] {
  return inProfile((profile) => {
    const copy = join(profile, "page.html");
    const page = readFileSync(file, "utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    writeFileSync(copy, `${page}<script>${axe}</script><script>${look}</script>`);
    const { stdout } = browse(profile, scheme, ["--virtual-time-budget=30000", "--dump-dom", pathToFileURL(copy).href]);
    const [, found] = /<pre id="found">(.*?)<\/pre>/s.exec(stdout) ?? [];
    if (found === undefined) throw new Error("axe-core came to no end.");
    return JSON.parse(decodeURIComponent(found)) as readonly Violation[];
  });
}

const look = `
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  axe.run(document).then(({ violations }) => {
    const told = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }));
    const found = document.createElement("pre");
    found.id = "found";
    found.textContent = encodeURIComponent(JSON.stringify(told));
    document.body.append(found);
  });`;

function inProfile<T>(work: (profile: string) => T): T {
  const profile = mkdtempSync(join(tmpdir(), "duplex-chromium-"));
  try {
    return work(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
