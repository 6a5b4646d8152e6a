/** From what a user named to resources: a file, standard input, or a project folder whose program is run. */
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Resource } from "../../inventory/resource";
import { fromEventLog, looksLikeEventLog } from "../../inventory/sources/eventLog";
import { readResources } from "../../inventory/sources/readResources";
import { UserError } from "../../model/errors";
import type { Source } from "../../report/checkReport";
import type { Io } from "../io";
import { encryptedNotes } from "./encrypted";
import { parseJson } from "./parseJson";
import { readFileText, readStdinText, stdinName, unreadable } from "./readText";

export interface ReadSource {
  readonly source: Source;
  readonly resources: readonly Resource[];
  /** What the reader of a report should know about where the resources come from. */
  readonly notes: readonly string[];
  /** Policy settings of the stack's own configuration; undefined where there are none or none are at hand. */
  readonly stackSettings?: unknown;
}

export interface SourceOptions {
  readonly stack?: string;
  readonly timeoutSeconds: number;
  readonly verbose: boolean;
}

/**
 * Reads resources.
 *
 * @param path a file, `-` for standard input, or a folder with Pulumi.yaml.
 */
export async function readSource(path: string, options: SourceOptions, io: Io): Promise<ReadSource> {
  if (path === "-") return fromDocument(await readStdinText(io), stdinName, options);
  const full = resolve(io.cwd, path);
  const status = await stat(full).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!status.isDirectory()) return fromDocument(await readFileText(path, io), path, options);
  await refuseOtherFolder(full, path);
  return fromProgram(full, path, options, io);
}

async function refuseOtherFolder(full: string, path: string): Promise<void> {
  const project = await stat(join(full, "Pulumi.yaml")).catch(() => undefined);
  if (project?.isFile()) return;
  throw new UserError([
    {
      code: "DPX003",
      message: "This folder holds no Pulumi.yaml.",
      fix: "Give the folder of a Pulumi project, or a `pulumi stack export` or `pulumi preview --json --show-sames` file.",
      file: path,
    },
  ]);
}

async function fromDocument(text: string, path: string, { stack }: SourceOptions): Promise<ReadSource> {
  if (stack !== undefined) {
    throw new UserError([
      {
        code: "DPX001",
        message: `The option --stack ${stack} says which stack of a project folder to run, and ${path} is not a folder.`,
        fix: "Leave it out.",
      },
    ]);
  }
  if (looksLikeEventLog(text)) {
    return described(
      "eventLog",
      path,
      placed(path, () => fromEventLog(text)),
      ["An event log does not say what a resource was made from: what it leaves open is judged as not known."],
    );
  }
  if (isManifests(text, path)) {
    // Loaded only here: a state needs no YAML.
    const { fromManifests } = await import("../../inventory/sources/manifests");
    const cluster = basename(path).replace(/\.[^.]*$/, "");
    const resources = placed(path, () => fromManifests(text, { cluster: path === stdinName ? "manifests" : cluster }));
    return described("manifests", path, resources, []);
  }
  const document = parseJson(text, path);
  const { kind, resources } = placed(path, () => readResources(document));
  const notes = text.includes('"ciphertext"') ? encryptedNotes(document) : [];
  return described(kind === "preview" ? "preview" : "state", path, resources, notes);
}

function described(
  kind: Source["kind"],
  path: string,
  resources: readonly Resource[],
  notes: readonly string[],
): ReadSource {
  if (resources.length === 0) throw nothingToJudge(path);
  return { source: { kind, path, ...stackOf(resources), resources: resources.length }, resources, notes };
}

/** By the file's name, else by how it begins; a list of `kubectl get -o json` is manifests too. */
function isManifests(text: string, path: string): boolean {
  if (/\.ya?ml$/i.test(path)) return true;
  const start = text.trimStart().slice(0, 400);
  if (start.startsWith("{")) return /^\{\s*"apiVersion"\s*:\s*"/.test(start);
  return !start.startsWith("[") && /^(?:apiVersion|kind)\s*:/m.test(text);
}

/** Adds the file to mistakes that a reader of plain data cannot know it for. */
function placed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.mistakes.map((mistake) => ({ file, ...mistake })));
  }
}

async function fromProgram(full: string, path: string, options: SourceOptions, io: Io): Promise<ReadSource> {
  // Loaded only here: gRPC and the protocol's messages take longer to load than a state takes to judge.
  const [{ runProgram }, { fromRegistrations }] = await Promise.all([
    import("../programRunner/runProgram"),
    import("../../inventory/sources/registrations"),
  ]);
  const run = await runProgram(full, {
    ...(options.stack === undefined ? {} : { stack: options.stack }),
    timeoutSeconds: options.timeoutSeconds,
    env: io.env,
    ...(options.verbose ? { onOutput: io.err } : {}),
  });
  const resources = fromRegistrations(run.registrations);
  const { stackSettings } = await import("../../policies/stackSettings");
  if (resources.length === 0) throw nothingToJudge(path);
  return {
    source: { kind: "program", path, stack: run.stack, resources: resources.length },
    resources,
    stackSettings: stackSettings({ PULUMI_CONFIG: JSON.stringify(run.config) }),
    notes: run.standIns.map((token) => `The function ${token} was answered with a stand-in, without the cloud.`),
  };
}

function stackOf(resources: readonly Resource[]): { stack?: string } {
  const stack = /^urn:pulumi:(.+?)::/.exec(resources[0]?.urn ?? "")?.[1];
  return stack === undefined ? {} : { stack };
}

function nothingToJudge(file: string): UserError {
  return new UserError([
    {
      code: "DPX013",
      message: "There are no resources in it, so there is nothing to judge.",
      fix: "Check that it is the stack that you meant, and that it has been deployed or previewed.",
      file,
    },
  ]);
}
