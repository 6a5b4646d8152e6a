/** Texts inside of a value, and whether one names the other. */
import { UNKNOWN, type Value } from "../resource";

/** Shorter texts stand inside of others by chance. */
const shortestPart = 8;

/** Every text and number in a value, as text. */
export function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number") return [String(value)];
  return membersOf(value).flatMap(textsIn);
}

/** Whether a part of it is not known: encrypted, or not computed yet. */
export function hasUnknown(value: Value): boolean {
  return value === UNKNOWN || membersOf(value).some(hasUnknown);
}

/** A region or zone of a cloud: it stands in many names, and is no service. */
const place = /^[a-z]{2}(?:-[a-z]+)+-?\d[a-z]?$/;

export function isPlace(text: string): boolean {
  return place.test(text);
}

/** Whether a text is another, or holds it as a part that is too long for chance, as a URL holds a host. */
export function names(text: string, named: string): boolean {
  return text === named || (named.length >= shortestPart && !isPlace(named) && text.includes(named));
}

function membersOf(value: Value): readonly Value[] {
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : Object.values(value);
}
