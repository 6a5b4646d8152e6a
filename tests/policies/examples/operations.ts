/** Kubernetes and operations. */
import { known, type Estate, type FacilityFact } from "../../../model";
import type { Exemption } from "../../../policies/policy";
import { dns, needs, replica, service, target } from "../../support/estateBuilder";
import { changed, compliant, onlyIn, withService } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "workloads that spread, with budgets", estate: compliant() };
const exemption = (expires: string): Exemption => ({
  policy: "single-region",
  service: "messenger",
  owner: "messenger-team",
  reason: "The second region opens in June.",
  ticket: "MSG-12",
  expires,
});

/** The compliant estate with a status page of its own that stands in these sites. */
function withPage(at: readonly string[]): Estate {
  const replicas = at.map((site) => replica(`status@${site}`, [`facility:${site}`]));
  const targets = [target(replicas.map(({ id }) => id))];
  const second = { id: "status-second", urn: "status-second", provider: "vendor:other-dns" } as const;
  const routes = [dns("status.example.", targets), dns("status.example.", targets, second)];
  return withService(service("status", replicas, { tier: "standard", routes }));
}

const inPangyo = (change: Partial<FacilityFact>): Estate => {
  const pangyo: FacilityFact = {
    kind: "facility",
    urn: "site:pangyo",
    facility: "facility:pangyo",
    lastDrill: "2025-11-24",
    fireCutsPower: false,
  };
  const from = compliant();
  return { ...from, facts: [...from.facts, { ...pangyo, ...change }] };
};
const oneUnitEach = (from: Estate): Estate => ({
  ...from,
  services: from.services.map((one) => ({ ...one, replicas: one.replicas.map((at) => ({ ...at, units: known(1) })) })),
});
const on = (today: string) => ({ options: { today } });
const inMessenger = { service: "messenger", urn: "messenger@pangyo", level: "advisory" } as const;

