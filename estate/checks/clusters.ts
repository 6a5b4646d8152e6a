/** Clusters that sites share. */
import type { LenientEstate, LenientService, LenientSite, Named } from "../lenientEstate";
import { showPath } from "../source";
import { addTo } from "../../lib/lists";
import { mistake, nameOf, repeated } from "./words";

export function duplicateClusters(estate: LenientEstate) {
  const named = estate.sites.filter((site) => site.name?.text !== site.context?.text);
  const contexts = estate.sites.flatMap((site) => site.context ?? []);
  const clusterOf = (context: Named) => estate.sites.find((site) => site.context === context)?.cluster?.text;
  return repeated(contexts)
    .filter(([again]) => named.some((site) => site.context === again))
    .filter(([again, first]) => clusterOf(again) === undefined || clusterOf(again) !== clusterOf(first))
    .map(([again, first]) =>
      mistake(
        "DPX121",
        again.path,
        `The cluster context "${again.text}" is used by two sites; the first is at ${showPath(first.path)}.`,
        "Name the cluster that stands in each facility; where one really spans both, let both name it as `cluster`.",
      ),
    );
}

/** What one control plane and one scheduler ask of the sites that share them. */
export function stretchedClusters(estate: LenientEstate) {
  const members = new Map<string, LenientSite[]>();
  for (const site of estate.sites) {
    if (site.cluster) addTo(members, site.cluster.text, site);
  }
  return [...members].flatMap(([cluster, sites]) => {
    const names = sites.flatMap((site) => site.name?.text ?? []);
    return [
      ...otherContexts(cluster, sites),
      ...otherIssuers(cluster, sites),
      ...nameOfAnother(cluster, sites, estate),
      ...estate.services.flatMap((service) => partOfCluster(cluster, names, service)),
    ];
  });
}

function otherContexts(cluster: string, [first, ...others]: readonly LenientSite[]) {
  return others
    .filter((site) => site.context !== undefined && site.context.text !== first?.context?.text)
    .map((site) =>
      mistake(
        "DPX133",
        site.context?.path ?? site.path,
        `The sites of cluster "${cluster}" must have one context; found "${site.context?.text}" beside ` +
          `"${first?.context?.text}".`,
        "Write the same `clusterContext` for all of them, or leave it out.",
      ),
    );
}

/** One control plane signs with one key. */
function otherIssuers(cluster: string, [first, ...others]: readonly LenientSite[]) {
  const issuerOf = (site: LenientSite | undefined) => JSON.stringify(site?.value["oidcIssuer"] ?? null);
  return others
    .filter((site) => issuerOf(site) !== issuerOf(first))
    .map((site) =>
      mistake(
        "DPX149",
        [...site.path, "oidcIssuer"],
        `The sites of cluster "${cluster}" must have one issuer of tokens; found ${issuerOf(site)} beside ` +
          `${issuerOf(first)}.`,
        "Write the same oidcIssuer for all of them.",
      ),
    );
}

/** Names of resources end in the site's or the cluster's name: two of one name would be one resource. */
function nameOfAnother(cluster: string, [first, ...others]: readonly LenientSite[], estate: LenientEstate) {
  const other = estate.sites.find((site) => site.name?.text === cluster);
  if (other === undefined || first?.cluster === undefined || [first, ...others].includes(other)) return [];
  return [
    mistake(
      "DPX136",
      first.cluster.path,
      `The cluster "${cluster}" bears the name of a site that is no part of it.`,
      "Give the cluster a name of its own.",
    ),
  ];
}

function partOfCluster(cluster: string, members: readonly string[], service: LenientService) {
  const named = new Set((service.sites ?? []).map((site) => site.text));
  const missing = members.filter((name) => !named.has(name));
  const isPart = missing.length > 0 && missing.length < members.length;
  const isAll = members.length > 1 && named.size > 0 && [...named].every((name) => members.includes(name));
  const followers = members.length < 2 ? [] : service.followers.filter((site) => members.includes(site.text));
  return [
    ...(isPart
      ? [
          mistake(
            "DPX134",
            [...service.path, "sites"],
            `The service "${nameOf(service)}" names a part of the cluster "${cluster}", whose scheduler ` +
              `spreads pods over all of it; missing: ${missing.join(", ")}.`,
            "Name all sites of the cluster, or none.",
          ),
        ]
      : []),
    ...(isAll && !isPart
      ? [
          mistake(
            "DPX137",
            [...service.path, "sites"],
            `The service "${nameOf(service)}" runs in nothing but the cluster "${cluster}": one control plane ` +
              "and one address.",
            "Name a site outside of the cluster too.",
          ),
        ]
      : []),
    ...followers.map((site) =>
      mistake(
        "DPX135",
        site.path,
        `A follower of "${nameOf(service)}" in "${site.text}" has a volume in one building, and the cluster ` +
          `"${cluster}" spans several.`,
        "Keep followers in facilities with a cluster of their own.",
      ),
    ),
  ];
}
