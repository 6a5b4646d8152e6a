/** Small random estates for property tests: few names, so that sites share domains and services need each other. */
import fc from "fast-check";
import {
  known,
  placementsOf,
  unknown,
  type DomainId,
  type Estate,
  type Known,
  type Placement,
  type Replica,
  type Route,
  type Service,
  type Site,
} from "../../model";
import { cloud, dns, estate, facility, needs, replica, service, target } from "./estateBuilder";

const serviceNames = ["ads", "login", "pay", "shop"];
const some = (names: readonly string[]) => fc.subarray([...names], { minLength: 1 });

const arbitraryFacility: fc.Arbitrary<Site> = fc
  .record({
    name: fc.constantFrom("anyang", "ansan", "pangyo"),
    facility: fc.constantFrom("north", "south", "east"),
    region: fc.constantFrom("capital", "gangwon"),
    operator: fc.constantFrom("own", "landlord"),
    powerFeeds: some(["substation-1", "substation-2"]),
    carriers: some(["kt", "skb"]),
    hazards: fc.subarray(["quake"]),
  })
  .map(({ name, ...changes }) => facility(name, changes));

const arbitraryCloud: fc.Arbitrary<Site> = fc
  .record({ name: fc.constantFrom("seoul", "tokyo"), zones: fc.integer({ min: 1, max: 2 }) })
  .map(({ name, zones }) => cloud(name, zones));

export interface EstateShape {
  /** Lets placements, capacities, peaks, units and shares be unknown. */
  readonly unknowns?: boolean;
  /** Gives services DNS names. */
  readonly routes?: boolean;
}

