/** Keeps the steps by which one service recovers: the same ones of which a judgement keeps only the last. */
import { byNumber, byText } from "../lib/order";
import type { DomainId } from "../model/domain";
import type { Dependency, Replica, Route, RouteTarget } from "../model/estate";
import { groupRecovery, recoverBySteps, type Recovery, type Start, type StepListener } from "./recovery";
import type { Member, Others } from "./result";
import { fallenOf } from "./survivors";
import type { NeedReady, Timeline, TimelineEvent } from "./timeline";

/** What a timeline is made from: a service that was solved, and the result. */
export interface Traced {
  readonly member: Member;
  readonly others: Others;
  /** True where the service serves anything in the end. */
  readonly isAlive: boolean;
  readonly recovery: Recovery;
}

export function timelineOf({ member, others, isAlive, recovery }: Traced, lost: readonly DomainId[]): Timeline {
  const { node, survivors, starts } = member;
  const steps = new Steps(node.service.replication?.multiWriter === false, node.startup);
  recoverBySteps(node, survivors, starts, steps);
  const hard = node.hard.flatMap((need) => {
    return needReady(need, "hard", groupRecovery(need.anyOf, others.levelOf, others.recoveryOf));
  });
  const events = sorted([...fallenOf(survivors).map(replicaLost), ...steps.events, ...hard]);
  const rtoSeconds = isAlive ? Math.max(0, ...events.map(({ seconds }) => seconds)) : Infinity;
  const ready = { kind: "serviceReady", beginSeconds: 0, seconds: rtoSeconds, needsControlPlane: false } as const;
  return {
    service: node.id,
    lost,
    events: [...events, ready],
    rtoSeconds,
    rpoSeconds: recovery.rpoSeconds,
    needsControlPlane: events.some(({ needsControlPlane }) => needsControlPlane),
  };
}

class Steps implements StepListener {
  readonly events: TimelineEvent[] = [];
  readonly #isPromoted: boolean;
  readonly #startup: readonly Dependency[];

  constructor(isPromoted: boolean, startup: readonly Dependency[]) {
    this.#isPromoted = isPromoted;
    this.#startup = startup;
  }

  trafficLeft(route: Route, { urn, healthCheck }: RouteTarget, detectedSeconds: number, leftSeconds: number): void {
    const { id, kind, needsControlPlane } = route;
    this.events.push(
      {
        ...{ kind: "failureDetected", route: id, target: urn, urn: healthCheck?.urn ?? urn },
        ...{ beginSeconds: 0, seconds: detectedSeconds, needsControlPlane: false },
      },
      {
        ...{ kind: "trafficLeft", route: id, routeKind: kind, urn },
        ...{ beginSeconds: detectedSeconds, seconds: leftSeconds, needsControlPlane },
      },
    );
  }

  redirected({ id }: Route, { urn }: RouteTarget): void {
    this.events.push({
      ...{ kind: "trafficRedirected", route: id, urn, beginSeconds: 0, seconds: 0, needsControlPlane: true },
    });
  }

  started({ replica, needs, needsControlPlane }: Start, decidedSeconds: number, readySeconds: number): void {
    if (!this.events.some(({ kind }) => kind === "standbyStarted" || kind === "copyPromoted")) {
      this.events.push(...this.#startup.flatMap((need, index) => needReady(need, "startup", needs[index])));
    }
    this.events.push({
      ...{ kind: this.#isPromoted ? "copyPromoted" : "standbyStarted", replica: replica.id, urn: replica.urn },
      ...{ controlPlanes: replica.startNeeds, beginSeconds: decidedSeconds, seconds: readySeconds, needsControlPlane },
    });
  }
}

function replicaLost({ id, urn }: Replica): TimelineEvent {
  return { kind: "replicaLost", replica: id, urn, beginSeconds: 0, seconds: 0, needsControlPlane: false };
}

/** None for what serves all the while, or has nothing to do with the loss. */
function needReady(
  { anyOf, evidence }: Dependency,
  strength: NeedReady["strength"],
  recovery: Recovery | undefined,
): readonly NeedReady[] {
  if (recovery === undefined || (recovery.rtoSeconds === 0 && !recovery.needsControlPlane)) return [];
  const { rtoSeconds: seconds, needsControlPlane } = recovery;
  return [{ kind: "needReady", anyOf, strength, urn: evidence.urn, beginSeconds: 0, seconds, needsControlPlane }];
}

/** The order in which things happen at one moment. */
const kindOrder = [
  "replicaLost",
  "failureDetected",
  "trafficLeft",
  "trafficRedirected",
  "needReady",
  "standbyStarted",
  "copyPromoted",
  "serviceReady",
] as const satisfies readonly TimelineEvent["kind"][];

function sorted(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const placeOf = ({ kind }: TimelineEvent) => kindOrder.indexOf(kind);
  return [...events].sort(
    (one, other) =>
      byNumber(one.seconds, other.seconds) ||
      byNumber(one.beginSeconds, other.beginSeconds) ||
      placeOf(one) - placeOf(other) ||
      byText(JSON.stringify(one), JSON.stringify(other)),
  );
}
