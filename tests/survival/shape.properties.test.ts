/** Services of one shape are solved once: every answer must be the one that each would have had by itself. */
import fc from "fast-check";
import {
  known,
  nameOf,
  type Dependency,
  type DomainId,
  type Estate,
  type Replica,
  type Route,
  type RouteTarget,
  type Service,
} from "../../model";
import { createSurvival } from "../../survival";
import { statusOf } from "../../survival/level";
import { createDependencyGraph } from "../../survival/dependencyGraph";
import { shapeOf } from "../../survival/shape";
import { arbitraryEstate, arbitraryLoss } from "../support/arbitraryEstate";
import { replica, service } from "../support/estateBuilder";
import { solvedGenerally } from "../support/generalSolver";

interface Choice {
  readonly difference: string;
  readonly at: number;
  readonly domain: DomainId;
}

type Changes<T> = Readonly<Record<string, (of: T, choice: Choice) => Partial<T>>>;

/** One thing at a time in which a copy differs from the service that it is a copy of. */
const ofService: Changes<Service> = {
  layer: ({ layer }) => ({ layer: layer === "store" ? "cache" : "store" }),
  quorum: ({ quorum }) => ({ quorum: quorum === "any" ? "majority" : "any" }),
  replication: (_, { at }) => ({
    replication: { mode: at % 2 === 0 ? "asynchronous" : "none", rpoSeconds: known(at % 3), multiWriter: false },
  }),
  peak: (_, { at }) => ({ peakRps: known(1 + (at % 400)) }),
  backups: (_, { at, domain }) => ({
    backups: [{ urn: "b", placement: known([domain]), intervalSeconds: known(at % 3), immutable: known(true) }],
  }),
};
const ofReplica: Changes<Replica> = {
  role: ({ role }) => ({ role: role === "active" ? "standby" : "active" }),
  units: ({ units }) => ({ units: known(units.known ? units.value + 3 : 1) }),
  capacity: () => ({ capacityRps: known(7) }),
  start: ({ startSeconds }) => ({ startSeconds: startSeconds + 5 }),
  startNeeds: ({ startNeeds }, { domain }) => ({ startNeeds: [...startNeeds, domain] }),
  placement: (_, { domain }) => ({ placement: known([domain]) }),
  standsInFor: ({ role, urn }) => (role === "standby" ? { standsInFor: urn } : {}),
};
const ofDependency: Changes<Dependency> = {
  strength: ({ strength }) => ({ strength: strength === "soft" ? "hard" : "soft" }),
};
const ofRoute: Changes<Route> = {
  ttl: ({ ttlSeconds }) => ({ ttlSeconds: known(ttlSeconds.known ? ttlSeconds.value + 60 : 1) }),
  byHand: ({ needsControlPlane }) => ({ needsControlPlane: !needsControlPlane }),
  kind: ({ kind }) => ({ kind: kind === "loadBalancer" ? "dns" : "loadBalancer" }),
  behind: ({ targets }) => ({
    targets: targets.map((one, index) => ({ ...one, replicas: targets.at(index - 1)?.replicas ?? [] })),
  }),
};
const ofTarget: Changes<RouteTarget> = {
  share: ({ share }) => ({ share: known(share.known && share.value > 0 ? 0 : 0.5) }),
  lastResort: ({ lastResort }) => ({ lastResort: !lastResort }),
  threshold: ({ healthCheck }) => (healthCheck ? { healthCheck: { ...healthCheck, failureThreshold: known(11) } } : {}),
  observers: ({ healthCheck }, { domain }) =>
    healthCheck ? { healthCheck: { ...healthCheck, observers: [domain] } } : {},
  foreign: ({ replicas }) => ({ replicas: [...replicas, "another service's"] }),
};
const differences = [ofService, ofReplica, ofDependency, ofRoute, ofTarget].flatMap((changes) => Object.keys(changes));
// Most often none at all; and what takes two differences to be told apart more often than the rest.
const oftenest = ["none", "none", "none", "replication", "replication"];

/** Services as most are: no units left over of a spread, and nothing needed that needs them in turn. */
const plain: fc.Arbitrary<Estate> = arbitraryEstate({ routes: true }).map((estate) => ({
  ...estate,
  services: estate.services.map((service, index) => ({
    ...service,
    replicas: service.replicas.map((one) => ({ ...one, remainder: undefined, standsInFor: undefined })),
    dependencies: service.dependencies.filter(({ anyOf }) =>
      anyOf.every((id) => estate.services.slice(0, index).some((other) => other.id === id)),
    ),
    // A wider name and a narrower one: only the wider shuts anybody out.
    routes: service.routes.flatMap((route) => [route, { ...route, id: `${route.id}-narrow`, targets: route.targets.slice(0, 1 + (index % 2)) }]), // prettier-ignore
  })),
}));

