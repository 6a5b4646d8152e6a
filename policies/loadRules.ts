/**
 * Loads the files of rules. Each is made into one script of CommonJS by esbuild, with the files that it imports and
 * whatever its kind, and is run in this process: a rule is the platform team's own code, as Duplex itself is. All at
 * once and without waiting: the engine asks a pack for its policies as soon as it has told it the stack's settings.
 */
import { readdirSync, type Dirent } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import type * as Esbuild from "esbuild";
import { byText } from "../lib/order";
import { UserError, type Mistake } from "../model/errors";
import { readRules, type RuleFile } from "./ownRules";
import type { Policy } from "./policy";

/** Declarations hold no code, and tests of rules stand beside them. */
const isRule = (name: string) => /\.(?:[cm]?js|[cm]?ts)$/.test(name) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(name);

/**
 * The rules of these folders; what stands in a folder below is only loaded where a rule imports it.
 *
 * @param cwd what the folders are relative to
 * @throws UserError (DPX035 to DPX038) with every mistake of every file
 */
export function loadRules(folders: readonly string[], catalogue: readonly Policy[], cwd: string): readonly Policy[] {
  const mistakes: Mistake[] = [];
  const loaded: RuleFile[] = [];
  for (const file of folders.flatMap((folder) => filesIn(folder, cwd))) {
    try {
      loaded.push({ file, exports: exportsOf(resolve(cwd, file)) });
    } catch (error) {
      mistakes.push(...failures(error, file, cwd));
    }
  }
  try {
    const rules = readRules(loaded, catalogue);
    if (mistakes.length === 0) return rules;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    mistakes.push(...error.mistakes);
  }
  throw new UserError(mistakes);
}

function filesIn(folder: string, cwd: string): readonly string[] {
  const entries = entriesOf(folder, cwd);
  const names = entries.filter((entry) => !entry.isDirectory() && isRule(entry.name)).map(({ name }) => name);
  if (names.length === 0) throw new UserError([{ ...emptyFolder, file: folder }]);
  return names.sort(byText).map((name) => join(folder, name));
}

function entriesOf(folder: string, cwd: string): readonly Dirent[] {
  try {
    return readdirSync(resolve(cwd, folder), { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "There is no such folder.",
      ENOTDIR: "This is a file, a folder was expected.",
    };
    const message = reasons[code] ?? `This folder cannot be read (${code}).`;
    throw new UserError([{ ...emptyFolder, message, file: folder }]);
  }
}

const emptyFolder: Mistake = {
  code: "DPX035",
  message: "This folder holds no rule.",
  fix: "Name a folder with files that end in .ts, .js, .mjs or .cjs.",
};

/** What a file exports. Packages are found from where it stands; Node itself loads them. */
function exportsOf(path: string): unknown {
  const { buildSync } = createRequire(__filename)("esbuild") as typeof Esbuild;
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: `node${process.versions.node}`,
    packages: "external",
    // Modules of ES know where they stand by it, and have none of it once they are a script.
    define: { "import.meta.url": "__importMetaUrl" },
    logLevel: "silent",
  });
  const code = outputFiles[0]?.text ?? "";
  const parameters = ["module", "exports", "require", "__filename", "__dirname", "__importMetaUrl"];
  const module = { exports: {} as unknown };
  const main = compileFunction(code, parameters, { filename: path }) as (...values: readonly unknown[]) => void;
  main(module, module.exports, createRequire(path), path, dirname(path), pathToFileURL(path).href);
  return module.exports;
}

/** Why a file could not be loaded: each error of its text with its place, or what it threw. */
function failures(error: unknown, file: string, cwd: string): readonly Mistake[] {
  const { errors } = error as Partial<Esbuild.BuildFailure>;
  if (!Array.isArray(errors) || errors.length === 0) {
    const reason = error instanceof Error ? error.message : String(error);
    return [couldNot(file, reason.split("\n", 1)[0] ?? reason)];
  }
  return errors.map(({ text, location }) => ({
    ...couldNot(file, text),
    ...(location === null || resolve(location.file) !== resolve(cwd, file) ? {} : { line: location.line }),
  }));
}

function couldNot(file: string, reason: string): Mistake {
  return {
    code: "DPX035",
    message: `This file of rules cannot be loaded: ${reason.replace(/\.$/, "")}.`,
    fix: "Mend the file; `node` or `npx tsx` with its name shows the whole error.",
    file,
  };
}
