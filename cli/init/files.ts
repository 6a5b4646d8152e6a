/** The files of a new project, from the templates that the package carries. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byText } from "../../lib/order";
import * as own from "../../package.json";
import type { TemplateName } from "./options";

export interface ProjectFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** What a project is told of itself. */
export interface ProjectFacts {
  readonly name: string;
  readonly template: TemplateName;
  /** What npm installs as `duplex`. */
  readonly duplex: string;
  /** Last day of what the estate accepts, `YYYY-MM-DD`. */
  readonly acceptedUntil: string;
}

/** In the templates these stand for what a project is told: they are valid there, so that the files can be tested. */
const placeholders = { name: /duplex-project/g, acceptedUntil: /9999-12-31/g };

/**
 * npm leaves a .gitignore out of every package, and takes it for its own settings; the compiler's settings of a project
 * would be those of its template, where no packages are installed.
 */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore", "tsconfig.project.json": "tsconfig.json" };

/** The project's files, sorted by path. */
export function projectFiles(packageFolder: string, facts: ProjectFacts): readonly ProjectFile[] {
  const workflow = join(packageFolder, "ci", "github", "pull-request.yml");
  return [
    ...filesIn(join(packageFolder, "templates", "project")),
    ...filesIn(join(packageFolder, "templates", facts.template)),
    { path: join(".github", "workflows", "duplex.yml"), text: readFileSync(workflow, "utf8") },
  ]
    .map(({ path, text }) => ({ path: renamed[path] ?? path, text: filledIn(text, facts) }))
    .map((file) => (file.path === "package.json" ? { ...file, text: withVersions(file.text, facts.duplex) } : file))
    .sort((one, other) => byText(one.path, other.path));
}

function filesIn(folder: string): readonly ProjectFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.slice(folder.length + 1), text: readFileSync(file, "utf8") }));
}

function filledIn(text: string, { name, acceptedUntil }: ProjectFacts): string {
  return text.replace(placeholders.name, name).replace(placeholders.acceptedUntil, acceptedUntil);
}

/** The versions that Duplex itself is built and tested with. */
function withVersions(text: string, duplex: string): string {
  const known: Readonly<Record<string, string>> = { ...own.devDependencies, ...own.dependencies, duplex };
  const versions = (asked: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.keys(asked).map((name) => [name, known[name]]));
  const content = JSON.parse(text) as Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>;
  const { dependencies, devDependencies, ...rest } = content;
  const filled = { ...rest, dependencies: versions(dependencies), devDependencies: versions(devDependencies) };
  return `${JSON.stringify(filled, undefined, 2)}\n`;
}
