/** Makes and changes objects: references, names and the type's own refusals first, then the record. */
import { createHash } from "node:crypto";
import { Refusal } from "../errors";
import { keyOf, sameKey, type CloudObject, type Use } from "../store/object";
import type { Store } from "../store/store";
import { namesOf } from "./naming";
import { valuesAt, type Making, type Reference, type ResourceType, type Settings } from "./resourceType";
import { text, UNKNOWN, type Path, type Properties } from "./values";

export interface MakeRequest {
  readonly urn: string;
  readonly type: ResourceType;
  readonly inputs: Properties;
  readonly secrets: readonly Path[];
  readonly place: string;
  readonly settings: Settings;
  readonly created: string;
  /** The object to change. */
  readonly old?: CloudObject;
  /** What a killed run has left behind for this URN. */
  readonly orphan?: CloudObject;
}

/** The outputs that a preview can tell; the rest is UNKNOWN. */
export function previewState(request: MakeRequest, store: Store): Properties {
  return request.type.state(makingOf(request, store, true, request.old?.id ?? UNKNOWN));
}

/** Only inside of a transaction. */
export function makeObject(request: MakeRequest, store: Store): CloudObject {
  const { type, orphan } = request;
  const serial = request.old?.serial ?? orphan?.serial ?? store.nextSerial();
  const draft = makingOf({ ...request, old: request.old }, store, false, "", serial);
  const id = request.old?.id ?? type.id(draft);
  const making: Making = { ...draft, id };
  refuseDeadZone(type, making, store);
  const uses = usesOf(request, store);
  // A killed run's object of the same URN under another id: nobody will ever ask for it again.
  if (orphan && orphan.id !== id) store.remove(keyOf(orphan));
  const names = namesOf(type, request.inputs, request.place);
  refuseTaken(type, names, id, request, store);
  type.admit?.(making);
  const state = type.state(making);
  const object: CloudObject = {
    type: type.token,
    place: request.place,
    id,
    urn: request.urn,
    acknowledged: request.old !== undefined,
    inputs: request.inputs,
    state,
    secrets: request.secrets,
    serial,
    revision: making.revision,
    zone: type.zone?.(making),
    names,
    handles: type.handles?.(state) ?? [],
    uses,
  };
  store.put(object);
  return object;
}

function makingOf(request: MakeRequest, store: Store, preview: boolean, id: string, serial = 0): Making {
  const { urn, place, inputs, settings, old, created } = request;
  return {
    urn,
    place,
    inputs,
    id,
    settings,
    preview,
    old,
    created,
    serial,
    revision: (old?.revision ?? 0) + 1,
    cloud: store,
    hex: (length, salt = "") => digits(`${urn}#${serial}#${salt}`, length),
    secretHex: (length, salt) => digits(`${store.seed}#${urn}#${serial}#${salt}`, length),
  };
}

function digits(text: string, length: number): string {
  let made = "";
  for (let round = 0; made.length < length; round++)
    made += createHash("sha512").update(`${text}#${round}`).digest("hex");
  return made.slice(0, length);
}

function usesOf(request: MakeRequest, store: Store): readonly Use[] {
  const { type, inputs, urn } = request;
  const uses: Use[] = [];
  const missing: string[] = [];
  for (const reference of type.references ?? []) {
    for (const { path, value } of valuesAt(inputs, reference.path)) {
      const wanted = text(value);
      if (wanted === undefined || wanted === "" || reference.except?.test(wanted)) continue;
      const where = placeOfTarget(request, reference, path);
      const target = store.find(reference.to, where, wanted);
      if (target && isElsewhere(target, where, reference)) {
        missing.push(`${path} names ${wanted}, which stands in ${target.place}, and takes one of ${where} only.`);
      } else if (target) uses.push({ target: keyOf(target), bond: reference.bond });
      else
        missing.push(`${path} names "${wanted}", and no ${reference.to.join(" or ")} of that name exists in ${where}.`);
    }
  }
  if (missing.length > 0) {
    throw new Refusal("noReference", `${urn}: ${missing.join(" ")} Create it first, or take its output as the input.`);
  }
  return uses;
}

/** An ARN is found wherever it is; most services take one of their own region alone. */
function isElsewhere({ place }: CloudObject, where: string, { crossesRegions }: Reference): boolean {
  return crossesRegions !== true && place !== where && place !== "global" && where !== "global";
}

/** @param path of the value, with its place in a list */
function placeOfTarget({ inputs, place, settings }: MakeRequest, { placePath }: Reference, path: string): string {
  if (placePath === undefined) return place;
  const [index = ""] = /\[\d+\]/.exec(path) ?? [];
  const exact = placePath.replace("[]", index);
  const given = valuesAt(inputs, placePath).find((each) => each.path === exact);
  return text(given?.value) ?? (place === "global" ? (settings.region ?? place) : place);
}

function refuseTaken(
  type: ResourceType,
  names: readonly string[],
  id: string,
  { urn, place, old, orphan }: MakeRequest,
  store: Store,
): void {
  const own = old ?? orphan;
  const existing = store.get({ type: type.token, place, id });
  const holders = [...names.flatMap((name) => store.holder(name) ?? []), ...(existing ? [existing] : [])];
  const other = holders.find((holder) => !own || !sameKey(holder, own));
  if (!other) return;
  const name = names[0]?.slice(names[0].lastIndexOf("|") + 1) ?? id;
  throw new Refusal(
    "nameTaken",
    `${urn}: "${name}" is taken by ${other.type} ${other.id} in ${other.place} (made by ${other.urn}). ` +
      `Give another name, or import that object.`,
  );
}

function refuseDeadZone(type: ResourceType, making: Making, store: Store): void {
  const zone = type.zone?.(making);
  if (zone === undefined || !store.isLost("zone", zone)) return;
  throw new Refusal(
    "lost",
    `${making.urn}: InsufficientInstanceCapacity: the zone ${zone} is lost and takes no ${type.token}. ` +
      `Place it in another zone, or restore the zone.`,
  );
}
