import { byText } from "../../lib/order";
import { kindOf, type Dependency, type DomainId, type Service, type ServiceId } from "../../model";
import { ownServices, requirementOf, servicesById, urnsOf } from "../evidence/read";
import { domainWords, list, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

/** Kinds of loss against which a login has to be told apart: its vendor, and the place where one's own login stands. */
const lossKinds = new Set(["vendor", "operator", "region", "facility", "zone"]);

export const thirdPartyLogin: Policy = {
  name: "third-party-login",
  code: "DPX310",
  title: "Logging in hangs neither on one vendor nor on one building",
  family: "concentration",
  severity: "critical",
  rows: ["6", "K5"],
  why:
    "An exchange let people log in only with the messenger's account or one other vendor's: its users were shut out " +
    "of a service that was itself healthy. The messenger's own login stood in the lost facility.",
  proves:
    "Looks at each need that an identity service meets, or a vendor that is there to log in by: the estate says what " +
    "for (`purpose`), else its name does. A vendor of anything else is for single-vendor. Of the ways that are declared to be each enough, " +
    "one must be left after the loss of any one vendor, operator, region, facility or zone that the tier must " +
    "survive.",
  fix: {
    text:
      "Offer a way to log in of another vendor or of one's own in another facility, and declare all as one `a|b` " +
      "dependency.",
    snippet: 'tags: { "duplex:depends-on": "login|google-login|apple-login" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    for (const service of ownServices(context)) {
      for (const dependency of service.dependencies.filter(({ strength }) => strength === "hard")) {
        const ways = dependency.anyOf.flatMap((id) => services.get(id) ?? []);
        if (!ways.some(isLogin)) continue;
        const lost = fatalLoss(context, service, ways);
        if (lost) yield describe(service, dependency, ways, lost);
      }
    }
  },
};

/** Words by which people say that something is there to log in by. */
const loginWords =
  /\b(?:log(?:ging)?[\s_-]?(?:in|on)s?|sign(?:ing)?[\s_-]?(?:in|on)s?|sso|idp|oauth2?|oidc|openid|saml|authn|auth|identity)\b|authenticat/i;

/** Whether people log in by it: what a vendor is for the estate says, and where nobody says it, its name. */
function isLogin({ layer, id, purpose }: Service): boolean {
  return layer === "identity" || (layer === "vendor" && loginWords.test(purpose ?? id));
}

/** A domain whose loss leaves no way; a vendor without a domain of its own is its own single point of failure. */
function fatalLoss(context: PolicyContext, service: Service, ways: readonly Service[]): DomainId | undefined {
  const kinds = requirementOf(context, service).surviveOne.filter((kind) => lossKinds.has(kind));
  const [only] = ways;
  if (ways.length === 1 && only?.layer === "vendor" && kinds.includes("vendor")) return `vendor:${only.id}`;
  const domains = [...new Set(ways.flatMap((way) => context.survival.relevantDomains(way.id)))].sort(
    (a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)) || byText(a, b),
  );
  return domains.find(
    (id) => kinds.includes(kindOf(id)) && ways.every((way) => context.survival.outcome(way.id, [id]).status === "down"),
  );
}

function describe(service: Service, dependency: Dependency, ways: readonly Service[], lost: DomainId): Violation {
  const names = (ids: readonly ServiceId[]): string => list(ids.map((id) => `"${id}"`));
  return {
    verdict: "broken",
    service: service.id,
    lost: [lost],
    urns: [...new Set([dependency.evidence.urn, ...ways.flatMap(urnsOf)])],
    ...(dependency.evidence.property ? { properties: [dependency.evidence.property] } : {}),
    message:
      `${subject(service)} must have a way to log in left when ${domainWords(lost)} is lost, and ` +
      `${names(dependency.anyOf)} ${dependency.anyOf.length === 1 ? "goes" : "all go"} down with it.`,
  };
}
