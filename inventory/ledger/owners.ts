/** Whose a resource is that no reader places: services that it belongs to, carries requests to, or is used by. */
import type { Service, ServiceId, Urn } from "../../model";
import { addTo } from "../../lib/lists";
import { reacher } from "../assemble/reach";
import { vpcTypes } from "../aws/network/routes";
import type { Draft } from "../draft";
import type { Identities } from "../identity";
import type { Resource, Value } from "../resource";
import { identifiersOf, type Stack } from "../stack";
import { entries, items } from "../values";

/** No resource is used over more others than this: a volume, a group, a template, a network, a cluster. */
const mostSteps = 8;

/** Fields by which an object of a cluster names another that bears no label of a service. */
const namingFields: ReadonlySet<string> = new Set([
  "claimName",
  "priorityClassName",
  "runtimeClassName",
  "serviceAccountName",
  "storageClassName",
]);

/** The services that a resource can matter to; worked out only for what is asked, over indexes that are made once. */
export class Owners {
  readonly #stack: Stack;
  readonly #identities: Identities;
  readonly #own = new Map<Urn, ServiceId[]>();
  readonly #ids: ReadonlySet<ServiceId>;
  readonly #ends: (urn: Urn) => readonly Urn[];
  #users: ReadonlyMap<Urn, readonly Urn[]> | undefined;
  #targets = new Map<Urn, readonly Urn[]>();

  constructor(stack: Stack, identities: Identities, draft: Draft, services: readonly Service[]) {
    this.#stack = stack;
    this.#identities = identities;
    this.#ids = new Set(services.map(({ id }) => id));
    for (const { id, urns, routes } of services) {
      for (const urn of new Set([...urns, ...routes.map((route) => route.urn)])) addTo(this.#own, urn, id);
    }
    const reach = reacher(draft);
    this.#ends = (urn) => [...reach(urn).ends];
  }

  /** Sorted, each once; none where nothing that is judged has to do with it. */
  of(resource: Resource): readonly ServiceId[] {
    const found = this.#usersOf([resource.urn]);
    const { service, claim } = this.#identities.of(resource);
    if (claim !== "derived" && this.#ids.has(service)) found.add(service);
    if (found.size === 0) {
      this.#makeIndex();
      // What nobody uses is said about something: a rule of a group, a schedule of a group of machines.
      const targets = this.#targets.get(resource.urn) ?? [];
      const narrow = targets.filter((urn) => !isNetwork(this.#stack.get(urn)));
      for (const id of this.#usersOf(narrow.length > 0 ? narrow : targets)) found.add(id);
    }
    return [...found].sort();
  }

  #usersOf(starts: readonly Urn[]): Set<ServiceId> {
    const found = new Set<ServiceId>();
    const seen = new Set(starts);
    let level: readonly Urn[] = starts;
    for (let step = 0; step < mostSteps && level.length > 0; step++) {
      const next: Urn[] = [];
      for (const urn of level) {
        const ids = this.#at(urn);
        for (const id of ids) found.add(id);
        if (ids.length > 0) continue;
        for (const user of this.#makeIndex().get(urn) ?? []) {
          if (seen.has(user)) continue;
          seen.add(user);
          next.push(user);
        }
      }
      level = next;
    }
    return found;
  }

  #at(urn: Urn): readonly ServiceId[] {
    const own = this.#own.get(urn);
    return own ?? this.#ends(urn).flatMap((end) => this.#own.get(end) ?? []);
  }

  #makeIndex(): ReadonlyMap<Urn, readonly Urn[]> {
    if (this.#users !== undefined) return this.#users;
    const users = new Map<Urn, Urn[]>();
    let byIdentifier: ReadonlyMap<string, Urn> | undefined;
    for (const resource of this.#stack.resources) {
      if (!resource.custom) continue;
      const named = new Set(Object.values(resource.propertyDependencies).flat());
      // An import has no edges: what it names, its values say.
      if (named.size === 0) {
        byIdentifier ??= identifiersIn(this.#stack);
        for (const word of wordsIn(resource)) {
          const target = byIdentifier.get(word);
          if (target !== undefined) named.add(target);
        }
      }
      named.delete(resource.urn);
      this.#targets.set(resource.urn, [...named]);
      for (const target of named) addTo(users, target, resource.urn);
    }
    return (this.#users = users);
  }
}

function isNetwork(resource: Resource | undefined): boolean {
  return (
    (resource !== undefined && vpcTypes.some((type) => type === resource.type)) ||
    resource?.type.startsWith("pulumi:") === true
  );
}

function identifiersIn(stack: Stack): ReadonlyMap<string, Urn> {
  const found = new Map<string, Urn>();
  for (const resource of stack.resources) {
    if (!resource.custom) continue;
    const name = isObject(resource) ? nameIn(resource.properties) : undefined;
    for (const identifier of name === undefined ? identifiersOf(resource) : [name]) {
      if (!found.has(identifier)) found.set(identifier, resource.urn);
    }
  }
  return found;
}

function isObject(resource: Resource): boolean {
  return resource.type.startsWith("kubernetes:");
}

function nameIn(properties: Value): string | undefined {
  const metadata = entries(properties).find(([key]) => key === "metadata")?.[1];
  const name = entries(metadata).find(([key]) => key === "name")?.[1];
  return typeof name === "string" ? `object ${name}` : undefined;
}

/** Texts by which a resource may name another: of an object of a cluster, those of the fields that name one. */
function wordsIn(resource: Resource): readonly string[] {
  const found: string[] = [];
  const isNaming = isObject(resource) ? (key: string) => namingFields.has(key) : () => true;
  const prefix = isObject(resource) ? "object " : "";
  const walk = (value: Value, key: string): void => {
    if (typeof value === "string") {
      if (isNaming(key)) found.push(`${prefix}${value}`);
      return;
    }
    for (const item of items(value)) walk(item, key);
    for (const [inner, member] of entries(value)) walk(member, inner);
  };
  walk(resource.properties, "");
  return found;
}
