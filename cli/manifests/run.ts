/** `duplex manifests`: a program's objects of Kubernetes, by cluster, in files or on standard output. */
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { visible, visibleLines } from "../../lib/visible";
import { sitesOf } from "../../inventory/sites";
import { fromRegistrations } from "../../inventory/sources/registrations";
import { Stack } from "../../inventory/stack";
import { UserError } from "../../model/errors";
import { named } from "../../report/figures";
import { refuseNotBuilt } from "../engine/program/pluginComponents";
import { runProgram } from "../engine/program/runProgram";
import { runOptions } from "../input/programOptions";
import { unreadable } from "../input/readText";
import type { Io } from "../io";
import { writeAnswer } from "../output/writeAnswer";
import { fileOfCluster, manifestText } from "./manifestText";
import { manifestsOf, type ClusterManifests } from "./manifestsOf";
import type { ManifestFormat, ManifestsOptions } from "./options";

/** At most so many of one cluster's values are named; the number of the rest is said. */
const mostNamed = 10;

/** Runs the program of a folder and writes its objects. */
export async function manifests(path: string, options: ManifestsOptions, io: Io): Promise<void> {
  const { registrations, standIns, components } = await runProgram(resolve(io.cwd, path), runOptions(options, io));
  refuseNotBuilt(
    components.filter(({ type }) => type.startsWith("kubernetes:")),
    path,
  );
  const clusters = chosen(manifestsOf(registrations), options.cluster, path);
  if (options.writeSites !== undefined) {
    const sites = sitesOf(new Stack(fromRegistrations(registrations)), {});
    await writeAnswer(`${JSON.stringify({ sites }, null, 2)}\n`, options.writeSites, io);
  }
  if (options.output === "-") await writeAnswer(manifestText(only(clusters, path), options.format), undefined, io);
  else await writeFolder(clusters, options.output, options.format, io);
  for (const token of standIns)
    io.err(`The function ${visible(token)} was answered with a stand-in, without the cloud.\n`);
  for (const cluster of clusters) io.err(visibleLines(notesOn(cluster)));
}

function chosen(
  all: readonly ClusterManifests[],
  wanted: string | undefined,
  file: string,
): readonly ClusterManifests[] {
  const list = wanted === undefined ? all : all.filter(({ cluster, site }) => cluster === wanted || site === wanted);
  if (list.length > 0) return list;
  const names = all.map(({ cluster }) => cluster).join(", ");
  throw new UserError([
    names === ""
      ? {
          code: "DPX015",
          message: "The program makes no objects of Kubernetes.",
          fix: "Give a project, and with --stack a stack, that has some.",
          file,
        }
      : {
          code: "DPX016",
          message: `The program makes nothing in a cluster or site of the name "${wanted}".`,
          fix: `Give one of: ${names}.`,
          file,
        },
  ]);
}

/** One stream goes to one cluster: applied whole, the objects of several would all land in the same. */
function only(clusters: readonly ClusterManifests[], file: string): ClusterManifests {
  const [first] = clusters;
  if (first !== undefined && clusters.length === 1) return first;
  const names = clusters.map(({ cluster }) => cluster);
  throw new UserError([
    {
      code: "DPX017",
      message: `Standard output takes the objects of one cluster; the program makes some in ${clusters.length}.`,
      fix: `Give \`--output FOLDER\`, or \`--cluster\` with one of: ${names.join(", ")}.`,
      file,
    },
  ]);
}

async function writeFolder(clusters: readonly ClusterManifests[], folder: string, format: ManifestFormat, io: Io) {
  const full = resolve(io.cwd, folder);
  const files = clusters.map((cluster) => ({ cluster, file: fileOfCluster(cluster.cluster, format) }));
  const there = await mkdir(full, { recursive: true })
    .then(() => readdir(full))
    .catch((error: unknown) => {
      throw unreadable(folder, error);
    });
  const ours = new Set(files.map(({ file }) => file));
  const others = there.filter((name) => /\.(?:ya?ml|json)$/i.test(name) && !ours.has(name)).sort();
  if (others.length > 0) {
    // A cluster that the program no longer makes would be judged, and applied, with the others.
    throw new UserError([
      {
        code: "DPX018",
        message: `The folder holds manifests that this run does not write: ${others.join(", ")}.`,
        fix: "Remove them, or give an empty folder.",
        file: folder,
      },
    ]);
  }
  for (const { cluster, file } of files) await writeAnswer(manifestText(cluster, format), join(folder, file), io);
  const lines = files.map(
    ({ cluster, file }) => `  ${visible(join(folder, file))}  ${cluster.objects.length} objects\n`,
  );
  io.err(`Written, a file for each cluster:\n${lines.join("")}`);
}

function notesOn({ cluster, unknown, secret, leftOut }: ClusterManifests): string {
  const paths = (list: ClusterManifests["unknown"]) =>
    named(
      list.map(({ object, path }) => `${object} ${path}`),
      mostNamed,
    );
  const notes = [
    ...(unknown.length === 0 ? [] : [`Known only once it is deployed, and written as a mark: ${paths(unknown)}.`]),
    ...(secret.length === 0 ? [] : [`Secret, and replaced by a placeholder: ${paths(secret)}.`]),
    ...leftOut.map((reason) => `Left out: ${reason}`),
  ];
  return notes.map((note) => `${cluster}: ${note}\n`).join("");
}
