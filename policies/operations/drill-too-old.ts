import type { DomainId, FacilityFact, Tier } from "../../model";
import { standingIn } from "../evidence/facilities";
import { factsOf, ownServices } from "../evidence/read";
import { count, domainWords, list, subject } from "../evidence/words";
import type { KnobSchema, Policy } from "../policy";

const months = (tier: Tier, value: number): KnobSchema => ({
  type: "integer",
  description: `Longest time since the last drill of a facility in which a service of tier ${tier} stands, in months.`,
  default: value,
  minimum: 1,
  maximum: 60,
});

export const drillTooOld: Policy = {
  name: "drill-too-old",
  code: "DPX384",
  title: "The loss of each facility has been drilled lately",
  family: "operations",
  severity: "medium",
  rows: ["5", "K12", "K14"],
  why:
    "There was a manual, but no detailed plan and no drill: nobody had ever done what had to be done that day, and " +
    "power zones and breakers could not be told apart in time.",
  proves:
    "Compares lastDrill of each facility in the sites' catalogue, in which a service's replicas stand, with the day " +
    "of the judgement and the age that the tier allows. A facility without a day counts as never drilled.",
  fix: {
    text: "Drill the loss of the facility, then write the day into the catalogue.",
    snippet: 'lastDrill: "2026-09-12" // of the site in duplex:estate, or of its Site component',
  },
  // Advisory: the calendar alone must not refuse the very deployment that an outage asks for. Whoever has a drill
  // regime raises it by enforcementLevel.
  asksFor: "drill",
  levels: { critical: "advisory", important: "advisory" },
  config: { criticalMonths: months("critical", 12), importantMonths: months("important", 24) },
  *judge(context) {
    const drills = lastDrills(factsOf(context.estate, "facility"));
    for (const service of ownServices(context)) {
      const longest = Number(context.config[`${service.tier}Months`]);
      if (Number.isNaN(longest)) continue;
      const places = standingIn(service);
      const old = [...places.keys()]
        .filter((place) => drills.has(place) && isOld(drills.get(place), longest, context.today))
        .sort();
      if (old.length === 0) continue;
      const found = old.map((place) => {
        const day = drills.get(place);
        return day === undefined
          ? `of ${domainWords(place)} none is told`
          : `that of ${domainWords(place)} was on ${day}`;
      });
      yield {
        verdict: "broken",
        service: service.id,
        lost: old,
        urns: [...new Set(old.flatMap((place) => places.get(place) ?? []).map(({ urn }) => urn))],
        message:
          `${subject(service)} must have a drill of the loss of each of its facilities at most ` +
          `${count(longest, "month")} old, and ${list(found)}.`,
      };
    }
  },
};

/** The last day by building; two sites in one building share its drills. */
function lastDrills(facts: readonly FacilityFact[]): ReadonlyMap<DomainId, string | undefined> {
  const days = new Map<DomainId, string | undefined>();
  for (const { facility, lastDrill } of facts) {
    const known = days.get(facility);
    days.set(facility, known !== undefined && (lastDrill === undefined || known > lastDrill) ? known : lastDrill);
  }
  return days;
}

/** Days as text compare as days do, and so does the 31st of a shorter month: it comes before the next one's first. */
function isOld(day: string | undefined, longest: number, today: string): boolean {
  if (day === undefined) return true;
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + longest;
  const year = String(Math.floor(total / 12)).padStart(4, "0");
  const last = `${year}-${String((total % 12) + 1).padStart(2, "0")}${day.slice(7)}`;
  return today > last;
}
