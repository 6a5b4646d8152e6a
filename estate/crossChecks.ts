/** Checks that take more than one field: names that must exist, must not repeat, and must fit together. */
import { addressesOverlap, networkZones } from "./checks/addresses";
import { uncallable } from "./checks/calls";
import { duplicateClusters, stretchedClusters } from "./checks/clusters";
import { blackStart, unknownDependencies } from "./checks/dependencies";
import { dataServices, dataOfServices, duplicateServices, siteOfBackups, sitesOfServices } from "./checks/services";
import { duplicateSites, zonesOutsideRegion, zonesTwice } from "./checks/sites";
import type { Check } from "./checks/words";
import { environments, images, sizes } from "./checks/workloads";
import { readLeniently } from "./lenientEstate";
import type { LocatedMistake } from "./schemaMistakes";

/** All checks over one configuration, in the order of the document's parts. */
export function crossMistakes(value: unknown): readonly LocatedMistake[] {
  const estate = readLeniently(value);
  return checks.flatMap((check) => check(estate));
}

const checks: readonly Check[] = [
  duplicateSites,
  duplicateClusters,
  stretchedClusters,
  zonesOutsideRegion,
  zonesTwice,
  addressesOverlap,
  networkZones,
  duplicateServices,
  sitesOfServices,
  dataOfServices,
  dataServices,
  siteOfBackups,
  unknownDependencies,
  blackStart,
  uncallable,
  environments,
  images,
  sizes,
];
