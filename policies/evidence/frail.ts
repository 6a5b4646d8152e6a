/**
 * Services of which one lost site is enough, whatever their tier asks: the rows of a table above which no "survives"
 * stands.
 */
import type { DomainId, Estate, ServiceId, Tier } from "../../model";
import { byText } from "../../lib/order";
import type { Survival } from "../../survival";

/** A service, and the site whose loss it is not proven to survive. */
export interface FrailService {
  readonly service: ServiceId;
  readonly tier: Tier;
  /** `down` where it is certain, `unknown` where a value that is missing decides. */
  readonly status: "down" | "unknown";
  /** The first such zone or facility, by its id. */
  readonly lost: DomainId;
}

/** Sorted by service. Vendors are left out, as in the table: they have no replicas of ours. */
export function frailServices(estate: Estate, survival: Survival): readonly FrailService[] {
  const sites = estate.domains
    .filter(({ kind }) => kind === "zone" || kind === "facility")
    .map(({ id }) => id)
    .sort(byText);
  return estate.services
    .filter(({ layer }) => layer !== "vendor")
    .flatMap(({ id, tier }): readonly FrailService[] => {
      const statuses = sites.map((lost) => ({ lost, status: survival.outcome(id, [lost]).status }));
      const worst =
        statuses.find(({ status }) => status === "down") ?? statuses.find(({ status }) => status === "unknown");
      if (worst === undefined || (worst.status !== "down" && worst.status !== "unknown")) return [];
      return [{ service: id, tier, status: worst.status, lost: worst.lost }];
    })
    .sort((a, b) => byText(a.service, b.service));
}
