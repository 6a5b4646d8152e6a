/**
 * Registries of one's own, as an image's address names them: by the name that a registry of the stack has, or by the
 * site in which it stands. Without the one that is named no pod starts (row K3 of the incident).
 */
import { placementsOf, type Site } from "../../model";
import type { Draft, Unit } from "../draft";
import type { ReadContext } from "../reader";
import { at, text } from "../values";
import type { AfarNeed } from "./afar";

type Registry = Omit<AfarNeed, "of" | "urn" | "property">;

/** The registry in another site that an image comes from; undefined where it is one's own, or nothing says where. */
export function registryNamed(
  image: string,
  user: Unit,
  draft: Draft,
  context: ReadContext,
  sites: readonly Site[],
): Registry | undefined {
  const host = hostOf(image);
  if (host === undefined || !isOfKubernetes(user)) return undefined;
  const own = context.clusters.of(user.resource);
  const ownSites = own.sites.known ? own.sites.value.map(({ name }) => name) : [];
  if (ownSites.length === 0) return undefined;
  const labels = host.split(".");
  const named = sites.find(({ name }) => labels.slice(0, -1).includes(name));
  if (named === undefined || ownSites.includes(named.name)) return undefined;
  const target = registryIn(named, labels, draft, context);
  const [domains] = target === undefined ? placementsOf(named) : placesOf(target);
  if (domains === undefined) return undefined;
  return {
    ...(target === undefined ? {} : { target }),
    name: labels[0] ?? host,
    place: named.name,
    // A region of a cloud keeps its registry over all of its zones.
    domains: named.kind === "cloud" && target === undefined ? [`region:${named.region}`] : domains,
    layer: "registry",
    strength: "startup",
  };
}

function placesOf({ replicas }: Unit) {
  return replicas.flatMap(({ placement }) => (placement.known ? [placement.value] : []));
}

/** The registry of the stack in that site whose name is a part of the host's. */
function registryIn(site: Site, labels: readonly string[], draft: Draft, context: ReadContext): Unit | undefined {
  return draft.units.find((unit) => {
    if (!isOfKubernetes(unit) || context.identities.claim(unit.resource, "layer") !== "registry") return false;
    const { sites } = context.clusters.of(unit.resource);
    if (!sites.known || !sites.value.some(({ name }) => name === site.name)) return false;
    const name = text(at(unit.resource.properties, "metadata", "name"));
    return [name, context.identities.of(unit.resource).service].some(
      (one) => one !== undefined && labels.includes(one),
    );
  });
}

function isOfKubernetes({ resource }: Unit): boolean {
  return resource.type.startsWith("kubernetes:");
}

/** The host of an image's address; undefined for an image of a public registry that is named by its path alone. */
function hostOf(image: string): string | undefined {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && first.includes(".") ? first.replace(/:\d+$/, "").toLowerCase() : undefined;
}
