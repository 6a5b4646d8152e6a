/** Sites and their zones. */
import type { LenientEstate } from "../lenientEstate";
import { showPath } from "../source";
import { zonePrefixOf } from "../zones";
import { mistake, repeated } from "./words";

export function duplicateSites(estate: LenientEstate) {
  return repeated(estate.sites.flatMap((site) => site.name ?? [])).map(([again, first]) =>
    mistake(
      "DPX120",
      again.path,
      `The site "${again.text}" is declared twice; the first is at ${showPath(first.path)}.`,
      "Give each site a name of its own.",
    ),
  );
}

export function zonesOutsideRegion(estate: LenientEstate) {
  return estate.sites.flatMap((site) => {
    const region = site.region?.text;
    if (site.kind !== "cloud" || region === undefined) return [];
    const prefix = zonePrefixOf(region);
    return site.zoneIds
      .filter((zone) => /^[a-z]+\d-az\d+$/.test(zone.text) && !zone.text.startsWith(prefix))
      .map((zone) =>
        mistake(
          "DPX122",
          zone.path,
          `The zone id "${zone.text}" does not belong to region ${region}.`,
          `Zone ids of ${region} begin with ${prefix}.`,
        ),
      );
  });
}

export function zonesTwice(estate: LenientEstate) {
  return repeated(estate.sites.flatMap((site) => site.zoneIds)).map(([again, first]) =>
    mistake(
      "DPX123",
      again.path,
      `The zone "${again.text}" is used twice; the first is at ${showPath(first.path)}.`,
      "A zone belongs to one site once: two sites that share it would fall together.",
    ),
  );
}
