import type { DomainId, DomainKind, Estate, Fact, FailureDomain, LinkFact, Service } from "../../../model";
import { domainId, known, regionDomain, unknown } from "../../../model";
import { needs, replica, service } from "../../support/estateBuilder";
import { allWithin, changed, compliant, onlyIn, withDomains, withService } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "three sites that share nothing", estate: compliant() };

const facilities = ["facility:pangyo", "facility:chuncheon", "facility:busan"];

function outer(kind: DomainKind, name: string): FailureDomain {
  return { id: domainId(kind, name), kind, name, within: [], suppliedBy: [] };
}

/** The estate whose facilities are supplied by these groups instead of their own. */
function supplied(groups: Readonly<Record<string, readonly DomainId[]>>): Estate {
  const from = compliant();
  const members = [...new Set(Object.values(groups).flat())];
  return withDomains(
    [
      ...members.map((id) => outer(id.startsWith("power") ? "power" : "carrier", id.slice(id.indexOf(":") + 1))),
      ...from.domains
        .filter((domain) => domain.kind === "facility")
        .map((domain) => ({
          ...domain,
          suppliedBy: [...domain.suppliedBy, groups[domain.name] ?? []].filter((group) => group.length > 0),
        })),
    ],
    from,
  );
}

const zoned = (zones: readonly string[]): Estate =>
  changed("login", (login) => ({
    replicas: login.replicas.map((one, index) => ({
      ...one,
      placement: known([domainId("zone", zones[index % zones.length] ?? "none")]),
    })),
  }));

const vendorService = (id: string, vendor: string): Service =>
  service(id, [replica(id, [domainId("vendor", vendor)])], { layer: "vendor" });

const loginBy = (ways: readonly string[]): Estate =>
  withService(
    vendorService("apple-login", "apple"),
    withService(
      vendorService("google-login", "google"),
      changed("messenger", (messenger) => ({
        dependencies: messenger.dependencies.map((one) => (one.anyOf.includes("login") ? needs(ways) : one)),
      })),
    ),
  );

const zones = ["zone:apne2-az1", "zone:apne2-az2", "zone:apne2-az3"] as const;

/** Login in three zones, each of which leaves through the gateway that is named for it. */
const leaving = (gateways: Readonly<Record<(typeof zones)[number], (typeof zones)[number]>>): Estate => {
  const from = zoned(["apne2-az1", "apne2-az2", "apne2-az3"]);
  const login = from.services.find(({ id }) => id === "login");
  const ways = (login?.replicas ?? []).map(({ urn }, index): Fact => {
    const zone = zones[index % zones.length] ?? zones[0];
    const gateway = gateways[zone];
    return { kind: "egress", urn: `nat-${gateway}`, service: "login", workload: urn, placement: known([gateway]), zones: [zone] };
  }); // prettier-ignore
  return { ...from, facts: [...from.facts, ...ways] };
};

const [a, b, c] = zones;

/** The data of accounts in one account, and its backup in another or the same; `?` is a login whose account nobody tells. */
const kept = (data: string, backup: string): Estate => {
  const from = compliant();
  const fact = (urn: string, holds: "data" | "backup", at: string): Fact => ({
    kind: "account",
    urn,
    service: "accounts",
    holds,
    account: at === "?" ? unknown("provider.allowedAccountIds") : known(domainId("account", at)),
    login: at,
  });
  return { ...from, facts: [...from.facts, fact("vault", "backup", backup), fact("accounts@pangyo", "data", data)] };
};

/** Accounts in a region beside the buildings of messenger, which needs them, and these ways between the two. */
const linked = (...ways: readonly (Pick<LinkFact, "carrier"> & { readonly in?: string | undefined })[]): Estate => {
  const from = withDomains(
    [regionDomain("ap-northeast-2", "aws")],
    changed("accounts", ({ replicas }) => ({
      replicas: replicas.map((one, index) =>
        index === 2 ? { ...one, placement: known(["region:ap-northeast-2"]) } : one,
      ),
    })),
  );
  const facts = ways.map(({ in: location, carrier }, index): Fact => ({
    kind: "link",
    urn: `link-${index}`,
    regions: [known("region:ap-northeast-2")],
    ...(location === undefined ? {} : { location: known(domainId("facility", `direct-connect/${location}`)) }),
    ...(carrier === undefined ? {} : { carrier }),
  }));
  return { ...from, facts: [...from.facts, ...facts] };
};
// prettier-ignore

