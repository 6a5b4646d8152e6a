/** Concentration: one pure judgement for every kind of failure domain. */
import { kindOf, type DomainId, type DomainKind, type Service } from "../../model";
import type { Outcome } from "../../survival";
import type { Policy, PolicyContext, Violation } from "../policy";
import { ownServices, pathTo, requirementOf, servicesById, urnsOf } from "./read";
import { count, domainWords, list, subject } from "./words";

/** True where nothing is served even with nothing lost: `serves-at-peak` reports it, and no loss adds to it. */
export function downAnyway(context: PolicyContext, service: Service): boolean {
  return context.survival.outcome(service.id, []).status === "down";
}

/** The judgement "the loss of any one domain of this kind must not take the service down". */
export function judgeLossOf(kind: DomainKind): Policy["judge"] {
  return function* (context) {
    for (const service of ownServices(context)) {
      const { surviveOne } = requirementOf(context, service);
      if (!surviveOne.includes(kind)) continue;
      // All kinds at once: the other policies of this family ask for them too, and they are found once.
      const [first, ...others] = context.survival
        .minimalCutSets(service.id, 1, surviveOne)
        .flatMap(({ domains, certainty }) => (certainty === "broken" ? domains : []))
        .filter((id) => kindOf(id) === kind);
      if (first) yield describeLoss(context, service, first, others);
    }
  };
}

function describeLoss(
  context: PolicyContext,
  service: Service,
  first: DomainId,
  others: readonly DomainId[],
): Violation {
  const outcome = context.survival.outcome(service.id, [first]);
  const same = others.length > 0 ? ` The same holds for ${list(others.map(domainWords))}.` : "";
  return {
    verdict: "broken",
    service: service.id,
    lost: [first],
    urns: culpritUrns(context, service, outcome),
    message:
      `${subject(service)} must stay up when ${domainWords(first)} is lost, and goes down: ` +
      `${reasonOf(context, service, outcome)}; 0 % of its peak is left.${same}`,
  };
}

/** Why a service is limited: its own replicas, or the chain of needs to the one that is. */
export function reasonOf(context: PolicyContext, service: Service, outcome: Outcome): string {
  if (outcome.weakest === service.id) {
    const reached = service.routes.length > 0 ? " and reached by its names" : "";
    return `of its ${ownReplicas(service)} too few are left${reached}`;
  }
  const path = pathTo(context.estate, service.id, outcome.weakest);
  const weakest = servicesById(context.estate).get(outcome.weakest);
  const left = weakest ? ` (${ownReplicas(weakest)})` : "";
  return `the weakest edge of ${path.join(" → ")} is its last, and "${outcome.weakest}"${left} has too little left`;
}

/** The resources to change first: those of the service that limits, then the service's own. */
export function culpritUrns(context: PolicyContext, service: Service, outcome: Outcome): readonly string[] {
  const weakest = servicesById(context.estate).get(outcome.weakest);
  return [...new Set([...(weakest ? urnsOf(weakest) : []), ...urnsOf(service)])];
}

function ownReplicas(service: Service): string {
  const serving = service.replicas.filter((replica) => replica.role !== "backup").length;
  return `${count(serving, "replica")}${service.quorum === "majority" ? ", of which a majority must agree," : ""}`;
}
