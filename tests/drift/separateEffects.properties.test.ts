/** What drift does by itself is the same, whether it is told apart or the state is read anew with it alone. */
import fc from "fast-check";
import { separateEffects } from "../../drift/separateEffects";
import type { ResourceDrift } from "../../drift";
import { withDrift } from "../../drift/applyDrift";
import type { State, StateResource } from "../../drift/state";
import { hasLosses, judged, lossesBetween, type Losses } from "../../drift/survivalLost";
import { readEstate } from "../../inventory/readEstate";
import type { Properties, Resource } from "../../inventory/resource";
import type { Estate, Urn } from "../../model";
import { facility } from "../support/estateBuilder";
import { StackBuilder, tags } from "../support/stackBuilder";

const today = { today: "2022-10-15" };
const regions = ["ap-northeast-2", "ap-northeast-1", "ap-northeast-3"] as const;
const tiers = ["critical", "important"] as const;

interface Plan {
  readonly tier: (typeof tiers)[number];
  readonly pods: readonly [number, number];
  readonly machines: number;
  readonly copies: number;
  /** Service that it needs, by number; none where there is no such. */
  readonly need: number;
}

const plans = fc.array(
  fc.record<Plan>({
    tier: fc.constantFrom(...tiers),
    pods: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 })),
    machines: fc.integer({ min: 3, max: 9 }),
    copies: fc.integer({ min: 1, max: 2 }),
    need: fc.integer({ min: 0, max: 7 }),
  }),
  { minLength: 3, maxLength: 4 },
);

/** Each service in two facilities and a region, with a table of its own; some need each other. */
function stackOf(services: readonly Plan[]): readonly Resource[] {
  const stack = new StackBuilder();
  const clusters = ["pangyo", "chuncheon"].map((name) => stack.cluster(name, stack.site(facility(name))));
  // Whatever drifts, each region is still somebody's.
  for (const region of regions)
    stack.add("aws:sqs/queue:Queue", `mail-${region}`, { region, tags: tags({ service: "mail" }) });
  const subnets = stack.subnets("net", regions[0], ["apne2-az1", "apne2-az2", "apne2-az3"]);
  services.forEach(({ tier, pods, machines, copies, need }, index) => {
    const name = `s${index}`;
    const dependsOn = need < services.length && need !== index ? { dependsOn: `s${need}` } : {};
    const words = { service: name, tier, peakRps: 400, unitRps: 100, ...dependsOn };
    clusters.forEach((cluster, at) => stack.deployment(cluster, name, pods[at], words));
    stack.autoscalingGroup(name, regions[0], subnets, machines, words);
    stack.add("aws:dynamodb/table:Table", name, {
      ...{ region: regions[0], tags: tags({ service: name, tier }) },
      replicas: regions.slice(1, 1 + copies).map((regionName) => ({ regionName })),
    });
  });
  return stack.resources;
}

/** The same by somebody's hand. */
function byHand(resource: Resource, to: number): Properties {
  const { properties, type } = resource;
  if (type.endsWith("Group")) return { ...properties, desiredCapacity: to, minSize: to };
  if (type.endsWith("Table")) return { ...properties, replicas: regions.slice(1, 1 + (to % 3)).map((regionName) => ({ regionName })) }; // prettier-ignore
  return { ...properties, spec: { ...(properties.spec as Properties), replicas: to } };
}

function stateOf(resources: readonly Resource[]): State {
  return new Map(resources.map((resource) => [resource.urn, { resource } as StateResource]));
}

const keysOf = (all: Losses, of: Losses) => {
  const known = new Set(keys(all));
  return keys(of).filter((key) => known.has(key)).sort(); // prettier-ignore
};
const keys = ({ findings, survival }: Losses) => [
  ...findings.map(({ policy, service, verdict, lost }) => JSON.stringify([policy, service, verdict, lost])),
  ...survival.map((lost) => JSON.stringify(lost)),
];

