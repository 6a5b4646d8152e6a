/** A stack as records of --live tell of it. */
import type { InventoryOptions } from "../../inventory/options";
import { readEstate } from "../../inventory/readEstate";
import { laidLive, type LiveStates } from "./overlay";
import type { LiveRecord } from "./record";
import { objectsOf, type StackObjects } from "./unmanaged";

export interface LiveLook extends LiveStates {
  readonly objects: StackObjects;
}

/**
 * Lays records on both sides of a comparison, and finds the objects that no side holds.
 *
 * @param now milliseconds since 1970
 */
export function lookLive(
  { desired, actual }: LiveStates,
  records: readonly LiveRecord[],
  inventory: InventoryOptions,
  now: number,
): LiveLook {
  const deployed = readEstate(
    [...desired.values()].map(({ resource }) => resource),
    inventory,
  );
  const objects = objectsOf([desired, actual], records, deployed, inventory);
  return { ...laidLive({ desired, actual }, records, deployed, now), objects };
}
