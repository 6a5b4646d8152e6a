/**
 * A vendor's product falls with whoever runs it: Route 53, CloudFront and Global Accelerator are AWS (AWS Fault
 * Isolation Boundaries, "Global services"). By product, the names that estates give its operator.
 */
import { domainId, kindOf, nameOf, type DomainId, type FailureDomain, type Service, type Site } from "../model";
import operators from "./products.json";

const operatorsOf: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(operators));

/** Ids of AWS's zones, by which a catalogue's region is one of AWS whatever its operator is called. */
const zoneOfAws = /^[a-z]{2,4}\d-az\d+$/;

/** The products that services hang on, each within its operator. */
export function productsOf(services: readonly Service[], sites: readonly Site[]): readonly FailureDomain[] {
  const met = new Set<DomainId>();
  for (const { routes, replicas } of services) {
    for (const { provider } of routes) met.add(provider);
    for (const { placement } of replicas) if (placement.known) for (const id of placement.value) met.add(id);
  }
  return [...met].flatMap((id): readonly FailureDomain[] => {
    const names = kindOf(id) === "vendor" ? operatorsOf.get(nameOf(id).toLowerCase()) : undefined;
    if (names === undefined) return [];
    const within = catalogued(names, sites).map((name) => domainId("operator", name));
    return [{ id, kind: "vendor", name: nameOf(id), within, suppliedBy: [] }];
  });
}

/** The operator as the catalogue calls it, else by its first name. */
function catalogued(names: readonly string[], sites: readonly Site[]): readonly string[] {
  const own = sites
    .filter(
      (site) =>
        names.includes(site.operator) ||
        (names.includes("aws") && site.kind === "cloud" && site.zoneIds.some((zone) => zoneOfAws.test(zone))),
    )
    .map(({ operator }) => operator);
  return own.length > 0 ? [...new Set(own)].sort() : names.slice(0, 1);
}
