/** Random clusters over several facilities, small enough that a hundred of them can be played. */
import fc from "fast-check";
import type { ServiceIdentity } from "../../../components/common/identity";
import { defaultRequirements, domainId, domainsOfSites, tiers, type FacilitySite, type Tier } from "../../../model";
import { planReserve } from "../../../survival";
import { facility } from "../../support/estateBuilder";
import type { HostSize } from "./nodes";

export interface StretchedService {
  readonly identity: ServiceIdentity & { readonly peakRps: number; readonly unitRps: number };
  /** Pods to run. */
  readonly units: number;
  /** Pods that hold room. */
  readonly placeholders: number;
}

/** One cluster over three to six facilities. */
export interface StretchedCluster {
  readonly name: string;
  readonly facilities: readonly FacilitySite[];
  /** Hosts of each facility. */
  readonly size: HostSize;
  readonly services: readonly StretchedService[];
}

/** Cores and GiB of one pod of the components. */
const pod = { cpu: 2, memory: 4 };

/** Pods that one facility has room for. */
export function slotsOf({ size }: StretchedCluster): number {
  return size.hosts * Math.floor(size.cpu / pod.cpu);
}

const facilityNames = ["ansan", "anyang", "chuncheon", "daejeon", "gwangju", "pangyo"] as const;
const serviceNames = ["ads", "login", "messenger", "pay"] as const;

const arbitraryFacilities = fc.integer({ min: 3, max: facilityNames.length }).chain((count) =>
  fc.tuple(
    ...facilityNames.slice(0, count).map((name) =>
      // Few substations, so that buildings share them: one feed takes several at once, or none that has another.
      fc
        .uniqueArray(fc.constantFrom("substation-1", "substation-2", "substation-3", `substation-of-${name}`), {
          minLength: 1,
          maxLength: 2,
        })
        .map((powerFeeds) => facility(name, { powerFeeds: powerFeeds.sort() })),
    ),
  ),
);

interface Wish {
  readonly tier: Tier;
  readonly peakUnits: number;
  readonly spareUnits: number;
  readonly planned: boolean;
  readonly needs: boolean;
}

const arbitraryWish: fc.Arbitrary<Wish> = fc.record({
  tier: fc.constantFrom("critical" as const, "important" as const, "standard" as const),
  peakUnits: fc.integer({ min: 1, max: 6 }),
  spareUnits: fc.integer({ min: 0, max: 3 }),
  planned: fc.boolean(),
  needs: fc.boolean(),
});

const arbitraryCluster = fc
  .record({
    facilities: arbitraryFacilities,
    // The stricter first: what a service needs is as strict as itself, or it would be made so (policy tier-inheritance).
    wishes: fc
      .array(arbitraryWish, { minLength: 1, maxLength: serviceNames.length })
      .map((wishes) => [...wishes].sort((one, other) => tiers.indexOf(one.tier) - tiers.indexOf(other.tier))),
    hosts: fc.integer({ min: 1, max: 3 }),
    // Some have room for what a loss throws out, some do not.
    spareSlots: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ facilities, wishes, hosts, spareSlots }) => {
    const services = wishes.map((wish, index) => serviceOf(wish, index, facilities));
    const wanted = services.reduce((sum, { units }) => sum + Math.ceil(units / facilities.length), 0);
    const slots = Math.ceil((wanted + spareSlots) / hosts);
    // A host more or less than it takes in cores, never in memory: one of the two has to be what runs short.
    return { facilities, services, size: { hosts, cpu: slots * pod.cpu, memory: slots * pod.memory + 8 } };
  });

/** The clusters of a seed; the same seed gives the same ones. */
export function stretchedClusters(count: number, seed: number): readonly StretchedCluster[] {
  const sample = fc.sample(arbitraryCluster, { numRuns: count, seed });
  return sample.map((one, index) => ({ name: `cluster-${index + 1}`, ...one }));
}

function serviceOf(wish: Wish, index: number, facilities: readonly FacilitySite[]): StretchedService {
  const service = serviceNames[index] ?? `service-${index}`;
  const unitRps = 100;
  const peakRps = wish.peakUnits * unitRps;
  const before = serviceNames[index - 1];
  const units =
    (wish.planned ? plannedUnits(wish, peakRps, unitRps, facilities) : undefined) ?? wish.peakUnits + wish.spareUnits;
  return {
    identity: {
      ...{ service, tier: wish.tier, layer: "compute", owner: "team", peakRps, unitRps },
      objectives: { rtoSeconds: 300, rpoSeconds: 60, leastShare: 1 },
      dependsOn: wish.needs && before !== undefined ? [before] : [],
    },
    units,
    placeholders: wish.spareUnits,
  };
}

/** What the reserve's planner asks for one site that spans all facilities; undefined where no number of units is enough. */
function plannedUnits(
  wish: Wish,
  peakRps: number,
  unitRps: number,
  facilities: readonly FacilitySite[],
): number | undefined {
  const placements = facilities.map((site) => [domainId("facility", site.facility)]);
  const plan = planReserve({
    peakRps,
    unitRps,
    sites: [{ name: "cluster", placements }],
    domains: domainsOfSites(facilities),
    surviveOne: defaultRequirements[wish.tier].surviveOne,
  });
  return plan.kind === "planned" ? plan.totalUnits : undefined;
}
