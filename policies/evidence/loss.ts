/** Concentration: one pure judgement for every kind of failure domain. */
import { kindOf, type DomainId, type DomainKind, type Service } from "../../model";
import type { Outcome } from "../../survival";
import type { Policy, PolicyContext, Violation } from "../policy";
import { survivalInIsolation } from "./isolation";
import { domainsById, fateOf, ownServices, pathTo, requirementOf, servicesById, unaccepted, urnsOf } from "./read";
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
      const fatal = context.survival
        .minimalCutSets(service.id, 1, surviveOne)
        .flatMap(({ domains, certainty }) => (certainty === "broken" ? domains : []))
        .filter((id) => kindOf(id) === kind);
      // Each loss that is accepted speaks for itself, so that it covers no other.
      const open = unaccepted(context, service, fatal);
      for (const id of fatal) if (!open.includes(id)) yield describeLoss(context, service, id, []);
      const [first, ...others] = open;
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
      `${reasonOf(context, service, outcome, [first])}; 0 % of its peak is left.${same}`,
  };
}

/** Why a service is limited: its own replicas, or the chain of needs to the one that is. */
export function reasonOf(
  context: PolicyContext,
  service: Service,
  outcome: Outcome,
  lost: readonly DomainId[] = [],
): string {
  if (outcome.weakest === service.id) {
    const unanswered = unansweredNames(context, service, lost);
    if (unanswered.length > 0) return `nobody else answers for ${list(unanswered.map((name) => `"${name}"`))}`;
    const reached = service.routes.length > 0 ? " and reached by its names" : "";
    return `of its ${ownReplicas(service)} too few are left${reached}`;
  }
  const path = pathTo(context.estate, service.id, outcome.weakest);
  const weakest = servicesById(context.estate).get(outcome.weakest);
  const left = weakest ? ` (${ownReplicas(weakest)})` : "";
  return `the weakest edge of ${path.join(" → ")} is its last, and "${outcome.weakest}"${left} has too little left`;
}

/** Names of the service whose provider falls with these, where its own replicas stand. */
function unansweredNames(context: PolicyContext, service: Service, lost: readonly DomainId[]): readonly string[] {
  if (lost.length === 0 || survivalInIsolation(context).outcome(service.id, lost).status === "down") return [];
  const domains = domainsById(context.estate);
  const fallen = service.routes.filter(
    ({ kind, provider }) => kind !== "loadBalancer" && lost.some((id) => fateOf(domains, [provider]).has(id)),
  );
  return [...new Set(fallen.map(({ name }) => name))].sort();
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
