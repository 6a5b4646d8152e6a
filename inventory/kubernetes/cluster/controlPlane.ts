/**
 * What a cluster's control plane hangs on. etcd answers while more than half of its members do (etcd documents, FAQ:
 * "Why an odd number of cluster members?"); without it nothing is scheduled, evicted or scaled, though pods that run go
 * on.
 */
import { kindOf, type DomainId, type FailureDomain, type Known } from "../../../model";
import type { Resource } from "../../resource";
import { sortedUnique } from "../../values";
import type { ClusterSite } from "./clusterSite";
import { domainsOf } from "./nodeLabels";

/** Over more buildings than this, which of them hold a majority is not spelled out. */
const mostBuildings = 9;

/** Buildings that a cluster spans, sorted; none where they are not known, or where it stands in zones of a cloud. */
export function facilitiesOf(sites: Known<readonly ClusterSite[]>): readonly DomainId[] {
  if (!sites.known) return [];
  const places = sites.value.flatMap(({ placements }) => placements);
  const found = places.map((place) => place.find((domain) => kindOf(domain) === "facility"));
  return found.includes(undefined) ? [] : sortedUnique(found.flatMap((domain) => domain ?? []));
}

/**
 * The groups of places of which the whole loss takes the control plane down. Members stand where the nodes of the
 * control plane say; where none does, one in each building is assumed, the best that the layout allows. A managed one,
 * in the zones of a cloud, is taken to last as long as any of them.
 */
export function controlPlaneSupply(
  sites: Known<readonly ClusterSite[]>,
  members: readonly Resource[],
): FailureDomain["suppliedBy"] {
  const homes = members.map((node) => domainsOf(node)[0]);
  const said = homes.length > 0 && !homes.includes(undefined) ? homes.flatMap((home) => home ?? []) : undefined;
  const votes = said ?? facilitiesOf(sites);
  if (votes.length > 0 && new Set(votes).size <= mostBuildings) return losesQuorum(votes);
  const places = sites.known ? sites.value.flatMap(({ placements }) => placements.flat()) : [];
  return places.length > 0 ? [sortedUnique(places)] : [];
}

/** The smallest groups of homes whose loss leaves no majority of these votes, each vote given by its home. */
export function losesQuorum(votes: readonly DomainId[]): readonly (readonly DomainId[])[] {
  const homes = sortedUnique(votes);
  const weight = (group: readonly DomainId[]) => votes.filter((home) => group.includes(home)).length;
  const groups = homes
    .reduce<DomainId[][]>((found, home) => [...found, ...found.map((group) => [...group, home])], [[]])
    .filter((group) => (votes.length - weight(group)) * 2 <= votes.length)
    .sort((a, b) => a.length - b.length);
  return groups.filter(
    (group) => !groups.some((other) => other.length < group.length && other.every((home) => group.includes(home))),
  );
}
