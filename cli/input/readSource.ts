/** From what a user named to resources: a file, standard input, or a project folder whose program is run. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Resource } from "../../inventory/resource";
import type { KnownSecrets } from "../../inventory/secrets/text";
import { isSimulated } from "../../inventory/simulated";
import { looksLikeEventLog, readEventLog } from "../../inventory/sources/eventLog";
import type { Reading } from "../../inventory/sources/reading";
import { readResources } from "../../inventory/sources/readResources";
import type { NotJudged } from "../../model";
import { UserError } from "../../model/errors";
import { settingsOfStack, stackSettings } from "../../policies/stackSettings";
import type { Source } from "../../report/check/report";
import type { PluginComponent } from "../engine/program/pluginComponents";
import type { Io } from "../io";
import { clusterOfFile } from "./clusterOfFile";
import { encryptedNotes } from "./encrypted";
import { readingNotes } from "./readingNotes";
import { projectsIn } from "./projectsIn";
import { count, named } from "../../report/figures";
import { namingFile } from "./namingFile";
import { runOptions, type ProgramOptions } from "./programOptions";
import { isManifests, resourcesOfFolder, resourcesOfText } from "./readManifests";
import { readFileText, readStdinText, stdinName, unreadable } from "./readText";
import { stackOf } from "./stackName";
import { parseState, readStateFile, type StateDocument } from "./stateFile";

/** At most so many projects are named; the number of the rest is said. */
const mostProjects = 10;

export interface ReadSource {
  readonly source: Source;
  readonly resources: readonly Resource[];
  /** What the reader of a report should know about where the resources come from. */
  readonly notes: readonly string[];
  /** Resources of which the source itself says that it is in doubt. @default none */
  readonly doubts?: readonly NotJudged[];
  /** Policy settings of the stack's own configuration; undefined where there are none or none are at hand. */
  readonly stackSettings?: unknown;
  /** Components of a program that are built inside a provider plugin. @default none */
  readonly components?: readonly PluginComponent[];
  /**
   * What was there before the operation that the source tells of; undefined where it tells of none, or where nothing
   * was there.
   */
  readonly before?: () => ReadSource | undefined;
  /** What the source holds in clear and nobody may be told. @default nothing */
  readonly secrets?: KnownSecrets;
}

/**
 * Reads resources.
 *
 * @param path a file, `-` for standard input, or a folder with Pulumi.yaml or manifests.
 */
export async function readSource(path: string, options: ProgramOptions, io: Io): Promise<ReadSource> {
  if (path === "-") {
    refuseStack(options.stack, stdinName, "not a folder");
    return fromText(await readStdinText(io), stdinName);
  }
  const full = resolve(io.cwd, path);
  const status = await stat(full).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!status.isDirectory()) return fromFile(full, path, options, io);
  const project = await stat(join(full, "Pulumi.yaml")).catch(() => undefined);
  return project?.isFile() ? fromProgram(full, path, options, io) : fromFolder(full, path, options, io);
}

async function fromFolder(full: string, path: string, { stack }: ProgramOptions, io: Io): Promise<ReadSource> {
  refuseStack(stack, path, "no project");
  refuseProjects(await projectsIn(full), path);
  const resources = await resourcesOfFolder(full, path, io);
  if (resources !== undefined) return sourceOf("manifests", path, resources, []);
  throw new UserError([
    {
      code: "DPX003",
      message: "This folder holds no Pulumi.yaml and no manifests.",
      fix:
        "Give the folder of a Pulumi project or of manifests, " +
        "or a `pulumi stack export` or `pulumi preview --json --show-sames` file.",
      file: path,
    },
  ]);
}

/** A folder of projects holds YAML that is no manifest, and nobody can say which of them is meant. */
function refuseProjects(projects: readonly string[], path: string): void {
  if (projects.length === 0) return;
  const folders = projects.map((project) => join(path, project));
  throw new UserError([
    {
      code: "DPX003",
      message:
        `One project is judged at a time, and this folder holds ${count(projects.length, "project")} ` +
        "further down.",
      fix: `Name one of them: ${named(folders, mostProjects)}.`,
      file: path,
    },
  ]);
}

function refuseStack(stack: string | undefined, path: string, what: string): void {
  if (stack === undefined) return;
  throw new UserError([
    {
      code: "DPX001",
      message: `The option --stack ${stack} says which stack of a project folder to run, and ${path} is ${what}.`,
      fix: "Leave it out.",
    },
  ]);
}

