import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { projectIn } from "../../input/projectName";
import type { Io } from "../../io";

/**
 * The folder in which the engine reads a stack: it wants a Pulumi.yaml of the stack's project, and runs no program. The
 * user's own is taken where it is that project's, for the plugins and settings that it may name.
 */
export class ProjectFolders {
  readonly #scratch: string;
  readonly #folder: string;
  readonly #own: Promise<string | undefined>;
  readonly #made = new Map<string, Promise<string>>();

  constructor(scratch: string, folder: string, io: Io) {
    this.#scratch = scratch;
    this.#folder = resolve(io.cwd, folder);
    this.#own = projectIn(this.#folder);
  }

  async of(stack: string): Promise<string> {
    const parts = stack.split("/");
    const project = parts.at(-2);
    // A backend of old knows no projects: then only the folder can say which it is.
    if (project === undefined || project === (await this.#own)) return this.#folder;
    let made = this.#made.get(project);
    if (made === undefined) this.#made.set(project, (made = this.#make(project)));
    return made;
  }

  async #make(project: string): Promise<string> {
    const folder = join(this.#scratch, "projects", encodeURIComponent(project));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "Pulumi.yaml"), `name: ${JSON.stringify(project)}\nruntime: nodejs\n`);
    return folder;
  }
}
