/** Names that are made from within a cluster, by ExternalDNS: the same answers as records that a program makes. */
import { domainId, known, unknown, type DomainId, type HealthCheck, type Known, type Route } from "../../../model";
import { healthCheckTypes, readCheck } from "../../aws/dns/healthCheck";
import { recordTypes, targetTypes } from "../../aws/entrances";
import type { Answer, Draft } from "../../draft";
import type { Reader, ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { amount, at, field, items, propertyPath, text, texts } from "../../values";
import { listsBy } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { byText } from "../../../lib/order";
import { addressesOf } from "./addresses";
import { endpointsOf, endpointTypes, secondsOf, type Endpoint } from "./externalDns";

const answering: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME"]);
const deploymentType = "kubernetes:apps/v1:Deployment";
/** Objects that ExternalDNS can make names of, beside its own kind ("Sources"). */
const namedTypes = [
  "kubernetes:core/v1:Service",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:gateway.networking.k8s.io/v1:Gateway",
  "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway",
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  "kubernetes:gateway.networking.k8s.io/v1beta1:HTTPRoute",
  "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
  "kubernetes:gateway.networking.k8s.io/v1alpha2:TLSRoute",
  ...endpointTypes,
] as const;

/** Seconds that Route 53 gives an alias, and that ExternalDNS gives its other records there where nothing is said. */
const aliasTtlSeconds = 60;
const route53TtlSeconds = 300;

export const endpoints: Reader = {
  gives: "a name with its answers, shares, checks and time to live",
  types: endpointTypes,
  read(resource, into, context) {
    into.attach(resource);
    nameObject(resource, into, context);
  },
};

/** States the names that an object is given; of several objects of one name the first one speaks for all. */
export function nameObject(object: Resource, into: Draft, context: ReadContext): void {
  for (const { key, name } of namesOf(context).get(object) ?? []) {
    const [first] = name;
    if (first === undefined) continue;
    const policy = policyOf(name);
    into.routes.push({
      id: `dns:${key}`,
      urn: object.urn,
      name: first.name,
      kind: "dns",
      policy,
      ttlSeconds: slowest(name, context),
      provider: providerOf(first, context),
      // A name with one answer is changed by an update of the object.
      needsControlPlane: policy === "simple",
      answers: name.map((one) => answerOf(one, name, policy, context)),
    });
  }
}

interface Name {
  readonly key: string;
  readonly name: readonly Endpoint[];
}

/** All names, by the object that speaks for each. */
const namesOf = memoize((context: ReadContext): ReadonlyMap<Resource, readonly Name[]> => {
  const all = namedTypes.flatMap((type) => context.stack.ofType(type).flatMap(endpointsOf));
  const made = all.filter(({ recordType }) => answering.has(recordType));
  made.sort((a, b) => byText(a.object.urn, b.object.urn) || byText(a.setIdentifier ?? "", b.setIdentifier ?? ""));
  const names = [...listsBy(made, ({ name, recordType }) => `${name}/${recordType}`)];
  const first = ({ name }: Name) => (name[0] as Endpoint).object;
  return listsBy(
    names.map(([key, name]): Name => ({ key, name })),
    first,
  );
});

function answerOf(one: Endpoint, name: readonly Endpoint[], policy: Route["policy"], context: ReadContext): Answer {
  const lastResort = isLastResort(one, policy);
  const regular = name.filter((other) => !isLastResort(other, policy)).length;
  const healthCheck = checkOf(one, context);
  return {
    urn: one.object.urn,
    leadsTo: targetsOf(one, context).map(({ urn }) => urn),
    share: policy === "weighted" ? shareOf(one, name) : known(lastResort ? 0 : 1 / Math.max(1, regular)),
    lastResort,
    ...(healthCheck === undefined ? {} : { healthCheck }),
  };
}

function shareOf(one: Endpoint, name: readonly Endpoint[]): Known<number> {
  const weights = name.map((other) => amount(other.settings.get("aws/weight")));
  const own = amount(one.settings.get("aws/weight"));
  if (own === undefined || weights.includes(undefined)) return unknown(propertyPath(one.object, "aws/weight"));
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  return known(total > 0 ? own / total : 0);
}

/** Route 53 takes a routing policy only with an identifier of the record, without which ExternalDNS leaves it out. */
function policyOf(name: readonly Endpoint[]): Route["policy"] {
  const settings = name.filter(({ setIdentifier }) => setIdentifier !== undefined).map((one) => one.settings);
  const has = (key: string) => settings.some((one) => one.has(key));
  if (has("aws/failover")) return "failover";
  if (has("aws/weight")) return "weighted";
  if (has("aws/region")) return "latency";
  if (has("aws/multi-value-answer")) return "multivalue";
  const isPlaced = settings.some((one) => [...one.keys()].some((key) => /^aws\/geo(location|proximity)/.test(key)));
  return isPlaced ? "geolocation" : "simple";
}

function isLastResort({ settings }: Endpoint, policy: Route["policy"]): boolean {
  if (policy === "failover") return text(settings.get("aws/failover"))?.toUpperCase() === "SECONDARY";
  return policy === "weighted" && amount(settings.get("aws/weight")) === 0;
}

const ends: readonly string[] = [...targetTypes, ...recordTypes];

function targetsOf({ object, targets }: Endpoint, { stack }: ReadContext): readonly Resource[] {
  if (targets === undefined) return [object];
  return [...new Set(targets.flatMap((target) => stack.byIdentifier(ends, target.replace(/\.$/, "")) ?? []))];
}

function checkOf(one: Endpoint, context: ReadContext): HealthCheck | undefined {
  const given: Value = one.settings.get("aws/health-check-id");
  const id = text(given);
  const named = id === undefined ? undefined : context.stack.byIdentifier(healthCheckTypes, id);
  if (named !== undefined) return readCheck(named, context.stack);
  const check = { urn: one.object.urn, observers: [], shallow: false } as const;
  if (id !== undefined || given === UNKNOWN) {
    const missing = propertyPath(one.object, "aws/health-check-id");
    return { ...check, intervalSeconds: unknown(missing), failureThreshold: unknown(missing), kind: "endpoint" };
  }
  const follows = isAlias(one) && one.settings.get("aws/evaluate-target-health") !== "false";
  return follows ? { ...check, intervalSeconds: known(30), failureThreshold: known(3), kind: "target" } : undefined;
}

/** Host names of load balancers, in the two forms that regions have, and of accelerators. */
const balancerOfAws = /\.(elb\.amazonaws\.com|elb\.[a-z0-9-]+\.amazonaws\.com|awsglobalaccelerator\.com)(\.cn)?$/;

/** An alias is made for a load balancer of AWS, which its host name tells, unless another form is asked for. */
function isAlias({ object, targets, settings, recordType }: Endpoint): boolean {
  if (settings.get("alias") === "true") return true;
  const names = targets ?? addressesOf(object);
  const isOfAws = names.length > 0 && names.every((name) => balancerOfAws.test(name));
  return isOfAws && (recordType !== "CNAME" || settings.has("aws/failover"));
}

/** The longest time that any answer of the name is kept; one that is not known counts as the longest. */
function slowest(name: readonly Endpoint[], context: ReadContext): Known<number> {
  let longest = 0;
  for (const one of name) {
    const seconds = isAlias(one) ? aliasTtlSeconds : (secondsOf(one.ttl) ?? defaultOf(one, context));
    if (seconds === undefined) return unknown(propertyPath(one.object, one.ttlProperty));
    longest = Math.max(longest, seconds);
  }
  return known(longest);
}

/** What is kept where nothing is said: each provider has its own, and the name is made by one that may not be known. */
function defaultOf(one: Endpoint, context: ReadContext): number | undefined {
  if (one.ttl !== undefined) return undefined;
  return providerOf(one, context) === route53 ? route53TtlSeconds : undefined;
}

const route53 = domainId("vendor", "route53");
const vendors: Readonly<Record<string, DomainId>> = { aws: route53, google: domainId("vendor", "cloud-dns") };

/**
 * Who answers: by the settings that only one provider has, by ExternalDNS's own arguments where it runs in the same
 * cluster, or else some one provider that answers for the whole domain.
 */
function providerOf(one: Endpoint, context: ReadContext): DomainId {
  const own = [...one.settings.keys()].find((key) => key.includes("/"))?.split("/", 1)[0];
  const name = own ?? providersByCluster(context).get(context.clusters.of(one.object).key);
  if (name !== undefined) return vendors[name] ?? domainId("vendor", name);
  return domainId("vendor", `dns/${one.name.split(".").slice(-2).join(".")}`);
}

const providersByCluster = memoize((context: ReadContext): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const deployment of context.stack.ofType(deploymentType)) {
    for (const container of items(at(deployment.properties, "spec", "template", "spec", "containers"))) {
      if (!/external-dns/.test(text(field(container, "image")) ?? "")) continue;
      const words = [...texts(field(container, "command")), ...texts(field(container, "args"))].join(" ");
      const provider = /--provider[= ]([\w-]+)/.exec(words)?.[1];
      if (provider !== undefined) found.set(context.clusters.of(deployment).key, provider);
    }
  }
  return found;
});
