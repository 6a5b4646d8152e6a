import { known, type Estate, type Fact, type Replica } from "../../../model";
import { target } from "../../support/estateBuilder";
import { changed, compliant } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "half of the peak at each of three sites", estate: compliant() };

const eachReplica = (change: (replica: Replica) => Partial<Replica>): Estate =>
  changed("login", (login) => ({ replicas: login.replicas.map((one) => ({ ...one, ...change(one) })) }));

const capacity = (rps: number): Estate => eachReplica(() => ({ capacityRps: known(rps) }));

const standbyIn = (site: string): Estate =>
  eachReplica((one) =>
    one.id.endsWith(`@${site}`)
      ? { role: "standby", units: known(0), startSeconds: 60, startNeeds: ["controlPlane:ec2"] }
      : { capacityRps: known(900) },
  );

const withFacts = (from: Estate, facts: readonly Fact[]): Estate => ({ ...from, facts: [...from.facts, ...facts] });

const ceilings = (maximum: number): readonly Fact[] =>
  ["pangyo", "chuncheon", "busan"].map((site) => ({
    kind: "autoscaling",
    urn: `login@${site}`,
    service: "login",
    minimum: known(1),
    maximum: known(maximum),
  }));

/** Each site of login with this share of its units from Spot. */
const spot = (shareAt: Readonly<Record<string, number>>): readonly Fact[] =>
  Object.entries(shareAt).map(([site, share]) => ({
    kind: "spot",
    urn: `login@${site}`,
    service: "login",
    share: known(share),
  }));

/** Login in three zones with so many units in each, of 150 rps where the peak of 900 rps is said. */
const inZones = (units: readonly number[], said = true): Estate =>
  changed("login", (login) => ({
    ...(said ? {} : { peakRps: undefined }),
    replicas: login.replicas.map((one, index) => ({
      ...one,
      placement: known([`zone:apne2-az${index + 1}` as const]),
      units: known(units[index] ?? 0),
      capacityRps: said ? known(150 * (units[index] ?? 0)) : undefined,
    })),
  }));

/** Login in Pangyo on three machines of 4 vCPUs for 450 of 900 rps; with Chuncheon or Busan lost, the other carries 450. */
const quotaAt = (vcpus: number, from: Estate = compliant()): Estate =>
  withFacts(from, [
    { kind: "unitSize", of: "onDemandVcpus", urn: "login@pangyo", service: "login", amount: 4 },
    {
      kind: "quota",
      of: "onDemandVcpus",
      urn: "vcpus-pangyo",
      region: known("region:pangyo-region"),
      most: known(vcpus),
    },
  ]);

/** Login asked in the first sites, and in Busan as a last resort; each site carries so much of the peak of 900 rps. */
const lastInBusan = (sites: readonly string[], rps: number): Estate =>
  changed("login", (login) => ({
    replicas: login.replicas
      .filter(({ id }) => [...sites, "busan"].some((site) => id === `login@${site}`))
      .map((one) => ({ ...one, capacityRps: known(rps) })),
    routes: login.routes.map((route) => ({
      ...route,
      targets: [
        target(sites.map((site) => `login@${site}`)),
        target(["login@busan"], { share: known(0), lastResort: true }),
      ],
    })),
  }));

