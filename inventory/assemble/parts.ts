/**
 * The parts of a service while it is put together: what runs, what it keeps, and what the rest of the stack finds them
 * by.
 */
import type { ServiceId, Urn } from "../../model";
import { DependencyList } from "./dependencies";
import type { Group } from "./groups";
import type { PlacedRoute } from "./routes";

export interface Part {
  readonly id: ServiceId;
  readonly group?: Group;
  readonly base: string;
  readonly dependencies: DependencyList;
}

/** What the parts of one stack look up in each other. */
export interface Lookup {
  readonly parts: readonly Part[];
  readonly byBase: ReadonlyMap<string, readonly Part[]>;
  readonly byUrn: ReadonlyMap<Urn, Part>;
  readonly routes: readonly PlacedRoute[];
}

export function part(id: ServiceId, base: string, group?: Group): Part {
  return { id, base, dependencies: new DependencyList(id), ...(group === undefined ? {} : { group }) };
}

/**
 * The parts of a base that do its work: what "the service" means where it has several. All, where none is more than
 * kept.
 */
export function workingParts(parts: readonly Part[]): readonly Part[] {
  const doing = doingParts(parts);
  return doing.length > 0 ? doing : parts;
}

/** The parts that make use of the others; none where a name holds nothing but stores, queues or keys. */
export function doingParts(parts: readonly Part[]): readonly Part[] {
  const main = parts.filter(({ id, base }) => id === base);
  return main.length > 0 ? main : parts.filter(({ group }) => group?.layer === "compute");
}
