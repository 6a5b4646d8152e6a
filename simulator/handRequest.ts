/**
 * The hand of control.ts for another process: one request as JSON on standard input, its answer as JSON on standard
 * output. The command line asks so, since the store's library is the simulated cloud's alone.
 */
import { openCloud, type Cloud, type CloudObject, type PlaceKind } from "./control";
import type { Properties } from "./engine/values";
import { Refusal } from "./errors";

/** An object is named by its id; type and place are asked for where several have it. */
export interface ObjectChoice {
  readonly id: string;
  readonly type?: string;
  readonly place?: string;
}

export type HandRequest =
  | { readonly ask: "list"; readonly type?: string }
  | { readonly ask: "lose" | "restore"; readonly kind: PlaceKind; readonly name: string }
  | { readonly ask: "drift"; readonly object: ObjectChoice; readonly change: Properties }
  | { readonly ask: "remove"; readonly object: ObjectChoice };

export interface ListedObject {
  readonly type: string;
  readonly place: string;
  readonly id: string;
  readonly urn: string;
}

export interface HandAnswer {
  /** Every place that is lost now. */
  readonly lost: readonly { readonly kind: PlaceKind; readonly name: string }[];
  /** What was listed, or the one that was changed. */
  readonly objects: readonly ListedObject[];
}

/** @throws Refusal for a place or an object that the cloud does not have */
export async function answerHand(request: HandRequest, folder: string): Promise<HandAnswer> {
  const cloud = openCloud(folder);
  try {
    const objects = answered(request, cloud).map(({ type, place, id, urn }) => ({ type, place, id, urn }));
    return { lost: cloud.lost(), objects };
  } finally {
    await cloud.close();
  }
}

function answered(request: HandRequest, cloud: Cloud): readonly CloudObject[] {
  switch (request.ask) {
    case "list":
      // A part of a token is enough: `ecs/service` for `aws:ecs/service:Service`.
      return cloud.list().filter(({ type }) => type.includes(request.type ?? ""));
    case "lose":
      refuseUnknown(request.kind, request.name, cloud);
      cloud.lose(request.kind, request.name);
      return [];
    case "restore":
      cloud.restore(request.kind, request.name);
      return [];
    case "drift":
      return [cloud.drift(chosen(request.object, cloud), request.change)];
    case "remove": {
      const object = chosen(request.object, cloud);
      cloud.remove(object);
      return [object];
    }
    default:
      return request satisfies never;
  }
}

/** Where something is; a place of nothing can be lost by mistake alone. */
function placesOf(kind: PlaceKind, cloud: Cloud): readonly string[] {
  const places = cloud.list().flatMap(({ type, place, zone }) => {
    if (kind === "zone") return zone === undefined ? [] : [zone];
    const isCluster = type.startsWith("kubernetes:");
    return isCluster === (kind === "cluster") && !["global", ""].includes(place) ? [place] : [];
  });
  return [...new Set(places)].sort();
}

function refuseUnknown(kind: PlaceKind, name: string, cloud: Cloud): void {
  const known = placesOf(kind, cloud);
  if (known.includes(name)) return;
  throw new Refusal(
    "notFound",
    `Nothing of the simulated cloud is in the ${kind} ${JSON.stringify(name)}; ` +
      (known.length === 0 ? `there is no ${kind} with anything in it.` : `give one of ${known.join(", ")}.`),
  );
}

function chosen({ id, type, place }: ObjectChoice, cloud: Cloud): CloudObject {
  const found = cloud
    .list()
    .filter((one) => one.id === id && one.type.includes(type ?? "") && (place ?? one.place) === one.place);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined) {
    throw new Refusal(
      "notFound",
      `The simulated cloud has no such object ${JSON.stringify(id)}. List its objects first.`,
    );
  }
  const all = found.map((one) => `${one.type} in ${one.place}`).join(", ");
  throw new Refusal("notFound", `The id ${JSON.stringify(id)} is that of ${all}: say which by type and place.`);
}
