import { byText } from "../../lib/order";
import { listsBy } from "../../lib/lists";
import type { NeedCutFact, Service } from "../../model";
import { factsOf, servicesById } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy, Violation } from "../policy";

export const needOutOfReach: Policy = {
  name: "need-out-of-reach",
  code: "DPX330",
  title: "Every replica gets to what it needs",
  family: "routing",
  severity: "critical",
  rows: ["2", "3", "K2"],
  why:
    "What takes over has to work. A replica that may not read its table, or that no rule lets out to its database, " +
    "runs, is reached and answers with errors, and nobody sees that before the day on which it is alone.",
  proves:
    "Follows each hard need of a workload to the store, queue or topic in its region: whether its role may use that " +
    "very ARN there (inline and attached policies, denials, boundary, trust policy), and whether the security groups " +
    "of both ends let it through; whether the private names that it calls are answered in its network and led to; " +
    "and whether its tasks can start at all. What the stack says nothing about is taken as open.",
  fix: {
    text: "Allow the role that very ARN, and open the port at both ends.",
    snippet:
      'new aws.iam.RolePolicy("pay-data", { role: pay.id, policy: { Version: "2012-10-17", Statement: [{ ' +
      'Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: tableArns }] } });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge({ estate }) {
    const facts = factsOf(estate, "needCut");
    if (facts.length === 0) return;
    const services = servicesById(estate);
    for (const [id, found] of listsBy(facts, ({ service }) => service)) {
      const service = id === undefined ? undefined : services.get(id);
      if (service === undefined) continue;
      const closed = found.filter(({ open }) => open.known);
      yield closed.length > 0 ? violationOf(service, closed, "broken") : violationOf(service, found, "unknown");
    }
  },
};

function violationOf(service: Service, facts: readonly NeedCutFact[], verdict: Violation["verdict"]): Violation {
  const cuts = [...facts].sort((a, b) => byText(a.workload, b.workload) || byText(a.urn, b.urn));
  const told = [
    ...new Set(cuts.map(({ workload, needs, why }) => `${urnName(workload)} needs "${needs}", and ${why}`)),
  ];
  const wanted = `${subject(service)} must get to what it needs from wherever it runs`;
  return {
    verdict,
    service: service.id,
    lost: [],
    urns: [...new Set(cuts.flatMap(({ urn, workload }) => [urn, workload]))],
    properties: cuts.flatMap(({ urn, property, open }) => (open.known ? [`${urn}.${property}`] : [open.missing])),
    message:
      verdict === "broken"
        ? `${wanted}, and does not: ${list(told)}.`
        : `${wanted}, and whether it does is not known: ${list(told)}.`,
  };
}
