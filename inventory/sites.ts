/** The sites' catalogue of a stack: what its Site components publish, beside what the user gives. */
import { componentTypes, domainId, type CloudSite, type FacilityFact, type FacilitySite, type Site } from "../model";
import type { InventoryOptions } from "./options";
import type { Value } from "./resource";
import type { Stack } from "./stack";
import { field, text, texts } from "./values";
import { byText } from "../lib/order";

const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Sites by name, sorted; what the user gives wins over what a component publishes. */
export function sitesOf(stack: Stack, options: InventoryOptions): readonly Site[] {
  const sites = new Map<string, Site>();
  for (const component of stack.ofType(componentTypes.site)) {
    const site = publishedSite(field(component.properties, "site"));
    if (site !== undefined && !sites.has(site.name)) sites.set(site.name, site);
  }
  for (const site of options.sites ?? []) sites.set(site.name, site);
  return [...sites.values()].sort((a, b) => byText(a.name, b.name));
}

/** A site as a component publishes it; undefined where what it hangs on is missing or not known. */
function publishedSite(value: Value): Site | undefined {
  const [kind, name, region, operator] = ["kind", "name", "region", "operator"].map((key) => text(field(value, key)));
  if (name === undefined || region === undefined || operator === undefined) return undefined;
  const common = {
    name,
    region,
    operator,
    carriers: texts(field(value, "carriers")),
    hazards: texts(field(value, "hazards")),
  };
  if (kind === "cloud") return { kind, ...common, zoneIds: texts(field(value, "zoneIds")) } satisfies CloudSite;
  if (kind !== "facility") return undefined;
  const lastDrill = text(field(value, "lastDrill"));
  const chemistry = text(field(value, "batteryChemistry"));
  return {
    kind,
    ...common,
    facility: text(field(value, "facility")) ?? name,
    powerFeeds: texts(field(value, "powerFeeds")),
    batteryRoomsSeparated: field(value, "batteryRoomsSeparated") === true,
    // Not said is taken as the chemistry that gas does not put out (finding K10).
    batteryChemistry: chemistry === "lead-acid" || chemistry === "none" ? chemistry : "lithium-ion",
    firePlanKeepsPower: field(value, "firePlanKeepsPower") === true,
    ...(lastDrill !== undefined && datePattern.test(lastDrill) ? { lastDrill } : {}),
    clusterContext: text(field(value, "clusterContext")) ?? name,
  } satisfies FacilitySite;
}

/** What the catalogue says of each building, by the component that publishes it or else by the site's own name. */
export function facilityFacts(sites: readonly Site[], stack: Stack): readonly FacilityFact[] {
  const urns = new Map(stack.ofType(componentTypes.site).map(({ name, urn }) => [name, urn]));
  return sites.flatMap((site): readonly FacilityFact[] => {
    if (site.kind !== "facility") return [];
    const { name, batteryChemistry, batteryRoomsSeparated, firePlanKeepsPower, lastDrill } = site;
    return [
      {
        kind: "facility",
        urn: urns.get(name) ?? `site:${name}`,
        facility: domainId("facility", site.facility),
        fireCutsPower: batteryChemistry === "lithium-ion" && !batteryRoomsSeparated && !firePlanKeepsPower,
        ...(lastDrill === undefined ? {} : { lastDrill }),
      },
    ];
  });
}
