import type { Replica, SchedulingFact, Service } from "../../model";
import { boundObjectives } from "../evidence/read";
import { workloadsWhere, type Workload } from "../evidence/workloads";
import { duration, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

export const unreachableToleration: Policy = {
  name: "unreachable-toleration",
  code: "DPX373",
  title: "Pods leave a silent node soon",
  family: "kubernetes",
  severity: "medium",
  rows: ["2"],
  why:
    "Traffic and work have to leave what is dead within a minute. A pod stays bound to a node that only stops " +
    "answering for 300 s unless it says otherwise, on top of the 40 to 50 s until the node is taken as unreachable.",
  proves:
    "Reads `tolerationSeconds` of the tolerations for `node.kubernetes.io/unreachable` and `not-ready`; 300 where " +
    "unset. Where the pods of a lost building are made anew in another building of the same cluster, what the " +
    "promised RTO leaves is the limit.",
  fix: {
    text: "Tolerate an unreachable node for seconds, not minutes.",
    snippet:
      'tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", ' +
      "tolerationSeconds: 30 }]",
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {
    longestSeconds: {
      type: "integer",
      description: "Longest time that a pod may stay bound to an unreachable node, in seconds.",
      default: 60,
      minimum: 0,
      maximum: 300,
    },
  },
  *judge(context) {
    const knob = context.config.longestSeconds;
    const longest = typeof knob === "number" ? knob : 60;
    const clings = workloadsWhere(context, (fact) => fact.unreachableTolerationSeconds > longest);
    for (const { service, workloads, names } of clings) {
      const worst = Math.max(...workloads.map(({ fact }) => fact.unreachableTolerationSeconds));
      yield {
        ...about(service, workloads),
        message:
          `${subject(service)} must leave an unreachable node within ${duration(longest)}, and pods stay up to ` +
          `${duration(worst)}: those of ${names}.`,
      };
    }
    for (const { service, workloads } of workloadsWhere(
      context,
      (fact) => fact.unreachableTolerationSeconds <= longest,
    )) {
      yield* tooLateForPromise(context, service, workloads);
    }
  },
};

function about(service: Service, workloads: readonly Workload[]): Omit<Violation, "message"> {
  return {
    verdict: "broken",
    service: service.id,
    lost: [],
    urns: workloads.map(({ fact }) => fact.urn),
    properties: ["spec.template.spec.tolerations"],
  };
}

/** A promise that pods made anew in another building of the cluster break by waiting for the lost one. */
function* tooLateForPromise(
  context: PolicyContext,
  service: Service,
  workloads: readonly Workload[],
): Iterable<Violation> {
  const rtoSeconds = Math.min(...boundObjectives(context, service).map(({ objectives }) => objectives.rtoSeconds));
  const late = workloads.filter(
    ({ fact }) => madeAnewSeconds(service, fact) > rtoSeconds && isWaitedFor(context, service, fact, rtoSeconds),
  );
  const [first] = late;
  if (first === undefined) return;
  const { unreachableTolerationSeconds: tolerated } = first.fact;
  const anew = madeAnewSeconds(service, first.fact);
  const left = rtoSeconds - (anew - tolerated);
  yield {
    ...about(service, late),
    message:
      `${subject(service)} must serve again within ${duration(rtoSeconds)}, and pods of ${first.name} in cluster ` +
      `"${first.fact.cluster}" are made anew in another building only after ${duration(anew)}, of which they wait ` +
      `${duration(tolerated)} for the lost one.`,
    fix:
      left >= 0
        ? `Tolerate an unreachable node for at most ${Math.floor(left)} s.`
        : "No toleration is short enough: run the reserve in every building, so that nothing has to be made anew.",
  };
}

/** Room that takes in a workload's fallen pods. */
function roomOf(service: Service, fact: SchedulingFact): readonly Replica[] {
  return service.replicas.filter(({ standsInFor }) => standsInFor === fact.urn);
}

/** Seconds until it has taken them in; 0 where there is none, and so nothing waits. */
function madeAnewSeconds(service: Service, fact: SchedulingFact): number {
  return Math.max(0, ...roomOf(service, fact).map(({ startSeconds }) => startSeconds));
}

/** True where the service is late after the loss of a place: what runs elsewhere does not carry the peak by itself. */
function isWaitedFor({ survival }: PolicyContext, { id }: Service, fact: SchedulingFact, rtoSeconds: number): boolean {
  return (fact.facilities ?? []).some((place) => survival.outcome(id, [place]).rtoSeconds > rtoSeconds);
}