export const concentration: ExamplesByPolicy = {
  "single-direct-connect-location": {
    passes: {
      what: "two connections in two locations",
      estate: linked({ in: "KINX1", carrier: "carrier:kt" }, { in: "LGU1", carrier: "carrier:lgu" }),
    },
    nearMiss: {
      what: "two connections in one location, as a LAG has them too",
      found: true,
      estate: linked({ in: "KINX1" }, { in: "KINX1" }),
      service: "messenger",
      lost: ["facility:direct-connect/KINX1"],
      urn: "link-0",
      says: /both of its ways to region "ap-northeast-2" end in Direct Connect location "KINX1"/,
    },
    refused: {
      what: "one connection without a VPN beside it",
      estate: linked({ in: "KINX1" }),
      service: "messenger",
      lost: ["facility:direct-connect/KINX1"],
      urn: "link-0",
      says: /its only way to region "ap-northeast-2" ends in Direct Connect location "KINX1"/,
    },
  },
  "single-account": {
    passes: { what: "a vault in another account", estate: kept("111111111111", "222222222222") },
    nearMiss: {
      what: "a vault by another login, whose account nobody tells",
      found: true,
      verdict: "unknown",
      level: "advisory",
      estate: kept("111111111111", "?"),
      service: "accounts",
      urn: "vault",
      says: /in another account, and provider\.allowedAccountIds is not known yet/,
    },
    refused: {
      what: "data and backups in one account",
      level: "advisory",
      estate: kept("111111111111", "111111111111"),
      service: "accounts",
      lost: ["account:111111111111"],
      urn: "vault",
      says: /its data and 1 vault of backups are all in account "111111111111"/,
    },
  },
  "single-nat-gateway": {
    passes: { what: "a gateway in each zone", estate: leaving({ [a]: a, [b]: b, [c]: c }) },
    nearMiss: {
      what: "two zones that leave through one gateway, which takes more than may be lost",
      found: true,
      estate: leaving({ [a]: a, [b]: a, [c]: c }),
      service: "login",
      lost: [a],
      urn: "nat-zone:apne2-az1",
      says: /in zone "apne2-az2" leave through NAT gateway "nat-zone:apne2-az1" there: 50 % of its peak is left/,
    },
    refused: {
      what: "three zones and one gateway",
      estate: leaving({ [a]: a, [b]: a, [c]: a }),
      service: "login",
      lost: [a],
      urn: "nat-zone:apne2-az1",
      says: /must keep its way out when zone "apne2-az1" is lost, and its replicas in zone "apne2-az2" and zone "apne2-az3" .*0 % of its peak/,
    },
  },
  "single-facility": {
    passes,
    nearMiss: {
      what: "three clusters in two rooms and one more building",
      found: true,
      estate: allWithin(outer("facility", "one-building"), facilities),
      service: "login",
      lost: ["facility:one-building"],
      urn: "login@pangyo",
      says: /facility "one-building" is lost.*of its 3 replicas/,
    },
    refused: {
      what: "login in Pangyo alone",
      estate: changed("login", (login) => onlyIn(login, ["pangyo"])),
      service: "login",
      lost: ["facility:pangyo"],
      urn: "login@pangyo",
      says: /Service "login" \(critical, because "messenger" needs it\) must stay up when facility "pangyo" is lost/,
    },
  },
  "single-zone": {
    passes: { what: "three zones", estate: zoned(["apne2-az1", "apne2-az2", "apne2-az3"]) },
    nearMiss: {
      what: "two zones, two replicas in one of them",
      found: false,
      estate: zoned(["apne2-az1", "apne2-az2"]),
    },
    refused: {
      what: "three replicas in one zone",
      estate: zoned(["apne2-az1"]),
      service: "login",
      lost: ["zone:apne2-az1"],
      urn: "login@busan",
      says: /zone "apne2-az1" is lost/,
    },
  },
  "single-power-domain": {
    passes,
    nearMiss: {
      what: "three facilities that share one of two substations",
      found: false,
      estate: supplied({
        pangyo: ["power:shared", "power:a"],
        chuncheon: ["power:shared", "power:b"],
        busan: ["power:shared", "power:c"],
      }),
    },
    refused: {
      what: "three facilities on one substation",
      estate: supplied({ pangyo: ["power:shared"], chuncheon: ["power:shared"], busan: ["power:shared"] }),
      service: "login",
      lost: ["power:shared"],
      urn: "login@pangyo",
      says: /power domain "shared" is lost/,
    },
  },
  "single-region": {
    passes,
    nearMiss: {
      what: "two of three sites in one region",
      found: false,
      estate: allWithin(outer("region", "capital-area"), facilities.slice(0, 2)),
    },
    refused: {
      what: "three facilities in one region",
      estate: allWithin(outer("region", "capital-area"), facilities),
      service: "login",
      lost: ["region:capital-area"],
      urn: "login@pangyo",
      says: /region "capital-area" is lost/,
    },
  },
  "single-operator": {
    passes,
    nearMiss: {
      what: "one operator of two of three sites",
      found: false,
      estate: allWithin(outer("operator", "sk"), facilities.slice(1)),
    },
    refused: {
      what: "one operator of three buildings",
      estate: allWithin(outer("operator", "sk"), facilities),
      service: "login",
      lost: ["operator:sk"],
      urn: "login@chuncheon",
      says: /operator "sk" is lost/,
    },
  },
  "single-carrier": {
    passes,
    nearMiss: {
      what: "one carrier in common, each site with a second",
      found: false,
      estate: supplied({ pangyo: ["carrier:kt", "carrier:a"], chuncheon: ["carrier:kt", "carrier:b"], busan: ["carrier:kt", "carrier:c"] }), // prettier-ignore
    },
    refused: {
      what: "one carrier for all sites",
      estate: supplied({ pangyo: ["carrier:kt"], chuncheon: ["carrier:kt"], busan: ["carrier:kt"] }),
      service: "login",
      lost: ["carrier:kt"],
      urn: "login@busan",
      says: /carrier "kt" is lost/,
    },
  },
  "single-hazard-zone": {
    passes,
    nearMiss: {
      what: "two of three sites on one plain",
      found: false,
      estate: allWithin(outer("hazard", "han-plain"), facilities.slice(0, 2)),
    },
    refused: {
      what: "three sites on one plain",
      estate: allWithin(outer("hazard", "han-plain"), facilities),
      service: "login",
      lost: ["hazard:han-plain"],
      urn: "login@pangyo",
      says: /hazard zone "han-plain" is lost/,
    },
  },
  "single-vendor": {
    passes: { what: "two vendors, either is enough", estate: loginBy(["apple-login", "google-login"]) },
    nearMiss: {
      what: "a vendor beside one's own login",
      found: false,
      estate: loginBy(["login", "google-login"]),
    },
    refused: {
      what: "one vendor",
      estate: loginBy(["google-login"]),
      service: "messenger",
      lost: ["vendor:google"],
      urn: "google-login",
      says: /the weakest edge of messenger → google-login is its last/,
    },
  },
  "least-copies": {
    passes,
    nearMiss: {
      what: "three replicas, two of them in one building",
      found: true,
      estate: changed("login", (login) => ({
        replicas: login.replicas.map((one) =>
          one.id === "login@busan" ? { ...one, placement: known(["facility:pangyo" as const]) } : one,
        ),
      })),
      service: "login",
      urn: "login@pangyo",
      says: /at least 3 independent copies, and has 2 .* in 3 replicas/,
    },
    refused: {
      what: "two copies of a critical login",
      estate: changed("login", (login) => onlyIn(login, ["pangyo", "busan"])),
      service: "login",
      urn: "login@busan",
      says: /and has 2 \(facility "busan".*; facility "pangyo".*\) in 2 replicas/,
    },
  },
  "third-party-login": {
    passes: { what: "one's own login in three facilities", estate: compliant() },
    nearMiss: {
      what: "two names of one vendor",
      found: true,
      estate: withService(vendorService("gmail-login", "google"), loginBy(["google-login", "gmail-login"])),
      service: "messenger",
      lost: ["vendor:google"],
      urn: "google-login",
      says: /"google-login" and "gmail-login" all go down with it/,
    },
    refused: {
      what: "an internal login in one facility, and no other way",
      estate: changed("login", (login) => onlyIn(login, ["pangyo"])),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "login@pangyo",
      says: /must have a way to log in left when facility "pangyo" is lost, and "login" goes down/,
    },
  },
};