/** An estate, with copies of each of its services beside them. */
const twins: fc.Arbitrary<Estate> = fc.oneof(plain, plain, arbitraryEstate({ routes: true })).chain((estate) => {
  const ids = estate.domains.map(({ id }) => id);
  const one = fc.record({
    difference: fc.constantFrom(...oftenest, ...differences),
    at: fc.nat(),
    domain: fc.constantFrom(...ids),
  });
  return fc.tuple(...estate.services.map(() => fc.tuple(one, one, one))).map((choices) => ({
    ...estate,
    services: [
      ...estate.services,
      ...estate.services.flatMap((service, index) =>
        (choices[index] ?? []).map((choice, copy) => copyOf(service, choice, `-${copy}`)),
      ),
    ],
  }));
});

/** A list in which one of its members has changed. */
function nth<T>(list: readonly T[], changes: Changes<T>, choice: Choice): T[] {
  return list.map((one, index) => (index === choice.at % list.length ? changedBy(one, changes, choice) : one));
}

function changedBy<T>(one: T, changes: Changes<T>, choice: Choice): T {
  return { ...one, ...changes[choice.difference]?.(one, choice) };
}

function copyOf(service: Service, choice: Choice, ending: string): Service {
  const renamed = (id: string): string => `${id}${ending}`;
  const copy: Service = {
    ...service,
    id: renamed(service.id),
    replicas: service.replicas.map((one) => ({ ...one, id: renamed(one.id) })),
    // Half of the copies need the copies of what their originals need: those are alike in turn.
    dependencies: service.dependencies.map((one) =>
      choice.at % 2 === 0 ? { ...one, anyOf: one.anyOf.map(renamed) } : one,
    ),
    routes: service.routes.map((route) => ({
      ...route,
      targets: route.targets.map((one) => ({ ...one, replicas: one.replicas.map(renamed) })),
    })),
  };
  return {
    ...changedBy(copy, ofService, choice),
    replicas: nth(copy.replicas, ofReplica, choice),
    dependencies: nth(copy.dependencies, ofDependency, choice),
    routes: nth(copy.routes, ofRoute, choice).map((route) => ({
      ...route,
      targets: nth(route.targets, ofTarget, choice),
    })),
  };
}

/** How many services have the shape of one before them. */
function sharedIn(estate: Estate): number {
  const { components, componentOf } = createDependencyGraph(estate);
  const numbers = new Map<string, number>();
  const numberOf: number[] = [];
  let shared = 0;
  for (const component of components) {
    const shape = shapeOf(component, (id) => numberOf[componentOf(id).index] ?? -1);
    const known = shape === undefined ? undefined : numbers.get(shape);
    shared += Number(known !== undefined);
    if (shape !== undefined && known === undefined) numbers.set(shape, component.index);
    numberOf.push(known ?? component.index);
  }
  return shared;
}

test("answers of services of one shape are those that each has by itself", () => {
  let shared = 0;
  let services = 0;
  const withLosses = twins.chain((estate) => fc.tuple(fc.constant(estate), fc.array(arbitraryLoss(estate), { minLength: 3, maxLength: 3 }))); // prettier-ignore
  fc.assert(
    fc.property(withLosses, ([estate, losses]) => {
      const survival = createSurvival(estate);
      for (const lost of [[], ...losses]) {
        const [worst, best] = [solvedGenerally(estate, lost, "worst"), solvedGenerally(estate, lost, "best")];
        for (const { id } of estate.services) {
          const [low, high] = [worst.get(id), best.get(id)];
          expect(survival.outcome(id, lost)).toEqual({
            service: id,
            status: low && high && statusOf(low.final) === statusOf(high.final) ? statusOf(low.final) : "unknown",
            share: low?.final.share,
            bestShare: high?.final.share,
            immediateShare: low?.immediate.share,
            ...low?.recovery,
            weakest: low?.weakest,
            missing: expect.any(Array) as unknown,
          });
        }
      }
      shared += sharedIn(estate);
      services += estate.services.length;
    }),
    { numRuns: 1500 },
  );
  expect(shared).toBeGreaterThan(services / 20);
});

test("and so are their cut sets", () => {
  fc.assert(
    fc.property(twins, (estate) => {
      const survival = createSurvival(estate);
      for (const { id } of estate.services) {
        // Asked first, it is searched for itself.
        const alone = createSurvival(estate);
        expect(survival.minimalCutSets(id, 2)).toEqual(alone.minimalCutSets(id, 2));
        expect(survival.minimalCutSets(id, 1, ["zone"])).toEqual(alone.minimalCutSets(id, 1, ["zone"]));
      }
    }),
    { numRuns: 200 },
  );
});

test("two places are not the one place whose name is made of theirs", () => {
  const places: readonly DomainId[] = ["facility:north", "facility:south"];
  const joined = places.join() as DomainId;
  const survival = createSurvival({
    domains: [...places, joined].map((id) => ({ id, kind: "facility", name: nameOf(id), within: [], suppliedBy: [] })),
    services: [service("both", [replica("both#0", places)]), service("one", [replica("one#0", [joined])])],
    facts: [],
    notJudged: [],
  });
  const judged: string[] = [];
  const nothing = ({ id }: Service) => void judged.push(id);
  expect([...survival.judgeEach(survival.estate.services, nothing, () => "")]).toEqual([]);
  expect(judged).toEqual(["both", "one"]);
  expect(survival.outcome("both", ["facility:north"]).status).toBe("down");
  expect(survival.outcome("one", ["facility:north"]).status).toBe("up");
});
