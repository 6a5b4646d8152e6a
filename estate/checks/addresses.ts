/** Address ranges of cloud sites: each its own, for two that are one cannot be joined, and a packet has one way. */
import { isRecord } from "../../lib/records";
import { defaultRange, parseRange, rangesOverlap } from "../addresses";
import type { LenientEstate, LenientSite } from "../lenientEstate";
import type { Path } from "../source";
import { mistake } from "./words";

interface Ranged {
  readonly site: string;
  readonly cidr: string;
  readonly path: Path;
}

export function addressesOverlap({ sites }: LenientEstate) {
  const ranges = sites.flatMap(rangeOf);
  return ranges.flatMap((later, index) =>
    ranges
      .slice(0, index)
      .flatMap((earlier) =>
        rangesOverlap(earlier.cidr, later.cidr)
          ? [
              mistake(
                "DPX138",
                later.path,
                `The addresses ${later.cidr} of site "${later.site}" overlap ${earlier.cidr} of "${earlier.site}".`,
                "Write `cidr` with a range that no other site has, such as 10.20.0.0/16.",
              ),
            ]
          : [],
      ),
  );
}

function rangeOf({ kind, name, value, path }: LenientSite): readonly Ranged[] {
  if (kind !== "cloud" || name === undefined) return [];
  const network = isRecord(value["network"]) ? value["network"] : undefined;
  const given = network ? network["cidr"] : value["cidr"];
  const at = network ? [...path, "network", "cidr"] : [...path, "cidr"];
  if (given === undefined) return network ? [] : [{ site: name.text, cidr: defaultRange(name.text), path }];
  if (typeof given !== "string" || Number.isNaN(parseRange(given).first)) return [];
  return [{ site: name.text, cidr: given, path: at }];
}

/** Subnets of a network that exists already: one pair for each zone of the site, and for no other. */
export function networkZones({ sites }: LenientEstate) {
  return sites.flatMap(({ value, path, zoneIds }) => {
    const network = isRecord(value["network"]) ? value["network"] : {};
    if (!Array.isArray(network["zones"])) return [];
    const named = network["zones"].flatMap((zone: unknown) => (isRecord(zone) ? [zone["zoneId"]] : []));
    const wanted = zoneIds.map((zone) => zone.text);
    if (wanted.length === named.length && wanted.every((zone) => named.includes(zone))) return [];
    return [
      mistake(
        "DPX139",
        [...path, "network", "zones"],
        `The network's zones must be the site's, ${wanted.join(", ")}, and are ${named.join(", ") || "none"}.`,
        "Name one public and one private subnet for each of the site's zones.",
      ),
    ];
  });
}
