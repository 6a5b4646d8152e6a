/**
 * A facility that goes silent rather than away: its nodes give no sign of life, and Kubernetes waits. Grace period and rate of
 * evictions are shortened; they are the real controllers' flags, and the tolerations are the components' own.
 */
import { createSurvival } from "../../survival";
import { facility } from "../support/estateBuilder";
import { Cluster } from "./support/cluster";
import { startControlPlane, type ControlPlane } from "./support/controlPlane";
import { nodeObject, stretchedNodes } from "./support/nodes";
import { estateOf, renderStretched, type RenderedCluster } from "./support/rendered";
import { podsByFacility, podsLeft } from "./support/survivors";
import type { StretchedCluster } from "./support/stretched";
import { waitFor } from "./support/wait";
import { watchFloor } from "./support/watchFloor";

const minutes = 60_000;
const settings = { graceSeconds: 6, evictionsPerSecond: 0.25 };
/** Grace period that Kubernetes has where nobody shortens it, and that the model counts: 50 s since 1.32. */
const graceByDefault = 50;
/** From then on the monitor looks every half second, evictions and bindings take their time, and the machine is shared. */
const slackSeconds = 6;
const hosts = 2;

const login = service("login", { rtoSeconds: 90 });
const pay = service("pay", { rtoSeconds: 100 });
const wide: StretchedCluster = {
  name: "silent",
  facilities: ["ansan", "anyang", "chuncheon"].map((name) => facility(name)),
  size: { hosts, cpu: 16, memory: 40 },
  services: [
    { identity: login, units: 9, placeholders: 6 },
    { identity: pay, units: 6, placeholders: 3 },
  ],
};

function service(
  name: string,
  { rtoSeconds }: { rtoSeconds: number },
): StretchedCluster["services"][number]["identity"] {
  const objectives = { rtoSeconds, rpoSeconds: 0, leastShare: 1 };
  return { service: name, tier: "critical", layer: "compute", peakRps: 600, unitRps: 100, objectives };
}

let plane: ControlPlane;
let cluster: Cluster;
let rendered: RenderedCluster;
beforeAll(async () => {
  const [started, all] = await Promise.all([startControlPlane(settings), renderStretched([wide])]);
  plane = started;
  cluster = new Cluster(plane);
  rendered = all.get(wide.name) ?? { objects: [], text: "" };
  await cluster.fleet.addNodes(wide.facilities.flatMap((site) => stretchedNodes(site, wide.size)));
  await cluster.fleet.ready();
  await cluster.apply(rendered.objects);
  await cluster.full();
}, 3 * minutes);
afterAll(async () => {
  await cluster?.fleet.close();
  await plane?.stop();
}, minutes);

/** Seconds that a service's pods tolerate a silent node, as its objects say. */
function tolerationOf(name: string): number {
  const found = rendered.objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name);
  const { template } = found?.spec as { template: { spec: { tolerations: readonly { tolerationSeconds: number }[] } } };
  return Math.max(...template.spec.tolerations.map(({ tolerationSeconds }) => tolerationSeconds));
}

test(
  "pods move after grace and toleration, as the model counts, and what runs elsewhere serves meanwhile",
  async () => {
    // With its nodes, from which the model knows how many are to be tainted.
    const nodes = cluster.fleet.nodes.map((node) => nodeObject(node, new Date()));
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: [...rendered.objects, ...nodes] });
    const survival = createSurvival(estateOf(wide.name, text, wide.facilities));
    const names = wide.services.map(({ identity }) => identity.service);
    const silent = cluster.fleet.nodes.filter((node) => node.facility === "ansan").map((node) => node.name);
    const left = new Map(names.map((name) => [name, podsLeft(podsByFacility(cluster, name), ["ansan"])]));
    cluster.fleet.silence(silent);
    const start = Date.now();
    const floor = watchFloor(cluster, names);

    const seconds = new Map<string, number>();
    await waitFor(
      "every service to be back at full strength",
      90,
      () => {
        for (const { identity, units } of wide.services) {
          if (!seconds.has(identity.service) && cluster.servingOf(identity.service) >= units) {
            seconds.set(identity.service, (Date.now() - start) / 1000);
          }
        }
        return seconds.size === names.length;
      },
      () => cluster.describe(),
    );

    for (const name of names) {
      const measured = seconds.get(name) ?? Infinity;
      // A zone's nodes are tainted one after the other, at the rate of evictions: the last pods leave with the last node.
      const wave = (hosts - 1) / settings.evictionsPerSecond;
      const expected = settings.graceSeconds + tolerationOf(name) + wave;
      process.stderr.write(
        `${name}: at full strength ${measured.toFixed(1)} s after its nodes fell silent (grace ${settings.graceSeconds} s, toleration ${tolerationOf(name)} s, wave ${wave} s).\n`,
      );
      // The lease is renewed every second: a node may have been silent for a part of the grace period already.
      expect(measured).toBeGreaterThan(expected - 2);
      expect(measured).toBeLessThan(expected + slackSeconds);
      const { immediateShare, share, rtoSeconds } = survival.outcome(name, ["facility:ansan"]);
      const { peakRps = NaN, unitRps = NaN } = name === "login" ? login : pay;
      expect(Math.min(1, ((left.get(name) ?? 0) * unitRps) / peakRps)).toBeCloseTo(immediateShare, 9);
      expect(floor.of(name)).toBe(left.get(name));
      expect(share).toBe(1);
      // What was served at once needs no time; else the model counts the grace period that nobody has shortened.
      const counted = immediateShare < 1 ? rtoSeconds : Infinity;
      expect(counted).toBeGreaterThanOrEqual(measured - settings.graceSeconds + graceByDefault);
    }
  },
  3 * minutes,
);

test(
  "nodes that answer again end what was moved away, and nothing runs twice",
  async () => {
    await cluster.fleet.wake(cluster.fleet.nodes.map((node) => node.name));
    await cluster.fleet.ready();
    await cluster.full();
    for (const workload of cluster.workloads) expect(cluster.podsOf(workload)).toHaveLength(workload.replicas);
  },
  2 * minutes,
);
