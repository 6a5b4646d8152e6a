/** Random losses and returns by a seed: a minute here, as long as DUPLEX_SOAK_MINUTES says in the nightly run. */
import { facility } from "../support/estateBuilder";
import { Cluster } from "./support/cluster";
import { startControlPlane, type ControlPlane } from "./support/controlPlane";
import { inParallel } from "./support/fleet";
import { stretchedNodes } from "./support/nodes";
import { pathOf, type KubernetesObject } from "./support/objects";
import { renderStretched } from "./support/rendered";
import { soak } from "./support/soak";
import type { StretchedCluster } from "./support/stretched";

const minutes = 60_000;
const soakMinutes = Number(process.env["DUPLEX_SOAK_MINUTES"] ?? 1);
const seed = Number(process.env["DUPLEX_SEED"] ?? 127);

const tiers = { login: "critical", messenger: "critical", shop: "important", ads: "standard" } as const;
const wide: StretchedCluster = {
  name: "soak",
  facilities: ["ansan", "anyang", "chuncheon", "gwangju"].map((name) => facility(name)),
  // Three facilities have room for everything, for a host that is missing, and for what an update starts first.
  size: { hosts: 3, cpu: 16, memory: 40 },
  services: (["login", "messenger", "shop", "ads"] as const).map((service, index) => ({
    identity: {
      ...{ service, tier: tiers[service], layer: "compute", peakRps: 900, unitRps: 100 },
      objectives: { rtoSeconds: 300, rpoSeconds: 60, leastShare: 1 },
    },
    units: 12 - index,
    placeholders: 4 - index,
  })),
};

let plane: ControlPlane;
let cluster: Cluster;
let objects: readonly KubernetesObject[];
beforeAll(async () => {
  const [started, all] = await Promise.all([startControlPlane(), renderStretched([wide])]);
  plane = started;
  cluster = new Cluster(plane);
  objects = all.get(wide.name)?.objects ?? [];
  await cluster.fleet.addNodes(wide.facilities.flatMap((site) => stretchedNodes(site, wide.size)));
  await cluster.fleet.ready();
  await cluster.apply(objects);
  await cluster.full();
}, 3 * minutes);
afterAll(async () => {
  await cluster?.fleet.close();
  await plane?.stop();
}, minutes);

test(
  `${soakMinutes} minutes of losses and returns of seed ${seed}: nothing is lost, and no drift is left`,
  async () => {
    const { done, broken } = await soak({ cluster, wide, objects, seed, seconds: soakMinutes * 60 });
    process.stderr.write(`Seed ${seed}: ${Object.entries(done).map(([what, count]) => `${count} of ${what}`).join(", ")}.\n`); // prettier-ignore
    expect(broken).toEqual([]);
    expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4);

    // As first applied, and all of it there: pods, the room that is held, and nothing beside them.
    await inParallel(objects, (object) => plane.api.apply(object));
    await cluster.updated();
    await cluster.full();
    for (const workload of cluster.workloads) expect(cluster.podsOf(workload)).toHaveLength(workload.replicas);
    expect(cluster.fleet.pods).toHaveLength(cluster.workloads.reduce((sum, { replicas }) => sum + replicas, 0));
    const before = await generations();
    await inParallel(objects, (object) => plane.api.apply(object));
    expect(await generations()).toEqual(before);
  },
  (soakMinutes + 4) * minutes,
);

/** What an apply that changes something raises. */
async function generations(): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const object of objects) {
    const live = (await plane.api.request("GET", pathOf(object))) as KubernetesObject;
    found.set(pathOf(object), { ...live.spec as object, generation: live.metadata.generation }); // prettier-ignore
  }
  return found;
}
