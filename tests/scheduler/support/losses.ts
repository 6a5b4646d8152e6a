/**
 * Which facilities a loss takes, counted without the model: a building falls when it is named, or when nothing feeds it any
 * more.
 */
import { domainId, type DomainId, type FacilitySite } from "../../../model";

/** Each facility and each substation, and each pair of these. */
export function lossesOf(facilities: readonly FacilitySite[]): readonly (readonly DomainId[])[] {
  const domains = [
    ...new Set([
      ...facilities.map((site) => domainId("facility", site.facility)),
      ...facilities.flatMap((site) => site.powerFeeds.map((feed) => domainId("power", feed))),
    ]),
  ].sort();
  const pairs = domains.flatMap((one, index) => domains.slice(index + 1).map((other) => [one, other]));
  return [...domains.map((one) => [one]), ...pairs];
}

/** Facilities that are dark after a loss. */
export function facilitiesLost(facilities: readonly FacilitySite[], lost: readonly DomainId[]): readonly string[] {
  const gone = new Set<string>(lost);
  return facilities
    .filter(
      (site) => gone.has(`facility:${site.facility}`) || site.powerFeeds.every((feed) => gone.has(`power:${feed}`)),
    )
    .map((site) => site.facility);
}