/** An estate of one to three sites and one to four services. */
export function arbitraryEstate(shape: EstateShape = {}): fc.Arbitrary<Estate> {
  const sites = fc.array(fc.oneof(arbitraryFacility, arbitraryCloud), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(sites, some(serviceNames))
    .chain(([all, names]) =>
      fc.tuple(fc.constant(all), fc.tuple(...names.map((name) => arbitraryService(name, names, all, shape)))),
    )
    .map(([all, services]) => estate(all, services));
}

/** Up to four of an estate's domains, in any order. */
export function arbitraryLoss(of: Estate): fc.Arbitrary<DomainId[]> {
  return fc.shuffledSubarray(
    of.domains.map(({ id }) => id),
    { maxLength: Math.min(4, of.domains.length) },
  );
}

/** Gives every unknown of an estate some value that it may turn out to have. */
export function arbitraryResolution(of: Estate): fc.Arbitrary<Estate> {
  const places = some(of.domains.map(({ id }) => id)).map((ids) => ids as DomainId[]);
  const replicaOf = (one: Replica): fc.Arbitrary<Replica> =>
    fc
      .record({
        placement: resolve(one.placement, places),
        units: resolve(one.units, fc.integer({ min: 1, max: 5 })),
        capacityRps: resolve(one.capacityRps ?? unknown<number>("unsaid"), fc.integer({ min: 1, max: 200 })),
        reached: resolve(one.reached ?? known(true), fc.boolean()),
      })
      .map((changes) => ({ ...one, ...changes }));
  const routeOf = (route: Route): fc.Arbitrary<Route> =>
    fc
      .tuple(...route.targets.map((one) => resolve(one.share, fc.double({ min: 0.01, max: 1, noNaN: true }))))
      .map((shares) => ({
        ...route,
        targets: route.targets.map((one, index) => ({ ...one, share: shares[index] ?? one.share })),
      }));
  const serviceOf = (one: Service): fc.Arbitrary<Service> =>
    fc
      .record({
        replicas: fc.tuple(...one.replicas.map(replicaOf)),
        routes: fc.tuple(...one.routes.map(routeOf)),
        peakRps: one.peakRps ? resolve(one.peakRps, fc.integer({ min: 1, max: 300 })) : fc.constant(undefined),
      })
      .map((changes) => ({ ...one, ...changes }));
  return fc.tuple(...of.services.map(serviceOf)).map((services) => ({ ...of, services }));
}

function resolve<T>(value: Known<T>, possible: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> {
  return value.known ? fc.constant(value) : possible.map((found) => known(found));
}

function arbitraryService(
  name: string,
  names: readonly string[],
  sites: readonly Site[],
  { unknowns = false, routes = false }: EstateShape,
): fc.Arbitrary<Service> {
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Known<T>> =>
    unknowns
      ? fc.oneof(
          { weight: 4, arbitrary: value.map((found) => known(found)) },
          { weight: 1, arbitrary: fc.constant(unknown<T>(`${name}.something`)) },
        )
      : value.map((found) => known(found));
  const places = sites.flatMap(placementsOf);
  const replicas = fc.array(
    fc.record({
      placement: maybe<Placement>(fc.constantFrom(...places)),
      role: fc.constantFrom("active" as const, "active" as const, "standby" as const, "backup" as const),
      capacityRps: maybe(fc.constantFrom(20, 50, 100)),
      units: maybe(fc.integer({ min: 1, max: 3 })),
      startNeeds: fc.subarray<DomainId>(["operator:aws", "region:capital"], { maxLength: 1 }),
      startSeconds: fc.constantFrom(0, 60, 600),
      reached: fc.oneof(
        { weight: 4, arbitrary: fc.constant(known(true)) },
        { weight: 1, arbitrary: maybe(fc.boolean()) },
      ),
      isRoom: fc.boolean(),
      // A unit left over of a spread over all places, as the scheduler's choice leaves it.
      remainderRank: fc.option(fc.nat(2), { nil: undefined, freq: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const dependencies = fc.array(
    fc
      .tuple(some(names), fc.constantFrom("hard" as const, "soft" as const, "startup" as const))
      .map(([anyOf, strength]) => needs(anyOf, strength)),
    { maxLength: 2 },
  );
  const targets = fc.array(
    fc.record({ share: maybe(fc.constantFrom(0, 0.2, 0.5, 1)), checked: fc.boolean(), lastResort: fc.boolean() }),
    { minLength: 4, maxLength: 4 },
  );
  return fc
    .record({
      replicas,
      dependencies,
      targets,
      quorum: fc.constantFrom("any" as const, "any" as const, "majority" as const),
      peakRps: fc.option(maybe(fc.constantFrom(50, 100, 150)), { nil: undefined }),
    })
    .map(({ replicas: placed, targets: answers, ...changes }) => {
      const own = placed.map(({ placement, isRoom, remainderRank, ...rest }, index) => {
        // Room for the pods of the first one, as placeholder pods hold it.
        const isFirstActive = index > 0 && placed[0]?.role === "active";
        const isHeld = isRoom && isFirstActive && rest.role === "standby";
        const room = isHeld ? { standsInFor: `${name}#0`, reached: placed[0]?.reached ?? known(true) } : {};
        const isRemainder = remainderRank !== undefined && remainderRank < places.length && placement.known;
        return replica(`${name}#${index}`, placement, {
          ...rest,
          ...room,
          ...(isRemainder ? { remainder: { places, rank: remainderRank } } : {}),
        });
      });
      const rooms = own.flatMap(({ id, standsInFor }) => (standsInFor === undefined ? [] : [id]));
      const answer = own.flatMap(({ id }, index) => {
        const found = answers[index];
        // What leads to pods leads to them wherever they are made anew.
        if (!found || rooms.includes(id)) return [];
        const { share, checked, lastResort } = found;
        return [
          target(index === 0 ? [id, ...rooms] : [id], {
            share,
            lastResort,
            ...(checked ? {} : { healthCheck: undefined }),
          }),
        ];
      });
      return service(name, own, { ...changes, routes: routes ? [dns(`${name}.example`, answer)] : [] });
    });
}
