/**
 * Work that cannot wait for the building to come back: an update and a drain while one facility is gone. And the one thing
 * that does not come back by itself: a pod whose volume stands in the dark.
 */
import { judge } from "../../policies/judge";
import { topologyKeys } from "../../model";
import { facility } from "../support/estateBuilder";
import { Cluster } from "./support/cluster";
import { startControlPlane, type ControlPlane } from "./support/controlPlane";
import { cordon, drain } from "./support/drain";
import { conditionOf, type KubernetesObject } from "./support/objects";
import { stretchedNodes } from "./support/nodes";
import { revised } from "./support/soak";
import { estateOf, renderStretched, type RenderedCluster } from "./support/rendered";
import type { StretchedCluster } from "./support/stretched";
import { podsByFacility } from "./support/survivors";
import { storageClass, volumeAt } from "./support/volumes";
import { watchFloor } from "./support/watchFloor";

const minutes = 60_000;
const tiers = { login: "critical", gift: "standard" } as const;

/** Twelve pods of which nine carry the peak: the loss of one of four facilities is not felt. */
const wide: StretchedCluster = {
  name: "upkeep",
  facilities: ["ansan", "anyang", "chuncheon", "gwangju"].map((name) => facility(name)),
  // Two facilities have room for both services, and for the pods that an update starts before it ends others.
  size: { hosts: 2, cpu: 16, memory: 40 },
  services: (["login", "gift"] as const).map((service) => ({
    identity: {
      ...{ service, tier: tiers[service], layer: "compute", peakRps: 900, unitRps: 100 },
      objectives: { rtoSeconds: 300, rpoSeconds: 60, leastShare: 1 },
    },
    units: 12,
    placeholders: 4,
  })),
};

let plane: ControlPlane;
let cluster: Cluster;
let rendered: RenderedCluster;
beforeAll(async () => {
  const [started, all] = await Promise.all([startControlPlane(), renderStretched([wide])]);
  plane = started;
  cluster = new Cluster(plane);
  rendered = all.get(wide.name) ?? { objects: [], text: "" };
}, 3 * minutes);
beforeEach(async () => {
  await cluster.fleet.addNodes(wide.facilities.flatMap((site) => stretchedNodes(site, wide.size)));
  await cluster.fleet.ready();
}, minutes);
afterEach(() => cluster.clear(), minutes);
afterAll(async () => {
  await cluster?.fleet.close();
  await plane?.stop();
}, minutes);

const nodesIn = (name: string) => cluster.fleet.nodes.filter((node) => node.facility === name).map((node) => node.name);

test(
  "an update and a drain while a facility is gone leave the peak served",
  async () => {
    const services = wide.services.map(({ identity }) => identity.service);
    await cluster.apply(rendered.objects);
    await cluster.full();
    await cluster.fleet.loseNodes(nodesIn("ansan"));
    await cluster.settled();
    const floor = watchFloor(cluster, services);
    await Promise.all([
      ...rendered.objects.filter(isService).map((object) => plane.api.apply(revised(object, 2))),
      drain(cluster, nodesIn("anyang")),
    ]);
    await cluster.updated();
    await cordon(plane, nodesIn("anyang"), false);
    for (const { identity } of wide.services) {
      const share = (floor.of(identity.service) * identity.unitRps) / identity.peakRps;
      process.stderr.write(
        `${identity.service}: never fewer than ${floor.of(identity.service)} pods, ${Math.round(share * 100)} % of the peak.\n`,
      );
      expect(share).toBeGreaterThanOrEqual(identity.objectives?.leastShare ?? NaN);
    }
  },
  4 * minutes,
);

test(
  "after an update the pods are spread over the facilities as evenly as before",
  async () => {
    await cluster.apply(rendered.objects);
    await cluster.full();
    for (const round of [2, 3, 4]) {
      for (const object of rendered.objects.filter(isService)) await plane.api.apply(revised(object, round));
      await cluster.updated();
      for (const service of ["login", "gift"]) {
        const counts = wide.facilities.map((site) => podsByFacility(cluster, service).get(site.facility) ?? 0);
        expect({ service, round, counts }).toEqual({ service, round, counts: [3, 3, 3, 3] });
      }
    }
  },
  4 * minutes,
);

test(
  "a pod whose volume stands in the lost facility stays pending, and the policy has said so",
  async () => {
    const ledger = ledgerOf();
    const disks = wide.facilities.map(({ name }) => volumeAt(`ledger-${name}`, "zonal", "zone", name));
    await cluster.apply([storageClass("zonal", "ebs.csi.aws.com"), ...disks, ...ledger]);
    await cluster.full();
    const [home = ""] = podsByFacility(cluster, "ledger").keys();

    const text = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [storageClass("zonal", "ebs.csi.aws.com"), ...ledger],
    });
    const findings = judge(estateOf("upkeep", text, wide.facilities)).findings;
    expect(findings.filter(({ policy, service }) => policy === "zonal-volume" && service === "ledger")).toHaveLength(1);

    await cluster.fleet.loseNodes(nodesIn(home));
    await cluster.settled();
    const [pod] = cluster.workloads.flatMap((workload) => cluster.podsOf(workload));
    expect(pod && conditionOf(pod, "PodScheduled")).toMatchObject({ status: "False", reason: "Unschedulable" });
    expect(pod && conditionOf(pod, "PodScheduled")?.message).toMatch(
      /PersistentVolume's node affinity|volume node affinity conflict/,
    );
  },
  2 * minutes,
);

function isService({ kind, metadata }: KubernetesObject): boolean {
  return kind === "Deployment" && !metadata.name.endsWith("-placeholder");
}

/** A critical store of one pod with one volume, where the scheduler puts it. */
function ledgerOf(): readonly KubernetesObject[] {
  const labels = { "app.kubernetes.io/name": "ledger", "duplex.dev/service": "ledger", "duplex.dev/tier": "critical" };
  const container = {
    ...{ name: "store", image: "registry.example/ledger:1" },
    resources: { requests: { cpu: "1", memory: "1Gi" } },
    volumeMounts: [{ name: "data", mountPath: "/data" }],
  };
  const matchLabels = { "app.kubernetes.io/name": "ledger" };
  const spread = {
    topologyKey: topologyKeys.zone,
    maxSkew: 1,
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: { matchLabels },
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "ledger" } },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "ledger", namespace: "ledger", labels },
      spec: {
        serviceName: "ledger",
        replicas: 1,
        selector: { matchLabels },
        template: { metadata: { labels }, spec: { topologySpreadConstraints: [spread], containers: [container] } },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: "zonal",
              resources: { requests: { storage: "100Gi" } },
            },
          },
        ],
      },
    },
  ];
}
