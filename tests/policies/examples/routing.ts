import {
  known,
  unknown,
  type Estate,
  type Fact,
  type Known,
  type Replica,
  type Route,
  type RouteTarget,
  type Tier,
} from "../../../model";

import { changed, compliant } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "half of the peak at each of three sites", estate: compliant() };

const eachReplica = (change: (replica: Replica) => Partial<Replica>): Estate =>
  changed("login", (login) => ({ replicas: login.replicas.map((one) => ({ ...one, ...change(one) })) }));

const eachRoute = (change: (route: Route) => Partial<Route>): Estate =>
  changed("login", (login) => ({ routes: login.routes.map((route) => ({ ...route, ...change(route) })) }));

const eachTarget = (change: (target: RouteTarget) => Partial<RouteTarget>): Estate =>
  eachRoute((route) => ({ targets: route.targets.map((target) => ({ ...target, ...change(target) })) }));

const withFacts = (from: Estate, facts: readonly Fact[]): Estate => ({ ...from, facts: [...from.facts, ...facts] });

/** Login's answer in Pangyo as an alias that is healthy whatever its target is. */
const blindAlias = (lastResort: boolean, isFollowed = false): Estate =>
  withFacts(
    eachTarget((target) => (target.urn === "target:login@pangyo" ? { healthCheck: undefined, lastResort } : {})),
    [{ kind: "blindAlias", urn: "target:login@pangyo", isFollowed, blind: known(true) }],
  );

/** Login's replica in Busan behind a hop that is closed, or of which a property is not known. */
const behindHop = (open: Known<boolean>, tier: Tier = "critical"): Estate => {
  const estate = changed("login", () => ({ tier }));
  const hop = { urn: "login@busan-listener", property: "defaultActions", why: "the listener answers by itself" };
  const over = ["target:login@busan", "login@busan-listener", "login@busan"];
  return withFacts(estate, [{ kind: "wayIn", service: "login", ...hop, over, open }]);
};

/** Login's replica in Busan, kept from its table for certain, or as far as is known. */
const keptFromNeed = (open: Known<boolean>): Estate =>
  withFacts(compliant(), [
    {
      kind: "needCut",
      service: "login",
      ...{ urn: "login-policy", property: "policy", open, workload: "login@busan", needs: "login-data" },
      why: 'no policy of role "login" allows it login-data in ap-northeast-3, only others of its kind',
    },
  ]);

/** Login's answers with these shares, by weights unless another policy is named. */
const shared = (shares: readonly number[], policy: Route["policy"] = "weighted"): Estate =>
  eachRoute((route) => ({
    policy,
    targets: route.targets.map((target, index) => ({ ...target, share: known(shares[index] ?? 0) })),
  }));

