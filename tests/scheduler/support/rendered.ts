/** The objects that Pulumi would apply, by cluster, and the estate that the inventory reads in them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { manifestsOf } from "../../../cli/manifests/manifestsOf";
import { manifestText } from "../../../cli/manifests/manifestText";
import { runProgram } from "../../../cli/engine/program/runProgram";
import { fromManifests } from "../../../inventory/sources/manifests";
import { fromRegistrations } from "../../../inventory/sources/registrations";
import { readEstate } from "../../../inventory/readEstate";
import type { Estate, FacilitySite } from "../../../model";
import type { KubernetesObject } from "./objects";
import type { StretchedCluster } from "./stretched";

export const root = path.resolve(__dirname, "../../..");

export interface RenderedCluster {
  readonly objects: readonly KubernetesObject[];
  /** As `duplex manifests` writes them. */
  readonly text: string;
}

export interface Rendered {
  readonly clusters: ReadonlyMap<string, RenderedCluster>;
  /** What the inventory reads in everything that the program registers, clouds included. */
  estate(): Estate;
}

/** Runs the program of a folder; its objects by cluster, and none of them with a value left open. */
export async function render(folder: string, env: NodeJS.ProcessEnv = process.env, stack?: string): Promise<Rendered> {
  const { registrations } = await runProgram(folder, { stack, timeoutSeconds: 240, env });
  const all = manifestsOf(registrations);
  const open = all.flatMap(({ unknown, secret }) =>
    [...unknown, ...secret].map(({ object, path }) => `${object} ${path}`),
  );
  if (open.length > 0) throw new Error(`Objects cannot be applied with values that are not known: ${open.join(", ")}.`);
  const clusters = new Map(
    all.map((one) => {
      const text = manifestText(one, "json");
      const { items } = JSON.parse(text) as { items: readonly KubernetesObject[] };
      return [one.cluster, { objects: items, text }];
    }),
  );
  return { clusters, estate: () => readEstate(fromRegistrations(registrations)) };
}

/** The objects of clusters that a test describes, made by the components. */
export async function renderStretched(
  clusters: readonly StretchedCluster[],
): Promise<ReadonlyMap<string, RenderedCluster>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-stretched-"));
  try {
    const file = path.join(folder, "clusters.json");
    fs.writeFileSync(file, JSON.stringify(clusters));
    const program = path.join(root, "tests", "fixtures", "programs", "stretched-clusters");
    return (await render(program, { ...process.env, STRETCHED_CLUSTERS: file })).clusters;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** What `duplex check` reads in these manifests when it is told in which facilities the cluster stands. */
export function estateOf(name: string, text: string, facilities: readonly FacilitySite[]): Estate {
  const clusters = { [name]: facilities.map((site) => site.name).join(",") };
  return readEstate(fromManifests(text, { cluster: name }), { sites: facilities, clusters });
}
