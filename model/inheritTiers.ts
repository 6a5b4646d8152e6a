/** Criticality is inherited: what a critical service cannot do without is critical too (finding K5). */
import { by } from "../lib/order";
import { onlyMember } from "./dependency";
import { tiers, type Service, type Tier } from "./estate";
import type { ServiceId } from "./ids";

/**
 * Raises each service to the strictest tier of those that cannot serve or start without it. Nothing is ever lowered, so
 * a tag cannot buy a lower tier. A raised service names the dependent from which it has its tier. Keeps the order.
 */
export function inheritTiers(services: readonly Service[]): Service[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const raised = new Map<ServiceId, { tier: Tier; from: ServiceId }>();
  const tierOf = (service: Service) => raised.get(service.id)?.tier ?? service.tier;

  for (const tier of tiers) {
    // Whoever is added while the set is walked passes the tier on in turn; sorted, so that the named dependent is
    // stable.
    const holders = new Set(services.filter((service) => tierOf(service) === tier).sort(by(({ id }) => id)));
    for (const holder of holders) {
      for (const id of neededBy(holder)) {
        const needed = byId.get(id);
        if (!needed || !isStricter(tier, tierOf(needed))) continue;
        raised.set(id, { tier, from: holder.id });
        holders.add(needed);
      }
    }
  }

  return services.map((service) => {
    const inherited = raised.get(service.id);
    if (!inherited) return service;
    const tierFrom = { source: "inherited" as const, service: inherited.from, ...claimOf(service) };
    return { ...service, tier: inherited.tier, tierFrom };
  });
}

/** What the service itself said before it was raised: a lower claim is refused, silence is not. */
function claimOf({ tier, tierFrom }: Service): { claimed?: Tier } {
  return tierFrom.source === "tag" || tierFrom.source === "configuration" ? { claimed: tier } : {};
}

function neededBy(service: Service): ServiceId[] {
  return service.dependencies.filter(({ strength }) => strength !== "soft").flatMap(onlyMember);
}

function isStricter(one: Tier, other: Tier): boolean {
  return tiers.indexOf(one) < tiers.indexOf(other);
}
