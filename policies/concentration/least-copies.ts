import { memoize } from "../../lib/memo";
import type { DomainId, Estate, Replica, Service } from "../../model";
import { kindOf } from "../../model";
import { judgeEach } from "../evidence/judgeEach";
import { domainsById, fateOf, ownServices, requirementOf, urnsOf } from "../evidence/read";
import { count, domainWords, list, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

/** Copies that share one of these are one copy (incident row 1). */
const commonFate = new Set(["zone", "facility", "power"]);

export const leastCopies: Policy = {
  name: "least-copies",
  code: "DPX309",
  title: "A service has as many independent copies as its tier asks",
  family: "concentration",
  severity: "high",
  rows: ["1", "K16"],
  why:
    "The review asked that messaging and login be multiplexed more than twice: with two copies, the maintenance of " +
    "one leaves the other as a single point of failure.",
  proves:
    "Counts the active and standby replicas of which no two share a zone, a facility or a power domain, from their " +
    "placement. Two racks, two rooms or two supplies of one building are one copy.",
  fix: {
    text:
      "Add replicas in a facility or zone that has none, on another power domain, until the tier's number is " +
      "reached.",
    snippet: "sites: [pangyo, chuncheon, anyang] // critical tier: three independent copies",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: (context) => judgeEach(context.survival, ownServices(context), (service) => judgeService(context, service)),
};

function judgeService(context: PolicyContext, service: Service): Violation | undefined {
  // What runs nothing, and what only votes, is no copy; of what runs nowhere `serves-at-peak` speaks.
  const serving = service.replicas.filter((replica) => replica.role !== "backup" && !isEmpty(replica));
  if (serving.length === 0) return undefined;
  const wanted = requirementOf(context, service).leastCopies;
  const copies = independentCopies(context, serving, wanted);
  // A replica that cannot be placed is for `placement-proof`, unless there are too few wherever they stand.
  const most = copies.length + unplacedCopies(serving);
  if (most >= wanted) return undefined;
  const places = [...new Set(copies.map((copy) => list([...copy].sort().map(domainWords))))].sort();
  return {
    verdict: "broken",
    service: service.id,
    lost: [],
    urns: urnsOf(service),
    message:
      `${subject(service)} must have at least ${wanted} independent ${wanted === 1 ? "copy" : "copies"}, and has ` +
      `${most > copies.length ? `at most ${most}` : copies.length}${whereabouts(places, most, serving)}.`,
  };
}

function whereabouts(places: readonly string[], most: number, serving: readonly Replica[]): string {
  if (places.length > 0) return ` (${places.join("; ")}) in ${count(serving.length, "replica")}`;
  return most > 0 ? `: ${count(most, "unit")}, wherever ${most === 1 ? "it stands" : "they stand"}` : "";
}

/** The most copies that replicas of no known place can be: each of their units one. */
function unplacedCopies(replicas: readonly Replica[]): number {
  return replicas
    .filter(({ placement }) => !placement.known || placement.value.length === 0)
    .reduce((sum, { units, overZones }) => sum + (overZones === true || !units.known ? Infinity : units.value), 0);
}

function isEmpty({ units, capacityRps }: Replica): boolean {
  return (units.known && units.value === 0) || (capacityRps?.known === true && capacityRps.value === 0);
}

/**
 * Independent copies, at most as many as are wanted. A replica that is placed by its region alone is a regional service
 * whose vendor keeps it over three zones: the quorum over three facilities that finding K16 admits. One that is placed
 * by a vendor alone runs at every edge location of that vendor: `single-vendor` speaks of it.
 */
function independentCopies(
  context: PolicyContext,
  replicas: readonly Replica[],
  wanted: number,
): readonly ReadonlySet<DomainId>[] {
  const fates = new Map<string, ReadonlySet<DomainId>>();
  for (const { placement } of replicas) {
    if (!placement.known) continue;
    for (const [key, fate] of copiesAt(context.estate, placement.value)) fates.set(key, fate);
  }
  return independent([...fates.values()], wanted);
}

type Copies = readonly (readonly [string, ReadonlySet<DomainId>])[];

const copiesByPlace = memoize<Estate, Map<string, Copies>>(() => new Map());

/** The copies that a replica in these domains is, each with what it shares; once for all that stand there. */
function copiesAt(estate: Estate, place: readonly DomainId[]): Copies {
  const known = copiesByPlace(estate);
  const at = place.join();
  let copies = known.get(at);
  if (copies === undefined) known.set(at, (copies = copiesWithin(estate, place)));
  return copies;
}

function copiesWithin(estate: Estate, place: readonly DomainId[]): Copies {
  const domains = domainsById(estate);
  const fate = fateOf(domains, place);
  const shared = [...fate].filter((id) => commonFate.has(kindOf(id))).sort();
  if (shared.length > 0) return [[shared.join(), new Set(shared)]];
  const regions = [...fate].filter((id) => kindOf(id) === "region").sort();
  // What any one of several zones is enough for is a copy in each of them.
  const enough = place
    .flatMap((id) => domains.get(id)?.suppliedBy ?? [])
    .filter((group) => group.length > 1 && group.every((id) => commonFate.has(kindOf(id))));
  const [zones] = [...enough].sort((a, b) => a.length - b.length);
  if (zones !== undefined) return zones.map((zone) => [zone, new Set([zone])]);
  const kept = regions.length > 0 ? regions : [...fate].filter((id) => kindOf(id) === "vendor").sort();
  const copies = regions.length > 0 ? zonesOfRegionalService : edgeLocations;
  if (kept.length === 0) return [];
  return copies.map((copy) => [`${kept.join()}/${copy}`, new Set(kept.map((id) => `${id}/${copy}` as const))]);
}

const zonesOfRegionalService = ["its first zone", "its second zone", "its third zone"] as const;
const edgeLocations = ["one edge location", "a second one", "a third one"] as const;

/** A largest set without a common member, searched no further than `wanted`: at most n³ steps for three copies. */
function independent(fates: readonly ReadonlySet<DomainId>[], wanted: number): readonly ReadonlySet<DomainId>[] {
  const [first, ...rest] = fates;
  if (!first || wanted === 0) return [];
  const compatible = rest.filter((fate) => ![...fate].some((id) => first.has(id)));
  const withFirst = [first, ...independent(compatible, wanted - 1)];
  if (withFirst.length >= wanted || compatible.length === rest.length) return withFirst;
  const without = independent(rest, wanted);
  return without.length > withFirst.length ? without : withFirst;
}