async function fromFile(full: string, path: string, { stack }: ProgramOptions, io: Io): Promise<ReadSource> {
  refuseStack(stack, path, "not a folder");
  const state = readStateFile(full, { isCompact: true });
  return state === undefined ? fromText(await readFileText(path, io), path) : fromDocument(state, path);
}

async function fromText(text: string, path: string): Promise<ReadSource> {
  if (looksLikeEventLog(text)) {
    return fromReading(
      "eventLog",
      path,
      namingFile(path, () => readEventLog(text)),
      ["An event log does not say what a resource was made from: what it leaves open is judged as not known."],
    );
  }
  if (isManifests(text, path)) {
    const cluster = path === stdinName ? "manifests" : clusterOfFile(path);
    return sourceOf("manifests", path, await resourcesOfText(text, path, cluster), []);
  }
  return fromDocument(parseState(text, path), path);
}

function fromDocument({ document, encrypted, secrets }: StateDocument, path: string): ReadSource {
  const { kind, ...reading } = namingFile(path, () => readResources(document));
  const read = fromReading(kind === "preview" ? "preview" : "state", path, reading, encryptedNotes(encrypted));
  return secrets === undefined ? read : withSecrets(read, secrets);
}

function withSecrets(read: ReadSource, secrets: KnownSecrets): ReadSource {
  const before = read.before;
  if (before === undefined) return { ...read, secrets };
  const earlier = () => {
    const was = before();
    return was === undefined ? undefined : { ...was, secrets };
  };
  return { ...read, secrets, before: earlier };
}

/** What a document gives, with the settings of the stack's configuration that it was made with. */
function fromReading(kind: Source["kind"], path: string, reading: Reading, notes: readonly string[]): ReadSource {
  const { resources, doubts, config } = reading;
  const read = sourceOf(kind, path, resources, [...notes, ...readingNotes(reading)]);
  const settings = config === undefined ? {} : { stackSettings: settingsOfStack(new Map(Object.entries(config))) };
  const { before } = reading;
  if (before === undefined) return { ...read, doubts, ...settings };
  const earlier = () => {
    const was = before();
    return was.length === 0 ? undefined : { ...sourceOf(kind, `${path} (before)`, was, notes), ...settings };
  };
  return { ...read, doubts, ...settings, before: earlier };
}

/** Resources with their source; refuses (DPX013) where there are none. */
export function sourceOf(
  kind: Source["kind"],
  path: string,
  resources: readonly Resource[],
  notes: readonly string[],
): ReadSource {
  if (resources.length === 0) throw nothingToJudge(path);
  const stack = stackOf(resources.slice(0, 1).map(({ urn }) => urn));
  return {
    source: {
      kind,
      path,
      ...(stack === undefined ? {} : { stack }),
      resources: resources.length,
      ...(isSimulated(resources) ? { simulated: true } : {}),
    },
    resources,
    notes,
  };
}

async function fromProgram(full: string, path: string, options: ProgramOptions, io: Io): Promise<ReadSource> {
  // Loaded only here: gRPC and the protocol's messages take longer to load than a state takes to judge.
  const [{ runProgram }, { fromRegistrations }] = await Promise.all([
    import("../engine/program/runProgram"),
    import("../../inventory/sources/registrations"),
  ]);
  const { useTheEngine } = await import("../engine/program/project");
  const { notBuilt } = await import("../engine/program/pluginComponents");
  const run = await runProgram(full, runOptions(options, io));
  const resources = fromRegistrations(run.registrations);
  if (resources.length === 0) throw nothingToJudge(path);
  return {
    source: { kind: "program", path, stack: run.stack, resources: resources.length },
    resources,
    doubts: run.components.map(notBuilt),
    components: run.components,
    stackSettings: stackSettings({ PULUMI_CONFIG: JSON.stringify(run.config) }),
    notes: [
      ...(run.components.length === 0
        ? []
        : [`What provider plugins build is known to an engine alone. ${useTheEngine}`]),
      ...run.standIns.map((token) => `The function ${token} was answered with a stand-in, without the cloud.`),
      ...run.unanswered.map((token) => `The function ${token} asks the cloud: what it gives is judged as not known.`),
    ],
  };
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
