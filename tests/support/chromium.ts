/** A real browser without a library: what a page says to its console, and what it looks like. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { accessSync, constants } from "node:fs";
import { pathToFileURL } from "node:url";

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

/** Opens a file from disk, without a network, at the width of a laptop. */
export function openPage(file: string, scheme: "light" | "dark"): Opened {
  const profile = mkdtempSync(join(tmpdir(), "duplex-chromium-"));
  try {
    const picture = join(profile, "page.png");
    const { stderr, status } = spawnSync(
      chromium(),
      [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,2000"],
        ...["--host-resolver-rules=MAP * ~NOTFOUND", `--user-data-dir=${profile}`, "--enable-logging=stderr"],
        ...[`--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`, `--screenshot=${picture}`],
        pathToFileURL(file).href,
      ],
      { encoding: "utf8", timeout: 60_000 },
    );
    if (status !== 0) throw new Error(`The browser ended with ${status}: ${stderr}`);
    const console = stderr.split("\n").filter((line) => line.includes(":CONSOLE:"));
    return { console, picture: readFileSync(picture) };
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