export const routing: ExamplesByPolicy = {
  "overloaded-site": {
    passes: { what: "a third of the requests to each of three alike", estate: shared([1 / 3, 1 / 3, 1 / 3]) },
    nearMiss: {
      what: "the same shares of a name that goes by latency, of which nobody knows who asks",
      found: false,
      estate: shared([0.6, 0.2, 0.2], "latency"),
    },
    refused: {
      what: "60 % to a site that carries half",
      estate: shared([0.6, 0.2, 0.2]),
      service: "login",
      urn: "target:login@pangyo",
      says: /the weights of "login\.example" send \d+ requests per second to "target:login@pangyo", behind which/,
    },
  },
  "need-out-of-reach": {
    passes,
    nearMiss: {
      what: "a role of which no policy is in the stack",
      found: true,
      verdict: "unknown",
      estate: keptFromNeed(unknown("login-role.policies")),
      service: "login",
      urn: "login-policy",
      says: /whether it does is not known: "login@busan" needs "login-data"/,
    },
    refused: {
      what: "a role that may use the table of another region alone",
      estate: keptFromNeed(known(false)),
      service: "login",
      urn: "login-policy",
      says: /and does not: "login@busan" needs "login-data", and no policy of role "login" allows it/,
    },
  },
  "way-in-closed": {
    passes,
    nearMiss: {
      what: "a hop of which a property is not known yet",
      found: true,
      verdict: "unknown",
      estate: behindHop(unknown("login@busan-listener.defaultActions")),
      service: "login",
      urn: "login@busan-listener",
      says: /whether requests get through is not known: by "target:login@busan" → "login@busan-listener"/,
    },
    refused: {
      what: "a listener that answers by itself",
      estate: behindHop(known(false)),
      service: "login",
      urn: "login@busan-listener",
      says: /requests do not get through: by .* → "login@busan" the listener answers by itself\./,
    },
  },
  "alias-without-target-health": {
    passes,
    nearMiss: {
      what: "a last resort, which is given when all else is unhealthy",
      found: false,
      estate: blindAlias(true),
    },
    refused: {
      what: "an alias of several that is healthy whatever its target is",
      estate: blindAlias(false),
      service: "login",
      urn: "target:login@pangyo",
      says: /aliases of "login\.example" that evaluate their targets' health, and "target:login@pangyo" does not and has no health check/,
    },
  },
  "dns-health-check": {
    passes,
    nearMiss: {
      what: "a last resort without a health check",
      found: false,
      estate: eachRoute((route) => ({
        targets: route.targets.map((target, index) =>
          index === 0 ? { ...target, lastResort: true, healthCheck: undefined } : target,
        ),
      })),
    },
    refused: {
      what: "answers that nobody checks",
      estate: eachTarget(() => ({ healthCheck: undefined })),
      service: "login",
      urn: "target:login@pangyo",
      says: /3 of the 3 answers of "login\.example" have no health check that is on and judges them/,
    },
  },
  "dns-ttl": {
    passes: { what: "60 s, the longest that is allowed", estate: eachRoute(() => ({ ttlSeconds: known(60) })) },
    nearMiss: {
      what: "61 s",
      found: true,
      estate: eachRoute(() => ({ ttlSeconds: known(61) })),
      service: "login",
      urn: "login.example",
      says: /live at most 60 s, and they live 61 s/,
    },
    refused: {
      what: "a time to live that is not known yet",
      verdict: "unknown",
      estate: eachRoute(() => ({ ttlSeconds: unknown("record.ttl") })),
      service: "login",
      urn: "login.example",
      says: /record\.ttl is not known yet/,
    },
  },
  "failover-control-plane": {
    passes,
    nearMiss: {
      what: "a failover record that a health check switches",
      found: false,
      estate: eachRoute(() => ({ policy: "failover" })),
    },
    refused: {
      what: "a name that somebody must change",
      estate: eachRoute(() => ({ needsControlPlane: true })),
      service: "login",
      urn: "login.example",
      says: /"login\.example" needs a control-plane call/,
    },
  },
  "health-check-inside": {
    passes,
    nearMiss: {
      what: "one observer inside, one outside",
      found: false,
      estate: eachTarget((target) => ({
        healthCheck: target.healthCheck && {
          ...target.healthCheck,
          observers: ["facility:pangyo", "region:us-west-2"],
        },
      })),
    },
    refused: {
      what: "Pangyo watched from Pangyo",
      estate: eachTarget((target) => ({
        healthCheck: target.healthCheck && { ...target.healthCheck, observers: ["facility:pangyo"] },
      })),
      service: "login",
      lost: ["facility:pangyo"],
      urn: "check:login@pangyo",
      says: /every observer of a health check stands in facility "pangyo"/,
    },
  },
  "health-check-shallow": {
    passes,
    nearMiss: { what: "a check of an alarm", found: false, estate: eachTarget((target) => ({ healthCheck: target.healthCheck && { ...target.healthCheck, kind: "alarm" } })) }, // prettier-ignore
    refused: {
      what: "a check of a port",
      level: "advisory",
      estate: eachTarget((target) => ({ healthCheck: target.healthCheck && { ...target.healthCheck, shallow: true } })),
      service: "login",
      urn: "check:login@pangyo",
      says: /ask only for a port or for "\/"/,
    },
  },
  "empty-standby": {
    passes,
    nearMiss: {
      what: "an empty last resort",
      found: false,
      estate: changed("login", (login) => ({
        replicas: login.replicas.map((one) => (one.id === "login@busan" ? { ...one, units: known(0) } : one)),
        routes: login.routes.map((route) => ({
          ...route,
          targets: route.targets.map((target) => ({ ...target, lastResort: target.replicas.includes("login@busan") })),
        })),
      })),
    },
    refused: {
      what: "an answer with nothing behind it",
      estate: eachReplica((one) => (one.id === "login@busan" ? { units: known(0), capacityRps: known(0) } : {})),
      service: "login",
      urn: "login@busan",
      says: /at least 1 unit behind every answer of "login\.example", and 0 run behind/,
    },
  },
  "unrouted-site": {
    passes,
    nearMiss: {
      what: "a standby that no name leads to",
      found: false,
      estate: changed("login", (login) => ({
        replicas: login.replicas.map((one) => (one.id === "login@busan" ? { ...one, role: "standby" } : one)),
        routes: login.routes.map((route) => ({ ...route, targets: route.targets.filter((t) => !t.replicas.includes("login@busan")) })), // prettier-ignore
      })),
    },
    refused: {
      what: "a site that no name leads to",
      estate: eachRoute((route) => ({ targets: route.targets.filter((t) => !t.replicas.includes("login@busan")) })),
      service: "login",
      urn: "login@busan",
      says: /none leads to "login@busan"/,
    },
  },
  "single-dns-provider": {
    passes,
    nearMiss: {
      what: "one provider of an important service, which need not survive a vendor",
      found: false,
      estate: changed("login", (login) => ({ tier: "important", routes: login.routes.slice(0, 1) })),
    },
    refused: {
      what: "one provider of every answer",
      level: "advisory",
      estate: eachRoute(() => ({ provider: "vendor:route53" })),
      service: "login",
      lost: ["vendor:route53"],
      urn: "login-second",
      says: /at least 2 providers, and "route53" alone answers/,
    },
  },
};
