/** The objects that Pulumi would apply, by cluster, and the estate that the inventory reads in them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { manifestsOf, type Withheld } from "../../../cli/manifests/manifestsOf";
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

/**
 * Runs the program of a folder; its objects by cluster. What only a deployment knows (a table's name, a balancer's
 * addresses) stands in as a text or as addresses that are kept for documents; no pod's place hangs on either.
 */
export async function render(folder: string, env: NodeJS.ProcessEnv = process.env, stack?: string): Promise<Rendered> {
  const { registrations } = await runProgram(folder, { stack, timeoutSeconds: 240, env });
  const all = manifestsOf(registrations);
  const clusters = new Map(
    all.map((one) => {
      const { items } = JSON.parse(manifestText(one, "json")) as { items: readonly KubernetesObject[] };
      const objects = withStandIns(items, [...one.unknown, ...one.secret]);
      return [one.cluster, { objects, text: JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }) }];
    }),
  );
  return { clusters, estate: () => readEstate(fromRegistrations(registrations)) };
}

/** RFC 5737: addresses that are nobody's. */
const nobodysRange = "192.0.2.0/24";

/** What may be open: values of variables, and ranges that pods may call. */
const standIns: readonly (readonly [path: RegExp, value: string])[] = [
  [/^spec\.template\.spec\.containers\[\d+\]\.env\[\d+\]\.value$/, "known-when-deployed"],
  [/^spec\.egress\[\d+\]\.to\[\d+\]\.ipBlock\.cidr$/, nobodysRange],
];

function withStandIns(objects: readonly KubernetesObject[], open: readonly Withheld[]): readonly KubernetesObject[] {
  const byTitle = new Map(objects.map((object) => [titleOf(object), object]));
  for (const { object, path } of open) {
    const found = byTitle.get(object);
    const value = standIns.find(([pattern]) => pattern.test(path))?.[1];
    if (found === undefined || value === undefined)
      throw new Error(`${object} cannot be applied: its ${path} is not known, and nothing can stand in for it.`);
    setAt(found, path, value);
  }
  return objects;
}

function titleOf({ kind = "", metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata.name}`;
}

/** Sets what a path such as `spec.containers[0].image` leads to. */
function setAt(object: object, path: string, value: string): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  const last = steps.pop() ?? "";
  let at = object as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  at[last] = value;
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
