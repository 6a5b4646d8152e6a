/** Routes and the replicas behind them, found by following what is forwarded where. */
import { domainId, known, type Replica, type Route, type RouteTarget, type Urn } from "../../model";
import type { Answer, Draft } from "../draft";
import { partedAnswers } from "./drained";
import type { Reach } from "./reach";
import { waysOf, type Ways } from "./waysIn";
import { byText } from "../../lib/order";

/** A route with the units that its answers lead to. */
export interface PlacedRoute {
  readonly route: Route;
  /** Resources of all replicas behind it; empty where it leads nowhere that is known. */
  readonly leadsTo: ReadonlySet<Urn>;
}

/** Every name and load balancer of the stack. */
export function routesOf(draft: Draft, reach: (urn: Urn) => Reach): readonly PlacedRoute[] {
  const byUrn = replicasByUrn(draft);
  const names = draft.routes.map((drafted): PlacedRoute => {
    const { answers: _, gap: __, ...rest } = drafted;
    const { given: answers } = partedAnswers(drafted);
    const ways = answers.map((answer) => waysOf(answer, reach));
    const targets = answers.map((answer, index) => targetOf(answer, ways[index] ?? noWays, byUrn, reach));
    return { route: { ...rest, targets }, leadsTo: new Set(ways.flatMap((one) => [...one.keys()])) };
  });
  return [...names, ...balancers(draft, byUrn, reach)].sort((a, b) => byText(a.route.id, b.route.id));
}

const noWays: Ways = new Map();

function targetOf(
  answer: Answer,
  ways: Ways,
  byUrn: ReadonlyMap<Urn, readonly Replica[]>,
  reach: (urn: Urn) => Reach,
): RouteTarget {
  const { leadsTo, healthCheck, ...rest } = answer;
  const reached = [...ways].filter(([, { passage }]) => passage !== "closed").map(([urn]) => urn);
  const isDead = ways.size === 0 && leadsTo.some((urn) => reach(urn).deadEnd !== undefined);
  // An alias that follows its target is as quick as the target's own check.
  const behind =
    healthCheck?.kind === "target"
      ? leadsTo.map((urn) => reach(urn).check).find((check) => check !== undefined)
      : undefined;
  const check = behind ?? healthCheck;
  return {
    urn: rest.urn,
    replicas: replicaIds(reached, byUrn),
    share: rest.share,
    ...(check === undefined ? {} : { healthCheck: check }),
    ...(rest.blind === undefined ? {} : { blind: rest.blind }),
    lastResort: rest.lastResort,
    ...(isDead || (ways.size > 0 && reached.length === 0) ? { shut: true } : {}),
  };
}

/** A load balancer as a route of its own: it leaves a dead zone by the check of its target group. */
function balancers(
  draft: Draft,
  byUrn: ReadonlyMap<Urn, readonly Replica[]>,
  reach: (urn: Urn) => Reach,
): readonly PlacedRoute[] {
  return draft.fronts.flatMap(({ resource, zones }) => {
    const { ends, check, wayTo } = reach(resource.urn);
    const ids = replicaIds(
      [...ends].filter((urn) => wayTo(urn).passage !== "closed"),
      byUrn,
    );
    const place = zones.known ? zones.value[0] : undefined;
    if (ids.length === 0) return [];
    const targets = ids.map((id): RouteTarget => ({
      urn: resource.urn,
      replicas: [id],
      share: known(1 / ids.length),
      ...(check === undefined ? {} : { healthCheck: check }),
      lastResort: false,
    }));
    return [
      {
        route: {
          id: `lb:${resource.urn}`,
          urn: resource.urn,
          name: resource.name,
          kind: "loadBalancer" as const,
          policy: "multivalue" as const,
          ttlSeconds: known(0),
          targets,
          provider: place ?? domainId("operator", "aws"),
          needsControlPlane: false,
        },
        leadsTo: ends,
      },
    ];
  });
}

function replicaIds(urns: readonly Urn[], byUrn: ReadonlyMap<Urn, readonly Replica[]>): readonly string[] {
  return [...new Set(urns.flatMap((urn) => (byUrn.get(urn) ?? []).map(({ id }) => id)))].sort(byText);
}

/** Replicas of what does the work; a load balancer's own are not what a name leads to. */
function replicasByUrn(draft: Draft): ReadonlyMap<Urn, readonly Replica[]> {
  const byUrn = new Map<Urn, readonly Replica[]>();
  for (const { resource, layer, replicas } of draft.units) {
    if (layer === "routing") continue;
    const others = byUrn.get(resource.urn);
    byUrn.set(resource.urn, others === undefined ? replicas : [...others, ...replicas]);
  }
  return byUrn;
}
