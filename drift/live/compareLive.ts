/** A stack as records of --live tell of it. */
import type { InventoryOptions } from "../../inventory/options";
import { readEstate } from "../../inventory/readEstate";
import { applyLiveRecords, type LiveStates } from "./applyRecords";
import type { LiveRecord } from "./record";
import { objectsOf, type StackObjects } from "./unmanaged";

export interface LiveComparison extends LiveStates {
  readonly objects: StackObjects;
}

/**
 * Lays records on both sides of a comparison, and finds the objects that no side holds.
 *
 * @param now milliseconds since 1970
 */
export function compareLive(
  { desired, actual }: LiveStates,
  records: readonly LiveRecord[],
  inventory: InventoryOptions,
  now: number,
): LiveComparison {
  const deployed = readEstate(
    [...desired.values()].map(({ resource }) => resource),
    inventory,
  );
  const objects = objectsOf([desired, actual], records, deployed, inventory);
  return { ...applyLiveRecords({ desired, actual }, records, deployed, now), objects };
}