test("of services that need each other, and drift of any of their resources", () => {
  // One resource of each service at most: of two nothing is told apart.
  const hand = fc.record({ at: fc.integer({ min: 0, max: 3 }), to: fc.constantFrom(0, 1) });
  const hands = fc.array(fc.option(hand, { nil: undefined }), { minLength: 4, maxLength: 4 });
  let [apart, lost] = [0, 0];
  fc.assert(
    fc.property(plans, hands, (services, changes) => {
      const resources = stackOf(services);
      const changed = new Map<Urn, number>();
      services.forEach((_, index) => {
        const own = resources.filter(
          ({ name, type }) => name.split("-")[0] === `s${index}` && !type.includes("Subnet"),
        );
        const [found, to] = [own[changes[index]?.at ?? own.length]?.urn, changes[index]?.to];
        if (found !== undefined && to !== undefined) changed.set(found, to);
      });
      const desired = stateOf(resources);
      const actual = stateOf(
        resources.map((one) => {
          const to = changed.get(one.urn);
          return to === undefined ? one : { ...one, properties: byHand(one, to) };
        }),
      );
      const drifts = [...changed.keys()].map((urn): ResourceDrift => {
        return { kind: "changed", urn, type: "", changes: [], ignored: [] };
      });
      const read = (chosen: readonly ResourceDrift[]): Estate => readEstate(withDrift(desired, actual, chosen));
      const [deployed, whole] = [read([]), read(drifts)];
      const effects = separateEffects(deployed, whole, drifts);
      if (effects === undefined) return;
      apart++;
      const base = judged(deployed, today);
      const all = lossesBetween(base, judged(whole, today), today);
      const bound = lossesBetween(judged(effects.all.before, today), judged(effects.all.after, today), today);
      expect(bound).toEqual(all);
      for (const [drift, effectOf] of effects.of) {
        const { before, after } = effectOf();
        const anew = lossesBetween(base, judged(read([drift]), today), today);
        const told = lossesBetween(judged(before, today), judged(after, today), today);
        expect(keysOf(all, told)).toEqual(keysOf(all, anew));
        if (hasLosses(anew)) lost++;
      }
    }),
    { numRuns: 100 },
  );
  // Neither may hold of nothing.
  expect(apart).toBeGreaterThan(30);
  expect(lost).toBeGreaterThan(5);
});

test("nothing is told apart of two drifts of one service, or where a place has changed", () => {
  const plan: Plan = { tier: "critical", pods: [4, 4], machines: 4, copies: 2, need: 9 };
  const resources = stackOf([plan, plan]);
  const desired = stateOf(resources);
  const effects = (...changes: readonly (readonly [string, Properties])[]) => {
    const drifts = changes.map(([urn]): ResourceDrift => ({
      kind: "changed",
      urn,
      type: "",
      changes: [],
      ignored: [],
    }));
    const properties = new Map(changes);
    const actual = stateOf(resources.map((one) => ({ ...one, properties: { ...one.properties, ...properties.get(one.urn) } }))); // prettier-ignore
    const read = (chosen: readonly ResourceDrift[]) => readEstate(withDrift(desired, actual, chosen));
    return separateEffects(read([]), read(drifts), drifts)?.of.size;
  };
  const urnOf = (end: string) => resources.find(({ urn }) => urn.endsWith(end))?.urn ?? "";
  const fewer = { spec: { replicas: 1 } };
  const one = [urnOf("Deployment::s0-pangyo"), fewer] as const;
  expect(effects(one, [urnOf("Deployment::s1-pangyo"), fewer])).toBe(2);
  expect(effects(one, [urnOf("Deployment::s0-chuncheon"), fewer])).toBeUndefined();
  expect(effects(one, [urnOf("net-apne2-az1"), { availabilityZoneId: "apne2-az4" }])).toBeUndefined();
  expect(effects(one, [urnOf("net-apne2-az1"), { cidrBlock: "10.0.0.0/24" }])).toBeUndefined();
});
