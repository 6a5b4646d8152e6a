/** `duplex init`: a project of a template, in a folder that holds nothing yet. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../model/errors";
import { visible } from "../../lib/visible";
import type { Io } from "../io";
import { packageFolder } from "../packageFolder";
import { projectFiles, type ProjectFile } from "./files";
import { installedAs } from "./installedAs";
import { projectNamePattern, templateNames, templates, type InitOptions } from "./options";

/** For so long does a new estate accept what its template does not survive. */
const acceptedDays = 365;

const dayMs = 86_400_000;

/** @throws UserError (DPX040 to DPX043) where nothing is written */
export async function init(folder: string, options: InitOptions, io: Io): Promise<void> {
  if (options.list) {
    for (const name of templateNames) io.out(`${name}  ${templates[name]}\n`);
    return;
  }
  const target = resolve(io.cwd, folder);
  const name = options.name ?? nameOf(target);
  await refuseFull(target, folder, options.force);
  await make(target, folder);
  const files = projectFiles(packageFolder(), {
    name,
    template: options.template,
    duplex: options.duplex ?? installedAs(packageFolder(), target, io),
    acceptedUntil: new Date(Date.parse(io.today) + acceptedDays * dayMs).toISOString().slice(0, 10),
  });
  const kept = await writeAll(files, target, folder);
  io.out(`${name}: ${templates[options.template]}, in ${visible(folder)}.\n`);
  if (kept.length > 0) io.out(`Left as they were: ${kept.join(", ")}.\n`);
  const change = target === io.cwd ? "" : `cd ${visible(folder)} && `;
  io.out(`Next: ${change}npm install && npx duplex check . && npx duplex sim up\n`);
}

function nameOf(target: string): string {
  const name = basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  if (projectNamePattern.test(name)) return name;
  throw new UserError([
    {
      code: "DPX040",
      message: `The folder's name "${visible(basename(target))}" is no name for a project.`,
      fix: "Give one with `--name`: lower case letters, digits and hyphens, at most 24, such as `--name shop`.",
    },
  ]);
}

/** A repository, and the package that the project is to install, may be there. */
function isContent(name: string): boolean {
  return name !== ".git" && !/^duplex-.*\.tgz$/.test(name);
}

async function refuseFull(target: string, folder: string, force: boolean): Promise<void> {
  const content = (await readdir(target).catch((): string[] => [])).filter(isContent).sort();
  if (content.length === 0 || force) return;
  const shown = content.slice(0, 3).map(visible).join(", ");
  const more = content.length > 3 ? ` and ${content.length - 3} more` : "";
  throw new UserError([
    {
      code: "DPX041",
      message: `The folder is not empty: it holds ${shown}${more}.`,
      fix: "Give a folder of its own, or `--force`, which writes what is missing and leaves every file as it is.",
      file: folder,
    },
  ]);
}

async function make(target: string, folder: string): Promise<void> {
  await mkdir(target, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(folder, error);
  });
}

/** Writes what is not there yet; the paths of what is. */
async function writeAll(files: readonly ProjectFile[], target: string, folder: string): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const { path, text } of files) {
    const file = join(target, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw cannotWrite(join(folder, path), error as NodeJS.ErrnoException);
      }
      kept.push(path);
    }
  }
  return kept;
}

function cannotWrite(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === undefined) return error;
  return new UserError([
    {
      code: "DPX042",
      message: `It cannot be written (${error.code}).`,
      fix: "Give a folder that you may write to, in which no file stands where a folder is needed.",
      file,
    },
  ]);
}
