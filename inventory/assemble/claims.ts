/** What is said about a service: by the components that publish it, and by the words on its resources. */
import {
  componentTypes,
  layers,
  tiers,
  type Layer,
  type Money,
  type Objectives,
  type Replication,
  type Tier,
  type Urn,
  known,
  unknown,
} from "../../model";
import type { Draft } from "../draft";
import type { Identities } from "../identity";
import type { InventoryOptions } from "../options";
import type { Resource, Value } from "../resource";
import type { Stack } from "../stack";
import { amount, field, propertyPath, text, texts } from "../values";
import { byText } from "../../lib/order";

export interface TierClaim {
  readonly tier: Tier;
  readonly source: "configuration" | "tag" | "unknown";
}

export interface DependencyClaim {
  /** In the syntax of the tag, such as `a|b`, `?a` or `^a`. */
  readonly word: string;
  readonly urn: Urn;
  readonly property: string;
}

/** Everything said about one service; what nobody says is left out. */
export interface Claims {
  tier?: TierClaim;
  /** True where the words that may hold a tier are not known. */
  tierHidden?: boolean;
  layer?: Layer;
  owner?: string;
  runbook?: string;
  statusPage?: string;
  users?: number;
  paid?: boolean;
  outageCostPerHour?: Money;
  peakRps?: number;
  objectives?: Objectives;
  replication?: Replication;
  readonly dependsOn: DependencyClaim[];
  /** Lists of needs that its resources bear, each once: most resources of a service bear the same. */
  readonly lists: Set<string>;
  readonly urns: Set<Urn>;
  /** True where a component publishes it: then it is there even if no resource of it is. */
  published: boolean;
}

const serviceComponents: readonly string[] = Object.values(componentTypes).filter(
  (type) => type !== componentTypes.site && type !== componentTypes.estate,
);

/** The claims by service, in the order of URNs: what is said first stays, but of two tiers the stricter one. */
export function claimsOf(
  stack: Stack,
  draft: Draft,
  identities: Identities,
  options: InventoryOptions,
): ReadonlyMap<string, Claims> {
  const claims = new Map<string, Claims>();
  const about = (service: string): Claims => {
    let found = claims.get(service);
    if (found === undefined)
      claims.set(service, (found = { dependsOn: [], lists: new Set(), urns: new Set(), published: false }));
    return found;
  };
  const components = serviceComponents.flatMap((type) => stack.ofType(type)).sort((a, b) => byText(a.urn, b.urn));
  for (const component of components) {
    const service = text(field(component.properties, "service"));
    if (service !== undefined) fromComponent(component, about(service), identities);
  }
  const resources = new Set([...draft.units.map((unit) => unit.resource), ...draft.attached]);
  for (const resource of [...resources].sort((a, b) => byText(a.urn, b.urn))) {
    fromWords(resource, about(identities.of(resource).service), draft, identities);
  }
  for (const [service, tier] of Object.entries(options.tiers ?? {})) {
    const found = claims.get(service);
    if (found !== undefined) found.tier = { tier, source: "configuration" };
  }
  // What may be critical must not pass as something less.
  for (const found of claims.values()) {
    if (found.tierHidden === true) found.tier ??= { tier: "critical", source: "unknown" };
  }
  return claims;
}

function fromComponent(component: Resource, claims: Claims, identities: Identities): void {
  const { properties } = component;
  claims.published = true;
  claims.urns.add(component.urn);
  const tier = text(field(properties, "tier"));
  claim(claims, tier === undefined ? undefined : identities.tierNamed(tier), "configuration");
  claims.layer ??= layers.find((layer) => layer === field(properties, "layer"));
  claims.owner ??= text(field(properties, "owner"));
  claims.runbook ??= text(field(properties, "runbook"));
  claims.statusPage ??= text(field(properties, "statusPage"));
  claims.users ??= amount(field(properties, "users"));
  const paid = field(properties, "paid");
  claims.paid ??= typeof paid === "boolean" ? paid : undefined;
  claims.outageCostPerHour ??= moneyOf(field(properties, "outageCostPerHour"));
  claims.peakRps ??= amount(field(properties, "peakRps"));
  claims.objectives ??= objectivesOf(field(properties, "objectives"));
  claims.replication ??= replicationOf(component);
  for (const word of texts(field(properties, "dependsOn"))) {
    claims.dependsOn.push({ word, urn: component.urn, property: "dependsOn" });
  }
}

