/** One more replica in domains of its own never makes a verdict worse, whatever the rest of the estate is. */
import fc from "fast-check";
import {
  domainsOfSites,
  known,
  mergeDomains,
  placementsOf,
  type Estate,
  type RouteTarget,
  type Service,
  type Tier,
} from "../../model";
import { judge, type Judgement } from "../../policies/judge";
import { arbitraryEstate } from "../support/arbitraryEstate";
import { facility, replica, target } from "../support/estateBuilder";

const seed = 20_221_015;
const rank = { survives: 0, advice: 1, refused: 2, nothingJudged: 3 } as const;
const far = facility("far-away");
const placement = placementsOf(far)[0] ?? [];

/** The estate with another active replica of one service, alone in its building, region, operator, power and carriers. */
function withOneMore(estate: Estate, index: number): Estate {
  const services = estate.services.map((service, at) => (at === index ? grown(service) : service));
  return { ...estate, services, domains: mergeDomains([...estate.domains, ...domainsOfSites([far])]) };
}

function grown(service: Service): Service {
  const more = replica(`${service.id}#more`, placement, { capacityRps: known(100) });
  return {
    ...service,
    replicas: [...service.replicas, more],
    // A replica that no name leads to is a fault of its own.
    routes: service.routes.map((route) => ({ ...route, targets: [...route.targets, target([more.id])] })),
  };
}

/**
 * Services that are refused, for whatever reason: the reason may change, because a lesser fault is only told once a greater
 * one is gone, and an answer that nothing checks is only a fault beside another answer.
 */
const refused = ({ findings }: Judgement) =>
  new Set(findings.flatMap(({ level, service }) => (level === "mandatory" ? (service ?? "the stack") : [])));

/**
 * Every answer takes part. One of last resort is left alone only as long as no other regular answer stands beside it: another
 * regular replica really takes its capacity out of the reserve, and may so be for the worse.
 */
function takingPart(one: RouteTarget): RouteTarget {
  const isIdle = one.share.known && one.share.value === 0;
  return { ...one, lastResort: false, ...(isIdle ? { share: known(0.2) } : {}) };
}

const judgedEstate = (shape: Parameters<typeof arbitraryEstate>[0]) =>
  fc
    .tuple(
      arbitraryEstate(shape),
      fc.array(fc.constantFrom<Tier[]>("critical", "important"), { minLength: 4, maxLength: 4 }),
      fc.nat(3),
    )
    .map(([estate, tiers, pick]) => {
      const services = estate.services.map((service, at) => ({
        ...service,
        tier: tiers[at] ?? "critical",
        routes: service.routes.map((route) => ({ ...route, targets: route.targets.map(takingPart) })),
      }));
      return { estate: { ...estate, services }, index: pick % services.length };
    });

test.each([
  ["known", { routes: true }],
  ["partly unknown", { routes: true, unknowns: true }],
] as const)("more replicas in more independent domains never make a verdict worse: %s", (_name, shape) => {
  let improved = 0;
  fc.assert(
    fc.property(judgedEstate(shape), ({ estate, index }) => {
      const before = judge(estate);
      const after = judge(withOneMore(estate, index));
      const had = refused(before);
      const has = refused(after);
      expect([...has].filter((service) => !had.has(service))).toEqual([]);
      expect(rank[after.verdict]).toBeLessThanOrEqual(rank[before.verdict]);
      if (has.size < had.size || after.findings.length < before.findings.length) improved++;
    }),
    { seed, numRuns: 500 },
  );
  // Where nothing ever got better, nothing could have got worse either.
  expect(improved).toBeGreaterThan(50);
});
