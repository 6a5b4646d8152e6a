/** Services of two estates that have another name in each and are the same one. */
import { listsBy } from "../lib/lists";
import type { Resource, Value } from "../inventory/resource";
import type { Estate, Service, ServiceId, Urn } from "../model";
import { urnsOf } from "./evidence/read";

/** The later name by the earlier one. */
export type Renames = ReadonlyMap<ServiceId, ServiceId>;

/** A stack as it was, or as it is to be. */
export interface Side {
  readonly estate: Estate;
  readonly resources: readonly Resource[];
}

/**
 * A service that is gone and one that is new are the same where most of the resources that run it are, by their URNs or
 * by an alias; else where both run the same images in the same way at the same places, and no other service that has
 * gone or come could be meant. Of two that are alike nobody can say which became which: they stay gone and new.
 */
export function renamesBetween(before: Side, after: Side): Renames {
  const gone = without(before.estate, after.estate);
  const fresh = without(after.estate, before.estate);
  if (gone.length === 0 || fresh.length === 0) return new Map();
  const aliases = aliasesIn(after.resources);
  const byResources = pairsOf(gone, fresh, (one, other) => sharesResources(one, other, aliases));
  const left = <T extends Service>(all: readonly T[], taken: Iterable<ServiceId>): readonly T[] => {
    const names = new Set(taken);
    return all.filter(({ id }) => !names.has(id));
  };
  const [shapesBefore, shapesAfter] = [
    listsBy(left(gone, byResources.keys()), shapesIn(before)),
    listsBy(left(fresh, byResources.values()), shapesIn(after)),
  ];
  const byShape = [...shapesBefore].flatMap(([shape, [one, ...others]]): readonly [ServiceId, ServiceId][] => {
    const [other, ...more] = shapesAfter.get(shape) ?? [];
    const isOnly = one !== undefined && other !== undefined && others.length + more.length === 0;
    return isOnly && shape !== nothingRuns ? [[one.id, other.id]] : [];
  });
  return new Map([...byResources, ...byShape]);
}

function without({ services }: Estate, other: Estate): readonly Service[] {
  const ids = new Set(other.services.map(({ id }) => id));
  return services.filter(({ id, layer }) => !ids.has(id) && layer !== "vendor");
}

/** Those that fit each other and nobody else. */
function pairsOf(
  gone: readonly Service[],
  fresh: readonly Service[],
  fits: (one: Service, other: Service) => boolean,
): Renames {
  const pairs = gone.flatMap((one) =>
    fresh.filter((other) => fits(one, other)).map((other) => [one.id, other.id] as const),
  );
  const [from, to] = [listsBy(pairs, ([id]) => id), listsBy(pairs, ([, id]) => id)];
  return new Map(pairs.filter(([one, other]) => from.get(one)?.length === 1 && to.get(other)?.length === 1));
}

function sharesResources(one: Service, other: Service, aliases: ReadonlyMap<Urn, Urn>): boolean {
  const own = new Set(urnsOf(other));
  const kept = urnsOf(one).filter((urn) => own.has(aliases.get(urn) ?? urn)).length;
  return 2 * kept > Math.max(own.size, urnsOf(one).length);
}

/** The URN of a resource by each that it had before. */
function aliasesIn(resources: readonly Resource[]): ReadonlyMap<Urn, Urn> {
  return new Map(resources.flatMap(({ urn, aliases = [] }) => aliases.map((earlier) => [earlier, urn] as const)));
}

/** The shape of a service of which nobody knows what it runs. */
const nothingRuns = "";

/** What a service runs, what it is asked for, and which units of which kind stand where: all but its names. */
function shapesIn({ resources }: Side): (service: Service) => string {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return (service) => {
    const images = new Set(service.urns.flatMap((urn) => imagesIn(byUrn.get(urn)?.properties)));
    return images.size === 0 ? nothingRuns : JSON.stringify([[...images].sort(), shapeOf(service)]);
  };
}

/** What a container or a machine is made from; a task definition of ECS holds it in a text. */
function imagesIn(value: Value): readonly string[] {
  if (typeof value === "string")
    return [...value.matchAll(/"image":\s*"([^"]+)"/g)].flatMap(([, image]) => image ?? []);
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(imagesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    imageKeys.has(key) && typeof inner === "string" ? [inner] : imagesIn(inner),
  );
}

const imageKeys: ReadonlySet<string> = new Set(["image", "imageUri", "imageId", "ami"]);

function shapeOf({ layer, tier, owner, peakRps, objectives, quorum, replicas }: Service): string {
  const units = replicas.map(({ urn, role, placement, capacityRps, units: count, startSeconds }) =>
    JSON.stringify([typeIn(urn), role, placement, capacityRps, count, startSeconds]),
  );
  return JSON.stringify([layer, tier, owner, peakRps, objectives, quorum, units.sort()]);
}

/** `urn:pulumi:stack::project::parents$type::name` */
function typeIn(urn: Urn): string {
  return urn.split("::")[2] ?? "";
}
