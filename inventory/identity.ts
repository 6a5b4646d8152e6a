/** Whose a resource is: the words on it, then the component that it is part of, then its own name. */
import { componentTypes, labelKeys, tagKeys, tiers, type TagName, type Tier, type Urn } from "../model";
import type { InventoryOptions, OwnTag } from "./options";
import { UNKNOWN, type Resource, type Value } from "./resource";
import type { Stack } from "./stack";
import { at, entries, field, items, text } from "./values";

/** How sure it is that everything of this name is one service. */
export type Claim = "explicit" | "label" | "derived";

export interface Identity {
  readonly service: string;
  readonly claim: Claim;
}

/** Tags of AWS by which other people say which service a resource belongs to, in the order of trust. */
const commonTags = ["Service", "service", "Application", "application"] as const;
const commonLabels = ["app.kubernetes.io/part-of", "app.kubernetes.io/name", "app"] as const;

const kubernetesPrefix = "kubernetes:";
const providerPrefix = "pulumi:providers:";
const ownComponents: ReadonlySet<string> = new Set(Object.values(componentTypes));
/** Components that stand around services rather than for one. */
const frames: ReadonlySet<string> = new Set([componentTypes.site, componentTypes.estate, "pulumi:pulumi:Stack"]);

export class Identities {
  readonly #stack: Stack;
  readonly #options: InventoryOptions;
  readonly #known = new Map<Resource, Identity>();
  /** Of the providers that have any. */
  #defaultTags: ReadonlyMap<Urn, Value> | undefined;

  constructor(stack: Stack, options: InventoryOptions) {
    this.#stack = stack;
    this.#options = options;
  }

  /** The service that a resource belongs to. */
  of(resource: Resource): Identity {
    let identity = this.#known.get(resource);
    if (identity === undefined) this.#known.set(resource, (identity = this.#read(resource)));
    return identity;
  }

  #read(resource: Resource): Identity {
    const claimed = this.claim(resource, "service");
    if (claimed !== undefined) return { service: claimed, claim: "explicit" };
    const kubernetes = resource.type.startsWith(kubernetesPrefix);
    for (const key of kubernetes ? commonLabels : commonTags) {
      const value = kubernetes ? label(resource, key) : this.#tag(resource, key);
      if (value !== undefined) return { service: value, claim: "label" };
    }
    return this.#ofAncestors(resource) ?? { service: ownName(resource), claim: "derived" };
  }

  /** The value of one of our words on a resource: tag, label or annotation. */
  claim(resource: Resource, name: TagName): string | undefined {
    const isKubernetes = resource.type.startsWith(kubernetesPrefix);
    for (const key of this.#keysOf(name, isKubernetes)) {
      const found = isKubernetes ? label(resource, key) : this.#tag(resource, key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Our own key first, then the stack's. */
  #keysOf(name: TagName, isKubernetes: boolean): readonly string[] {
    const ours = isKubernetes ? labelKeys[name] : tagKeys[name];
    const { tags } = this.#options;
    const theirs = tags !== undefined && isOwnTag(name) ? tags[name] : undefined;
    return theirs === undefined ? [ours] : [ours, theirs];
  }

  /** True where it is not known whether the resource bears a word: its tags are unknown, or that one's value is. */
  hides(resource: Resource, name: TagName): boolean {
    const { properties } = resource;
    const isKubernetes = resource.type.startsWith(kubernetesPrefix);
    const keys = this.#keysOf(name, isKubernetes);
    if (isKubernetes) {
      const isUnknown = (group: string, key: string) => at(properties, "metadata", group, key) === UNKNOWN;
      return keys.some((key) => isUnknown("labels", key) || isUnknown("annotations", key));
    }
    // What the provider computes (`tagsAll`) hides nothing: it is made of these two.
    const places: readonly Value[] = [this.#defaultTagsOf(resource), field(properties, "tags")];
    return places.some(
      (tags) =>
        keys.some((key) => inTags(tags, key) === UNKNOWN) || items(tags).some((tag) => field(tag, "key") === UNKNOWN),
    );
  }

  /** A tier by its own name or the stack's word for it; undefined where the word means nothing. */
  tierNamed(word: string): Tier | undefined {
    const names = this.#options.tierNames;
    if (names !== undefined && Object.hasOwn(names, word)) return names[word];
    const lower = word.toLowerCase();
    return tiers.find((tier) => tier === lower);
  }

  #ofAncestors(resource: Resource): Identity | undefined {
    let nearest: string | undefined;
    for (const ancestor of this.#stack.ancestors(resource)) {
      if (ancestor.custom) continue;
      const published = ownComponents.has(ancestor.type) ? text(field(ancestor.properties, "service")) : undefined;
      if (published !== undefined) return { service: published, claim: "explicit" };
      if (!frames.has(ancestor.type)) nearest ??= ancestor.name;
    }
    return nearest === undefined ? undefined : { service: nearest, claim: "derived" };
  }

  #tag(resource: Resource, key: string): string | undefined {
    const { properties } = resource;
    return (
      word(field(properties, "tags"), key) ??
      word(field(properties, "tagsAll"), key) ??
      word(this.#defaultTagsOf(resource), key)
    );
  }

  #defaultTagsOf(resource: Resource): Value {
    this.#defaultTags ??= defaultTagsIn(this.#stack);
    // Most stacks have none: then no provider is looked up.
    if (this.#defaultTags.size === 0) return undefined;
    return resource.provider === undefined ? undefined : this.#defaultTags.get(resource.provider);
  }
}

function isOwnTag(name: TagName): name is OwnTag {
  return name === "service" || name === "tier" || name === "owner";
}

function defaultTagsIn(stack: Stack): ReadonlyMap<Urn, Value> {
  const found = new Map<Urn, Value>();
  for (const type of stack.types) {
    if (!type.startsWith(providerPrefix)) continue;
    for (const { urn, properties } of stack.ofType(type)) {
      const tags = at(properties, "defaultTags", "tags");
      if (tags !== undefined && tags !== null) found.set(urn, tags);
    }
  }
  return found;
}

/** The text of a tag, whichever way tags are written; of a key that a list repeats, the first that has one. */
function word(tags: Value, key: string): string | undefined {
  const listed = items(tags);
  if (listed.length === 0) return text(field(tags, key));
  for (const tag of listed) {
    const found = field(tag, "key") === key ? text(field(tag, "value")) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tags are a map, or (autoscaling groups) a list of key and value. */
function inTags(tags: Value, key: string): Value {
  const listed = items(tags);
  return listed.length > 0
    ? field(
        listed.find((tag) => field(tag, "key") === key),
        "value",
      )
    : field(tags, key);
}

/** A label or annotation of the object itself, else of the pods that it makes. */
function label(resource: Resource, key: string): string | undefined {
  const { properties } = resource;
  const places: readonly Value[] = [at(properties, "metadata"), at(properties, "spec", "template", "metadata")];
  for (const metadata of places) {
    const found = text(at(metadata, "labels", key)) ?? text(at(metadata, "annotations", key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name that the cluster knows an object by, else the logical name. */
function ownName(resource: Resource): string {
  return resource.type.startsWith(kubernetesPrefix)
    ? (text(at(resource.properties, "metadata", "name")) ?? resource.name)
    : resource.name;
}

/** Whether a selector of labels picks an object with these labels; an empty or unknown selector picks nothing. */
export function selects(selector: Value, labels: Value): boolean {
  const wanted = entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => typeof value === "string" && field(labels, key) === value);
}
