/** Losses, returns, drains and updates at random, by a seed, for as long as is given; what must hold is looked at after each. */
import type { Cluster } from "./cluster";
import { cordon, drain } from "./drain";
import { stretchedNodes } from "./nodes";
import type { KubernetesObject } from "./objects";
import { slotsOf, type StretchedCluster } from "./stretched";
import { fullAfter, podsByFacility } from "./survivors";
import { watchFloor, type Floor } from "./watchFloor";

export interface SoakOptions {
  readonly cluster: Cluster;
  readonly wide: StretchedCluster;
  readonly objects: readonly KubernetesObject[];
  readonly seed: number;
  readonly seconds: number;
}

export interface SoakReport {
  /** How often each was done. */
  readonly done: Readonly<Record<string, number>>;
  /** What did not hold, in sentences; empty where all held. */
  readonly broken: readonly string[];
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Plays until the time is up, and then lets everything come back. */
export async function soak({ cluster, wide, objects, seed, seconds }: SoakOptions): Promise<SoakReport> {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("There is nothing to pick from.");
    return found;
  };
  const done: Record<string, number> = {};
  const broken: string[] = [];
  const services = wide.services.map(({ identity }) => identity.service);
  const floor = watchFloor(cluster, services);
  let dark: string | undefined;
  let revision = 1;

  const nodesIn = (name: string) =>
    cluster.fleet.nodes.filter((node) => node.facility === name).map((node) => node.name);
  const lit = () => wide.facilities.map((site) => site.facility).filter((name) => name !== dark);
  const count = (what: string) => (done[what] = (done[what] ?? 0) + 1);
  const say = (what: string, words: string) => broken.push(`Seed ${seed}, ${what} number ${done[what]}: ${words}`);

  /** Who has to run again with this many facilities. */
  const lookFor = (what: string) => {
    for (const name of fullAfter(wide, slotsOf(wide), lit().length)) {
      const units = wide.services.find(({ identity }) => identity.service === name)?.units ?? NaN;
      if (cluster.servingOf(name) !== units)
        say(what, `${cluster.servingOf(name)} of ${units} pods of ${name} run.\n${cluster.describe()}`);
    }
  };

  const update = async () => {
    revision++;
    for (const object of objects) if (isUnit(object)) await cluster.plane.api.apply(revised(object, revision));
    await cluster.updated();
  };

  const acts: Readonly<Record<string, () => Promise<void>>> = {
    async loss() {
      if (dark !== undefined) return acts["return"]?.();
      count("loss");
      const name = pick(lit());
      const left = new Map(services.map((service) => [service, withoutFacility(cluster, service, name)]));
      floor.reset();
      dark = name;
      await cluster.fleet.loseNodes(nodesIn(name));
      await cluster.settled();
      refuseBelow("loss", floor, left);
      lookFor("loss");
    },
    async return() {
      if (dark === undefined) return acts["loss"]?.();
      count("return");
      const site = wide.facilities.find(({ facility }) => facility === dark);
      if (site) await cluster.fleet.addNodes(stretchedNodes(site, wide.size));
      await cluster.fleet.ready();
      dark = undefined;
      await cluster.settled();
      // Kubernetes moves nothing back by itself: the update that spreads the pods anew belongs to the return.
      await update();
      await cluster.settled();
      lookFor("return");
      for (const service of services) {
        const counts = lit().map((name) => podsByFacility(cluster, service).get(name) ?? 0);
        if (Math.max(...counts) - Math.min(...counts) > 1)
          say("return", `${service} stands ${counts.join(", ")} in ${lit().join(", ")}.`);
      }
    },
    async host() {
      count("host");
      const name = pick(cluster.fleet.nodes);
      await cluster.fleet.loseNodes([name.name]);
      await cluster.settled();
      await cluster.fleet.addNodes([name]);
      await cluster.fleet.ready();
      await cluster.settled();
      lookFor("host");
    },
    async drain() {
      count("drain");
      const { name } = pick(cluster.fleet.nodes);
      const start = new Map(services.map((service) => [service, cluster.servingOf(service)]));
      floor.reset();
      await drain(cluster, [name]);
      await cordon(cluster.plane, [name], false);
      await cluster.settled();
      const least = wide.services.map(
        ({ identity, units }) =>
          [identity.service, Math.min(start.get(identity.service) ?? 0, units) - Math.ceil(units / 10)] as const,
      );
      refuseBelow("drain", floor, new Map(least));
    },
    async update() {
      count("update");
      const start = new Map(services.map((service) => [service, cluster.servingOf(service)]));
      floor.reset();
      await update();
      refuseBelow("update", floor, start);
    },
  };

  function refuseBelow(what: string, floors: Floor, least: ReadonlyMap<string, number>): void {
    for (const [service, pods] of least) {
      if (floors.of(service) < pods) say(what, `${service} had ${floors.of(service)} pods, and must have had ${pods}.`);
    }
  }

  for (const end = Date.now() + seconds * 1000; Date.now() < end && broken.length === 0;) {
    await acts[pick(Object.keys(acts))]?.();
  }
  if (dark !== undefined) await acts["return"]?.();
  return { done, broken };
}

function withoutFacility(cluster: Cluster, service: string, name: string): number {
  return [...podsByFacility(cluster, service)].reduce(
    (sum, [facility, pods]) => sum + (facility === name ? 0 : pods),
    0,
  );
}

function isUnit({ kind, metadata }: KubernetesObject): boolean {
  return kind === "Deployment" && !metadata.name.endsWith("-placeholder");
}

/** The same with an image of another revision. */
export function revised(object: KubernetesObject, revision: number): KubernetesObject {
  const copy = structuredClone(object);
  const { template } = copy.spec as { template: { spec: { containers: { image: string }[] } } };
  for (const container of template.spec.containers)
    container.image = container.image.replace(/:[^:]*$/, `:${revision}`);
  return copy;
}
