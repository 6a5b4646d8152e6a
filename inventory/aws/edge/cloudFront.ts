/** Distributions of CloudFront: one name at the edge, and the origins from which it takes what it does not hold. */
import { domainId, known, type HealthCheck } from "../../../model";
import type { Answer } from "../../draft";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text, textAt } from "../../values";
import { distributionTypes, recordTypes, targetTypes } from "../entrances";

const provider = domainId("vendor", "cloudfront");
const originTypes = [...targetTypes, ...recordTypes];

/** CloudFront's own defaults: three attempts of 10 s each before it turns to the next origin of a group. */
const attempts = 3;
const attemptSeconds = 10;

export const distributions: Reader = {
  gives: "a route with its origins in their order",
  types: distributionTypes,
  read(resource, into, context) {
    const { properties } = resource;
    const chain = originsOf(properties, textAt(resource, "defaultCacheBehavior", "targetOriginId"));
    const edges = context.stack.edges(resource, "origins", originTypes);
    const answers = chain.map((origin, index): Answer => {
      const behind = targetsOf(resource, origin, chain.length, edges, context);
      for (const target of behind) into.forward(resource.urn, target.urn);
      return {
        urn: resource.urn,
        leadsTo: behind.map(({ urn }) => urn),
        share: known(index === 0 ? 1 : 0),
        lastResort: index > 0,
        ...(chain.length > 1 ? { healthCheck: turning(resource, origin) } : {}),
      };
    });
    into.attach(resource);
    if (answers.length === 0 || answers.some(({ leadsTo }) => leadsTo.length === 0)) {
      into.skip(resource, "It has an origin of which the stack does not say, or not yet, what stands behind it.");
    }
    if (answers.length === 0) return;
    into.routes.push({
      id: `cdn:${resource.urn}`,
      urn: resource.urn,
      name: text(items(field(properties, "aliases"))[0]) ?? textAt(resource, "domainName") ?? resource.name,
      kind: "cdn",
      policy: answers.length > 1 ? "failover" : "simple",
      ttlSeconds: known(0),
      provider,
      // A single origin is often a name or an accelerator that fails over by itself; what is behind it is judged there.
      needsControlPlane: false,
      answers,
    });
  },
};

/** The origins of the default behaviour: of a group the members in their order, else the one. */
function originsOf(properties: Value, target: string | undefined): readonly Value[] {
  const origins = items(field(properties, "origins"));
  const byId = (id: Value): Value => origins.find((origin) => text(field(origin, "originId")) === id);
  const group = items(field(properties, "originGroups")).find((one) => text(field(one, "originId")) === target);
  const named: readonly Value[] =
    group === undefined ? [byId(target)] : items(field(group, "members")).map((one) => byId(field(one, "originId")));
  return named.filter((origin) => origin !== undefined);
}

function targetsOf(
  resource: Resource,
  origin: Value,
  count: number,
  edges: readonly Resource[],
  { stack }: ReadContext,
): readonly Resource[] {
  const name = text(field(origin, "domainName"));
  const found = name === undefined ? undefined : stack.byIdentifier(originTypes, name);
  if (found !== undefined) return found === resource ? [] : [found];
  // An edge says what some origin comes from; with one origin, that is this one.
  return count === 1 ? edges : [];
}

/** Each request tries the first origin and turns to the next one itself: nobody else has to look. */
function turning(resource: Resource, origin: Value): HealthCheck {
  return {
    urn: resource.urn,
    intervalSeconds: known(amount(at(origin, "connectionTimeout")) ?? attemptSeconds),
    failureThreshold: known(amount(at(origin, "connectionAttempts")) ?? attempts),
    observers: [],
    kind: "target",
    shallow: false,
  };
}
