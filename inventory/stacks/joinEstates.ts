/**
 * Several stacks as one estate. Each is read by itself, so that two of them may have a service, a queue or a cluster of
 * one name; what joins them is what one takes from the outputs of another.
 */
import {
  inheritTiers,
  mergeDomains,
  type AcceptedLoss,
  type DependencyStrength,
  type Estate,
  type Layer,
  type Service,
  type ServiceId,
} from "../../model";
import { DependencyList, strengthOfPart } from "../assemble/dependencies";
import type { StackEstate } from "./stackEstate";
import type { Use } from "./uses";
import { byText } from "../../lib/order";

export interface JoinOptions {
  /** The stack whose services keep their own names. @default none: every service is called `project/stack:service` */
  readonly main?: string;
  /** False for the same estate with every stack by itself. @default true */
  readonly linked?: boolean;
}

/** A reference to a stack that is not among those that are judged. */
export interface OpenReference {
  readonly from: string;
  /** As the reference names it. */
  readonly to: string;
}

/** Name of a stack's service in an estate of several stacks. */
export function serviceIn(stack: string, service: ServiceId, { main }: JoinOptions = {}): ServiceId {
  return stack === main ? service : `${stack}:${service}`;
}

/** Joins the estates; the same stacks in any order give the same estate. */
export function joinEstates(stacks: readonly StackEstate[], options: JoinOptions = {}): Estate {
  const sorted = [...stacks].sort((a, b) => byText(a.stack, b.stack));
  const services = sorted.flatMap((stack) => {
    const needs = options.linked === false ? [] : needsOf(stack, sorted, options);
    return stack.estate.services.map((service) => renamed(service, stack, needs, options));
  });
  const facts = sorted.flatMap(({ stack, estate }) =>
    estate.facts.map((fact) =>
      fact.service === undefined ? fact : { ...fact, service: serviceIn(stack, fact.service, options) },
    ),
  );
  const acceptedLosses = acceptedIn(sorted, options);
  const exemptionWords = sorted.flatMap(({ estate }) => estate.exemptionWords ?? []);
  return {
    domains: mergeDomains(sorted.flatMap(({ estate }) => estate.domains)),
    services: inheritTiers(services.sort((a, b) => byText(a.id, b.id))),
    // The sites' catalogue states its facts to every stack.
    facts: [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()].sort(
      (a, b) => byText(a.urn, b.urn) || byText(a.kind, b.kind),
    ),
    notJudged: sorted
      .flatMap(({ estate }) => estate.notJudged)
      .sort((a, b) => byText(a.urn, b.urn) || byText(a.reason, b.reason)),
    ...(acceptedLosses.length === 0 ? {} : { acceptedLosses }),
    ...(exemptionWords.length === 0 ? {} : { exemptionWords: exemptionWords.sort((a, b) => byText(a.urn, b.urn)) }),
  };
}

/** What one stack accepts, it accepts for its own services. */
function acceptedIn(stacks: readonly StackEstate[], options: JoinOptions): readonly AcceptedLoss[] {
  return stacks.flatMap(({ stack, estate }) =>
    (estate.acceptedLosses ?? []).map((accepted) => ({
      ...accepted,
      services: (accepted.services ?? estate.services.map(({ id }) => id)).map((id) => serviceIn(stack, id, options)),
    })),
  );
}

/** References that lead out of these stacks, each once, sorted. */
export function openReferences(stacks: readonly StackEstate[]): readonly OpenReference[] {
  const open = new Map<string, OpenReference>();
  for (const from of stacks) {
    for (const { stack: to } of from.uses) {
      if (referred(from.stack, to, stacks) === undefined) open.set(`${from.stack} ${to}`, { from: from.stack, to });
    }
  }
  return [...open].sort(([a], [b]) => byText(a, b)).map(([, reference]) => reference);
}

/** Stacks that hang together by references, in groups of two and more. */
export function linkedStacks(stacks: readonly StackEstate[]): readonly (readonly StackEstate[])[] {
  const groups = new Map(stacks.map((stack) => [stack, new Set([stack])]));
  for (const from of stacks) {
    for (const { stack: to } of from.uses) {
      const [own, other] = [groups.get(from), groups.get(referred(from.stack, to, stacks) ?? from)];
      if (own === undefined || other === undefined || own === other) continue;
      for (const each of other) groups.set(each, own.add(each));
    }
  }
  return [...new Set(groups.values())].filter(({ size }) => size > 1).map((group) => [...group]);
}

/**
 * The stack that a reference names: `organization/project/stack`, or less of it, which means the own project. An export
 * does not know its organization.
 */
function referred(from: string, name: string, stacks: readonly StackEstate[]): StackEstate | undefined {
  const parts = name.split("/");
  const last = parts.at(-1) ?? name;
  if (parts.length > 2) return stacks.find(({ stack }) => stack === parts.slice(-2).join("/"));
  const project = from.slice(0, from.lastIndexOf("/"));
  const alike = stacks.filter(({ stack }) => stack.endsWith(`/${last}`));
  return stacks.find(({ stack }) => stack === `${project}/${last}`) ?? (alike.length === 1 ? alike[0] : undefined);
}

interface Need {
  readonly use: Use;
  readonly service: ServiceId;
  readonly strength: DependencyStrength;
}

function needsOf(from: StackEstate, stacks: readonly StackEstate[], options: JoinOptions): readonly Need[] {
  return from.uses.flatMap((use) => {
    const to = referred(from.stack, use.stack, stacks);
    if (to === undefined || to === from) return [];
    const wanted = new Set(servicesOf(use, to));
    return to.estate.services.flatMap(({ id, layer }): readonly Need[] => {
      const strength = wanted.has(id) ? strengthAcross(layer) : undefined;
      return strength === undefined ? [] : [{ use, service: serviceIn(to.stack, id, options), strength }];
    });
  });
}

/** What cannot be traced to a resource stands for all that the other stack holds: nothing passes by silence. */
function servicesOf({ outputs }: Use, { estate, offers }: StackEstate): readonly ServiceId[] {
  const all = estate.services.map(({ id }) => id);
  // An output that the other stack no longer has stands for any, as one that is not known does.
  const named = (outputs ?? offers.map(({ output }) => output)).map((name) =>
    offers.find(({ output }) => output === name),
  );
  return named.flatMap((offer) => offer?.services ?? all);
}

/** What another team's stack runs is no part of one's own service: its compute is needed as its stores are. */
function strengthAcross(layer: Layer): DependencyStrength | undefined {
  return layer === "compute" || layer === "vendor" ? "hard" : strengthOfPart(layer);
}

function renamed(service: Service, { stack }: StackEstate, needs: readonly Need[], options: JoinOptions): Service {
  const name = (id: ServiceId): ServiceId => serviceIn(stack, id, options);
  const dependencies = new DependencyList(name(service.id));
  for (const { anyOf, strength, evidence } of service.dependencies) {
    dependencies.add(anyOf.map(name), strength, evidence.urn, evidence.property);
  }
  for (const { use, service: needed, strength } of needs) {
    if (use.service === service.id) dependencies.add([needed], strength, use.urn, use.property);
  }
  const { service: dependent } = service.tierFrom;
  return {
    ...service,
    id: name(service.id),
    tierFrom: dependent === undefined ? service.tierFrom : { ...service.tierFrom, service: name(dependent) },
    dependencies: dependencies.all,
  };
}