function fromWords(resource: Resource, claims: Claims, draft: Draft, identities: Identities): void {
  claims.urns.add(resource.urn);
  const word = identities.claim(resource, "tier");
  if (word !== undefined) {
    const tier = identities.tierNamed(word);
    if (tier === undefined) {
      draft.skip(
        resource,
        `Its tier "${word}" is none of ${tiers.join(", ")}; say by tierNames (DPX411) which of them it means.`,
      );
    }
    claim(claims, tier, "tag");
  } else if (identities.hides(resource, "tier")) {
    claims.tierHidden = true;
  }
  const layer = identities.claim(resource, "layer");
  claims.layer ??= layers.find((one) => one === layer);
  claims.owner ??= identities.claim(resource, "owner");
  claims.runbook ??= identities.claim(resource, "runbook");
  claims.statusPage ??= identities.claim(resource, "statusPage");
  claims.peakRps ??= amount(identities.claim(resource, "peakRps"));
  claims.objectives ??= objectivesInWords(resource, identities);
  const listed = identities.claim(resource, "dependsOn");
  if (listed === undefined || claims.lists.has(listed)) return;
  claims.lists.add(listed);
  const property = resource.type.startsWith("kubernetes:") ? "metadata.annotations" : "tags";
  for (const one of listed.split(",")) claims.dependsOn.push({ word: one.trim(), urn: resource.urn, property });
}

function objectivesInWords(resource: Resource, identities: Identities): Objectives | undefined {
  const rtoSeconds = amount(identities.claim(resource, "rtoSeconds"));
  const rpoSeconds = rtoSeconds === undefined ? undefined : amount(identities.claim(resource, "rpoSeconds"));
  if (rtoSeconds === undefined || rpoSeconds === undefined) return undefined;
  return { rtoSeconds, rpoSeconds, leastShare: Math.min(1, amount(identities.claim(resource, "leastShare")) ?? 1) };
}

/** What two names of one service say of it: the first stays, but of two tiers the stricter one. */
export function mergedClaims(own: Claims, more: Claims): Claims {
  const merged: Claims = {
    ...more,
    ...own,
    dependsOn: [...own.dependsOn, ...more.dependsOn],
    lists: new Set([...own.lists, ...more.lists]),
    urns: new Set([...own.urns, ...more.urns]),
    published: own.published || more.published,
  };
  claim(merged, more.tier?.tier, more.tier?.source ?? "tag");
  return merged;
}

/** A claim can make a service stricter than another claim does, never laxer. */
function claim(claims: Claims, tier: Tier | undefined, source: TierClaim["source"]): void {
  if (tier === undefined) return;
  const stricter = claims.tier === undefined || tiers.indexOf(tier) < tiers.indexOf(claims.tier.tier);
  if (stricter) claims.tier = { tier, source };
}

function moneyOf(value: Value): Money | undefined {
  const [sum, currency] = [amount(field(value, "amount")), text(field(value, "currency"))];
  return sum === undefined || currency === undefined ? undefined : { amount: sum, currency };
}

function objectivesOf(value: Value): Objectives | undefined {
  const [rtoSeconds, rpoSeconds, leastShare] = ["rtoSeconds", "rpoSeconds", "leastShare"].map((key) =>
    amount(field(value, key)),
  );
  if (rtoSeconds === undefined || rpoSeconds === undefined) return undefined;
  return { rtoSeconds, rpoSeconds, leastShare: Math.min(1, leastShare ?? 1) };
}

/** What a data component publishes; used only for stores of which the resources themselves say nothing. */
function replicationOf(component: Resource): Replication | undefined {
  const value = field(component.properties, "replication");
  const mode = field(value, "mode");
  if (mode !== "synchronous" && mode !== "asynchronous" && mode !== "none") return undefined;
  const rpo = amount(field(value, "rpoSeconds"));
  return {
    mode,
    rpoSeconds: rpo === undefined ? unknown(propertyPath(component, "replication", "rpoSeconds")) : known(rpo),
    multiWriter: field(value, "multiWriter") === true,
  };
}
