/** Checks that take more than one field: names that must exist, must not repeat, and must fit together. */
import { readLeniently } from "./lenientEstate";
import type { LocatedMistake } from "./schemaMistakes";
import type { Check } from "./checkMistakes";
import { duplicateSites, duplicateClusters, stretchedClusters, zonesOutsideRegion, zonesTwice } from "./siteChecks";
import {
  duplicateServices,
  sitesOfServices,
  siteOfBackups,
  dataOfServices,
  unknownDependencies,
  blackStart,
} from "./serviceChecks";

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
  duplicateServices,
  sitesOfServices,
  dataOfServices,
  siteOfBackups,
  unknownDependencies,
  blackStart,
];