export const reserve: ExamplesByPolicy = {
  "reserve-unasked": {
    passes: {
      what: "two sites of which each carries the peak, before a last resort",
      estate: lastInBusan(["pangyo", "chuncheon"], 900),
    },
    nearMiss: {
      what: "one site before a last resort, which is asked once that site is dark",
      found: false,
      estate: lastInBusan(["pangyo"], 900),
    },
    refused: {
      what: "two sites of half of the peak each, before a last resort that is asked when both are dark",
      estate: lastInBusan(["pangyo", "chuncheon"], 450),
      service: "login",
      lost: ["facility:chuncheon"],
      urn: "login@busan",
      says: /at least 100 % of its peak when facility "chuncheon" is lost, and 50 % is served: "login@busan" would carry the rest/,
    },
  },
  "quota-below-peak": {
    passes: { what: "a quota of exactly what runs and is needed", estate: quotaAt(12) },
    nearMiss: {
      what: "a quota that admits what runs now, and not what the loss of another site asks",
      found: true,
      estate: quotaAt(12, capacity(300)),
      service: "login",
      lost: ["facility:busan"],
      urn: "vcpus-pangyo",
      says: /must have 24 vCPUs when facility "busan" is lost, and quota "vcpus-pangyo" admits 12/,
    },
    refused: {
      what: "a quota below what runs",
      estate: quotaAt(11),
      service: "login",
      lost: [],
      urn: "vcpus-pangyo",
      says: /must have 12 vCPUs now, and quota "vcpus-pangyo" admits 11/,
    },
  },
  "zonal-imbalance": {
    passes: { what: "nine units, three in each zone", estate: inZones([3, 3, 3]) },
    nearMiss: {
      what: "an uneven spread with so much reserve that the fullest zone may go",
      found: false,
      estate: inZones([9, 3, 3]),
    },
    refused: {
      what: "nine units, of which five stand in one zone",
      estate: inZones([5, 2, 2]),
      service: "login",
      lost: ["zone:apne2-az1"],
      urn: "login@pangyo",
      says: /zone "apne2-az1" takes 5 of its 9 units with it: 66 % is left, where an even spread would leave 100 %/,
    },
  },
  "spot-only-capacity": {
    passes: {
      what: "Spot beside enough on-demand capacity",
      estate: withFacts(capacity(900), spot({ pangyo: 0.5, chuncheon: 0.5, busan: 0.5 })),
    },
    nearMiss: {
      what: "two sites of three without Spot, which carry the peak until one of them is lost",
      found: true,
      estate: withFacts(compliant(), spot({ busan: 1 })),
      service: "login",
      lost: ["facility:chuncheon"],
      urn: "login@busan",
      says: /when facility "chuncheon" is lost, and 50 % is left: Spot gives 100 % of "login@busan"/,
    },
    refused: {
      what: "nothing but Spot",
      estate: withFacts(compliant(), spot({ pangyo: 1, chuncheon: 1, busan: 1 })),
      service: "login",
      lost: [],
      urn: "login@pangyo",
      says: /must carry 100 % of its peak without Spot capacity, and 0 % is left/,
    },
  },
  "reserve-n-minus-1": {
    passes,
    nearMiss: {
      what: "two thirds of the peak left where two thirds were promised",
      found: false,
      estate: ["login", "messenger"].reduce(
        (from, id) => changed(id, () => ({ objectives: { rtoSeconds: 120, rpoSeconds: 60, leastShare: 2 / 3 } }), from),
        capacity(300),
      ),
    },
    refused: {
      what: "three sites without reserve",
      estate: capacity(300),
      service: "login",
      urn: "login@pangyo",
      says: /at least 100 % of its peak when .* is lost, and 66 % is left/,
    },
  },
  "reserve-n-minus-2": {
    passes,
    nearMiss: {
      what: "two sites, one of which goes down alone anyway",
      found: false,
      estate: changed("login", (login) => ({ replicas: login.replicas.slice(0, 1) })),
    },
    refused: {
      what: "two sites that carry the peak each",
      estate: changed("login", (login) => ({
        replicas: login.replicas.slice(0, 2).map((one) => ({ ...one, capacityRps: known(900) })),
      })),
      service: "login",
      lost: ["facility:chuncheon", "facility:pangyo"],
      urn: "login@pangyo",
      says: /must not go down when facility "chuncheon" and facility "pangyo" are lost together/,
    },
  },
  "serves-at-peak": {
    passes,
    nearMiss: { what: "exactly the peak", found: false, estate: capacity(300) },
    refused: {
      what: "less than the peak with nothing lost",
      estate: capacity(299),
      service: "login",
      lost: [],
      urn: "login@pangyo",
      says: /must serve 100 % of its peak with nothing lost, and serves 99 %/,
    },
  },
  "autoscaling-ceiling": {
    passes: { what: "scalers that may double", estate: withFacts(compliant(), ceilings(6)) },
    nearMiss: { what: "scalers already at what is needed", found: false, estate: withFacts(compliant(), ceilings(3)) },
    refused: {
      what: "scalers that stop below the redirected peak",
      estate: withFacts(compliant(), ceilings(2)),
      service: "login",
      urn: "login@pangyo",
      says: /its scalers stop at 66 %/,
    },
  },
  "reserve-not-held": {
    passes: {
      what: "a standby whose capacity is reserved",
      estate: withFacts(standbyIn("busan"), [
        {
          kind: "reserve",
          urn: "reservation",
          service: "login",
          mechanism: "capacityReservation",
          placement: known(["zone:apne2-az1"]),
          units: known(3),
        },
      ]),
    },
    nearMiss: {
      what: "another service's reservation",
      found: true,
      level: "advisory",
      estate: withFacts(standbyIn("busan"), [
        {
          kind: "reserve",
          urn: "reservation",
          service: "messenger",
          mechanism: "warmPool",
          placement: known([]),
          units: known(3),
        },
      ]),
      service: "login",
      urn: "login@busan",
      says: /capacity of its 1 standby held/,
    },
    refused: {
      what: "a standby that hopes for machines",
      level: "advisory",
      estate: standbyIn("busan"),
      service: "login",
      urn: "login@busan",
      says: /no such reserve was found/,
    },
  },
};
