import { kindOf, type DomainId, type Service } from "../../model";
import { ownServices, requirementOf, urnsOf } from "../evidence/read";
import { servicesAt } from "../evidence/statusPage";
import { domainWords, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const statusPageInside: Policy = {
  name: "status-page-inside",
  code: "DPX388",
  title: "The status page does not go down with what it tells about",
  family: "operations",
  severity: "medium",
  rows: ["K13"],
  why:
    "Notices came late because the means of notice were in the building that burned. A page that fails with its " +
    "service tells nobody.",
  proves:
    "Looks whether the host name of the status page is a name of the stack itself. If so, the service behind it may " +
    "be neither the service that it tells about nor one that needs it, and it must stay up when any one domain is " +
    "lost of the kinds that the tier names.",
  fix: {
    text:
      "Move the page to another operator, or run it in sites and under a name of its own that share nothing with the " +
      "service.",
    snippet: 'tags: { "duplex:status-page": "example.statuspage.net" } // no name of this stack',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.statusPage === undefined) continue;
      for (const page of servicesAt(context.estate, service.statusPage)) {
        const found = tiedTo(context, page, service);
        if (found === undefined) continue;
        yield {
          verdict: "broken",
          service: service.id,
          lost: found.lost,
          urns: [...new Set([...urnsOf(page), ...urnsOf(service)])],
          message:
            `${subject(service)} must be able to tell its users of its outage, and its status page ` +
            `"${service.statusPage}" ${found.how}.`,
        };
        break;
      }
    }
  },
};

/** How a page goes down with a service; undefined where it does not. */
function tiedTo(
  context: PolicyContext,
  page: Service,
  service: Service,
): { readonly lost: readonly DomainId[]; readonly how: string } | undefined {
  if (page.id === service.id) return { lost: [], how: "is served by itself" };
  if (context.survival.closure(page.id).includes(service.id)) {
    return { lost: [], how: `is served by "${page.id}", which needs it` };
  }
  const kinds: readonly string[] = requirementOf(context, service).surviveOne;
  const isDown = (id: string, lost: DomainId) => context.survival.outcome(id, [lost]).status === "down";
  const lost = context.survival
    .relevantDomains(page.id)
    .find((domain) => kinds.includes(kindOf(domain)) && isDown(page.id, domain));
  return lost && { lost: [lost], how: `is served by "${page.id}", which goes down with ${domainWords(lost)}` };
}
