import { byText } from "../../lib/order";
import { listsBy } from "../../lib/lists";
import type { Service, WayInFact } from "../../model";
import { factsOf, servicesById } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy, Violation } from "../policy";

export const wayInClosed: Policy = {
  name: "way-in-closed",
  code: "DPX315",
  title: "Requests get through to every replica",
  family: "routing",
  severity: "critical",
  rows: ["2", "3", "K2"],
  why:
    "There were three more data centres, and the work did not get there. A replica behind a closed port, an empty " +
    "target group or a name that leads elsewhere is such a data centre: it runs, it costs, and it serves nobody.",
  proves:
    "Follows each name, load balancer and address of the stack hop by hop (record, listener, rule, target group, " +
    "security groups, network ACLs, routes, ports) to the replicas behind it, and looks for the hop that stops " +
    "requests, or of which it is not known whether it does.",
  fix: {
    text: "Open the hop that is named, or take the way that leads there out of the answers.",
    snippet:
      'new aws.vpc.SecurityGroupIngressRule("login-in", { securityGroupId: units.id, ' +
      'referencedSecurityGroupId: balancer.id, ipProtocol: "tcp", fromPort: 8080, toPort: 8080 });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge({ estate }) {
    const facts = factsOf(estate, "wayIn");
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

function violationOf(service: Service, facts: readonly WayInFact[], verdict: Violation["verdict"]): Violation {
  const ways = [...listsBy(facts, ({ urn, property }) => `${urn} ${property}`).values()]
    .flatMap((alike) => alike[0] ?? [])
    .sort((a, b) => byText(a.urn, b.urn) || byText(a.property, b.property));
  const stopped = ways.map(({ over, why }) => `by ${over.map(urnName).join(" → ")} ${why}`);
  const wanted = `${subject(service)} must be reached by every way that leads to it`;
  return {
    verdict,
    service: service.id,
    lost: [],
    urns: [...new Set(ways.flatMap(({ urn, over }) => [urn, ...over.slice(-1)]))],
    properties: ways.flatMap(({ urn, property, open }) => (open.known ? [`${urn}.${property}`] : [open.missing])),
    message:
      verdict === "broken"
        ? `${wanted}, and requests do not get through: ${list(stopped)}.`
        : `${wanted}, and whether requests get through is not known: ${list(stopped)}.`,
  };
}