export const operations: ExamplesByPolicy = {
  "drill-too-old": {
    passes: { what: "a drill of twelve months ago to the day", estate: inPangyo({}), ...on("2026-11-24") },
    nearMiss: {
      ...inMessenger,
      what: "a building of whose drill nobody has written down a day",
      found: true,
      estate: inPangyo({ lastDrill: undefined }),
      ...on("2026-11-24"),
      says: /a drill of the loss of each of its facilities at most 12 months old, and of facility "pangyo" none is told/,
    },
    refused: {
      ...inMessenger,
      what: "a drill that is a day too old",
      estate: inPangyo({}),
      ...on("2026-11-25"),
      says: /and that of facility "pangyo" was on 2025-11-24/,
    },
  },
  "battery-not-separated": {
    passes: { what: "a building whose batteries stand apart", estate: inPangyo({}) },
    nearMiss: {
      what: "one pod in a building of which a fire takes the power: it was never two halves",
      found: false,
      estate: oneUnitEach(inPangyo({ fireCutsPower: true })),
    },
    refused: {
      ...inMessenger,
      what: "three pods in a building of which a fire takes the power, and others elsewhere",
      lost: ["facility:pangyo"],
      estate: inPangyo({ fireCutsPower: true }),
      says: /its second copy off the power of facility "pangyo", .* and has 3 copies there, which count as one/,
    },
  },
  "tier-inheritance": {
    passes,
    nearMiss: {
      what: "a standard service that only a soft dependency leads to",
      found: false,
      estate: changed("watch", () => ({ tier: "standard", tierFrom: { source: "tag" } })),
    },
    refused: {
      what: "a login that is tagged as standard",
      estate: changed("login", () => ({
        tierFrom: { source: "inherited", service: "messenger", claimed: "standard" },
      })),
      service: "login",
      urn: "login@pangyo",
      says: /must be of tier "critical", because "messenger" needs it, and claims "standard"/,
    },
  },
  "failover-tooling": {
    passes,
    nearMiss: {
      what: "tooling in two facilities",
      found: false,
      estate: changed("control", (control) => onlyIn(control, ["pangyo", "busan"])),
    },
    refused: {
      what: "tooling inside of what it evacuates",
      estate: changed("control", (control) => onlyIn(control, ["pangyo"])),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "control@pangyo",
      says: /must have its failover tooling when facility "pangyo" is lost/,
    },
  },
  "monitoring-inside": {
    passes,
    nearMiss: {
      what: "one of two ways to be watched in Pangyo",
      found: false,
      estate: withService(
        service("watch-busan", [replica("watch-busan@busan", ["facility:busan"])], { layer: "monitoring" }),
        changed(
          "messenger",
          (messenger) => ({ dependencies: [...messenger.dependencies.filter(({ anyOf }) => !anyOf.includes("watch")), needs(["watch", "watch-busan"], "soft")] }), // prettier-ignore
          changed("watch", (watch) => onlyIn(watch, ["pangyo"])),
        ),
      ),
    },
    refused: {
      what: "eyes in the building that burns",
      estate: changed("watch", (watch) => onlyIn(watch, ["pangyo"])),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "watch@pangyo",
      says: /must be watched when facility "pangyo" is lost/,
    },
  },
  "undeclared-tier": {
    passes,
    nearMiss: {
      what: "no tag of its own, but a dependent's tier",
      found: false,
      estate: changed("login", () => ({ tierFrom: { source: "inherited", service: "messenger" } })),
    },
    refused: {
      what: "a tier that nobody has said",
      level: "advisory",
      estate: changed("login", () => ({ tierFrom: { source: "default" } })),
      service: "login",
      urn: "login@pangyo",
      says: /states none: it is judged as "critical"/,
    },
  },
  "runbook-absent": {
    passes,
    nearMiss: {
      what: "a standard service without a runbook",
      found: false,
      estate: changed("watch", () => ({ tier: "standard", runbook: undefined })),
    },
    refused: {
      what: "nothing to go by",
      level: "advisory",
      estate: changed("login", () => ({ runbook: undefined })),
      service: "login",
      urn: "login@pangyo",
      says: /must name the runbook for its loss, and names none/,
    },
  },
  "status-page-absent": {
    passes,
    nearMiss: {
      what: "a store without a status page: no user comes to it",
      found: false,
      estate: changed("accounts", () => ({ statusPage: undefined })),
    },
    refused: {
      what: "a name that users come to, and no page",
      level: "advisory",
      estate: changed("login", () => ({ statusPage: undefined })),
      service: "login",
      urn: "login@pangyo",
      says: /page where its users are told of an outage, and names none/,
    },
  },
  "status-page-inside": {
    passes,
    nearMiss: {
      what: "a page of the stack's own that stands in every site and needs nothing",
      found: false,
      estate: changed("login", () => ({ statusPage: "Status.Example." }), withPage(["pangyo", "chuncheon", "busan"])),
    },
    refused: {
      what: "a page of the stack's own in one building",
      estate: changed("login", () => ({ statusPage: "status.example" }), withPage(["pangyo"])),
      service: "login",
      lost: ["facility:pangyo"],
      urn: "status@pangyo",
      says: /status page "status.example" is served by "status", which goes down with facility "pangyo"/,
    },
  },
  "undeclared-owner": {
    passes,
    nearMiss: {
      what: "a standard service without an owner",
      found: false,
      estate: changed("watch", () => ({ tier: "standard", owner: undefined })),
    },
    refused: {
      what: "nobody to call",
      level: "advisory",
      estate: changed("login", () => ({ owner: undefined })),
      service: "login",
      urn: "login@pangyo",
      says: /must name its owner, and names none/,
    },
  },
  "undeclared-demand": {
    passes,
    nearMiss: {
      what: "a store without a peak",
      found: false,
      estate: changed("accounts", () => ({ peakRps: undefined })),
    },
    refused: {
      what: "a peak, and no capacity of one replica",
      verdict: "unknown",
      estate: changed("messenger", (messenger) => ({
        replicas: messenger.replicas.map((one) => ({ ...one, capacityRps: undefined })),
      })),
      service: "messenger",
      urn: "messenger@pangyo",
      says: /the capacity of a unit is stated nowhere/,
    },
  },
  "rto-objective": {
    passes,
    nearMiss: {
      what: "60 s, exactly what detection and propagation take",
      found: false,
      estate: changed("login", () => ({ objectives: { rtoSeconds: 60, rpoSeconds: 60, leastShare: 1 } })),
    },
    refused: {
      what: "59 s",
      estate: changed("login", () => ({ objectives: { rtoSeconds: 59, rpoSeconds: 60, leastShare: 1 } })),
      service: "login",
      urn: "login@pangyo",
      says: /must be back within 59 s of any one loss, and is back 60 s after/,
    },
  },
  "exemption-expired": {
    passes: {
      what: "an exemption that holds",
      estate: compliant(),
      options: { exemptions: [exemption("2026-06-30")], today: "2026-06-29" },
    },
    nearMiss: {
      what: "its last day",
      found: false,
      estate: compliant(),
      options: { exemptions: [exemption("2026-06-30")], today: "2026-06-30" },
    },
    refused: {
      what: "the day after",
      estate: compliant(),
      options: { exemptions: [exemption("2026-06-30")], today: "2026-07-01" },
      service: "messenger",
      urn: "messenger@pangyo",
      says: /owner messenger-team, MSG-12\) must not be past its last day, and expired on 2026-06-30/,
    },
  },
};
