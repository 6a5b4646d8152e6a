/**
 * The structure function written as its definition says, by trying every subset: slow, and sharing no line with the
 * model. For estates without unknowns, routes and data; up to a handful of services.
 */
import type { DomainId, Estate, Replica, Service, ServiceId } from "../../model";

export interface ReferenceOutcome {
  readonly status: "up" | "degraded" | "down";
  readonly share: number;
}

/** Every service's outcome after a loss. */
export function referenceOutcomes(estate: Estate, lost: readonly DomainId[]): Map<ServiceId, ReferenceOutcome> {
  const failed = failedAfter(estate, lost);
  const started = startedStandbys(estate, failed);
  return outcomesWith(estate, failed, started);
}

/** Minimal sets of at most two domains that take the service down, by trying them all. */
export function referenceCutSets(estate: Estate, service: ServiceId): DomainId[][] {
  const names = estate.domains.map(({ id }) => id);
  const sets = [[], ...names.map((one) => [one]), ...names.flatMap((one) => names.map((other) => [one, other]))]
    .filter((set) => new Set(set).size === set.length)
    .map((set) => [...set].sort())
    .filter((set) => referenceOutcomes(estate, set).get(service)?.status === "down");
  const isProperSubset = (small: DomainId[], big: DomainId[]) =>
    small.length < big.length && small.every((domain) => big.includes(domain));
  const minimal = sets.filter((set) => !sets.some((other) => isProperSubset(other, set)));
  const unique = new Map(minimal.map((set) => [set.join(" "), set]));
  return [...unique.values()].sort((one, other) =>
    one.length !== other.length ? one.length - other.length : one.join(" ") < other.join(" ") ? -1 : 1,
  );
}

/** Sweeps over all domains until a sweep finds nothing more. */
function failedAfter(estate: Estate, lost: readonly DomainId[]): Set<DomainId> {
  const failed = new Set(lost);
  for (let before = -1; before < failed.size;) {
    before = failed.size;
    for (const { id, within, suppliedBy } of estate.domains) {
      const cutOff = suppliedBy.some((group) => group.length > 0 && group.every((member) => failed.has(member)));
      if (within.some((outer) => failed.has(outer)) || cutOff) failed.add(id);
    }
  }
  return failed;
}

function startedStandbys(estate: Estate, failed: ReadonlySet<DomainId>): Set<string> {
  let started = new Set<string>();
  for (;;) {
    const now = outcomesWith(estate, failed, started);
    const canStart = (service: Service, replica: Replica) =>
      replica.role === "standby" &&
      replica.startNeeds.every((domain) => !failed.has(domain)) &&
      service.dependencies
        .filter(({ strength }) => strength === "startup")
        .every(({ anyOf }) => anyOf.some((id) => now.get(id)?.status !== "down"));
    const next = new Set(
      estate.services.flatMap((service) =>
        service.replicas.filter((replica) => started.has(replica.id) || canStart(service, replica)).map(({ id }) => id),
      ),
    );
    if (next.size === started.size) return started;
    started = next;
  }
}

function outcomesWith(estate: Estate, failed: ReadonlySet<DomainId>, started: ReadonlySet<string>) {
  const own = new Map(estate.services.map((service) => [service.id, ownShare(service, failed, started)]));
  const shares = [...new Set([0, ...own.values()])];
  const supported = new Map(
    shares.map((share) => [share, largestSupported(estate, (id) => (own.get(id) ?? 0) >= share && share > 0)]),
  );
  const found = new Map<ServiceId, ReferenceOutcome>();
  const shareOf = (id: ServiceId) =>
    Math.max(...shares.filter((share) => share === 0 || supported.get(share)?.has(id)));
  const unimpaired = largestUnimpaired(estate, shareOf);
  for (const { id } of estate.services) {
    const share = shareOf(id);
    const status = share === 0 ? "down" : share >= 1 && unimpaired.has(id) ? "up" : "degraded";
    found.set(id, { status, share });
  }
  return found;
}

/** An odd unit stands while more places are odd than have fallen; any other where its own place stands. */
function hasStood({ placement, remainder }: Replica, failed: ReadonlySet<DomainId>): boolean {
  const isDark = (place: readonly DomainId[]) => place.some((domain) => failed.has(domain));
  if (!remainder) return placement.known && !isDark(placement.value);
  let dark = 0;
  for (const place of remainder.places) if (isDark(place)) dark++;
  return dark < remainder.rank + 1;
}

function ownShare(service: Service, failed: ReadonlySet<DomainId>, started: ReadonlySet<string>): number {
  const members = service.replicas.filter(({ role }) => role !== "backup");
  const left = members.filter((replica) => hasStood(replica, failed));
  const votes = (replicas: readonly Replica[]) =>
    replicas.reduce((sum, { units }) => sum + (units.known ? units.value : NaN), 0);
  const voting = (replicas: readonly Replica[]) => replicas.filter(({ standsInFor }) => standsInFor === undefined);
  if (service.quorum === "majority" && !(votes(voting(left)) * 2 > votes(voting(members)))) return 0;
  const serving = left.filter(
    ({ role, id, reached }) => (role === "active" || started.has(id)) && !(reached?.known === true && !reached.value),
  );
  if (serving.length === 0) return 0;
  if (!service.peakRps?.known) return 1;
  const sum = (replicas: readonly Replica[]) =>
    replicas.reduce((total, { capacityRps }) => total + (capacityRps?.known ? capacityRps.value : NaN), 0);
  const own = sum(serving.filter(({ standsInFor }) => standsInFor === undefined));
  const taken = [...new Set(serving.flatMap(({ standsInFor }) => standsInFor ?? []))].map((urn) => {
    const room = sum(serving.filter(({ standsInFor }) => standsInFor === urn));
    return Math.min(
      room,
      sum(service.replicas.filter((one) => one.urn === urn && one.role === "active" && !serving.includes(one))),
    );
  });
  return Math.min(1, (own + taken.reduce((total, rps) => total + rps, 0)) / service.peakRps.value);
}

/** The union of all subsets whose members are all fit and find a member of each hard group inside. */
function largestSupported(estate: Estate, isFit: (id: ServiceId) => boolean): Set<ServiceId> {
  return union(
    subsets(estate.services).filter((subset) =>
      subset.every(
        (service) =>
          isFit(service.id) &&
          groups(service, "hard").every((anyOf) => anyOf.some((id) => subset.some((other) => other.id === id))),
      ),
    ),
  );
}

/** Alive services that rest on nothing impaired: soft groups fully up, hard groups with a living unimpaired member. */
function largestUnimpaired(estate: Estate, shareOf: (id: ServiceId) => number): Set<ServiceId> {
  return union(
    subsets(estate.services).filter((subset) => {
      const isIn = (id: ServiceId) => subset.some((other) => other.id === id);
      const bestShare = (anyOf: readonly ServiceId[]) => Math.max(0, ...anyOf.map(shareOf));
      return subset.every(
        (service) =>
          shareOf(service.id) > 0 &&
          groups(service, "hard").every((anyOf) => anyOf.some(isIn)) &&
          groups(service, "soft").every((anyOf) => anyOf.some(isIn) && bestShare(anyOf) >= 1),
      );
    }),
  );
}

function groups(service: Service, strength: string): (readonly ServiceId[])[] {
  return service.dependencies
    .filter((dependency) => dependency.strength === strength && dependency.anyOf.length > 0)
    .map(({ anyOf }) => anyOf);
}

function subsets<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((found, item) => [...found, ...found.map((subset) => [...subset, item])], [[]]);
}

function union(found: readonly (readonly Service[])[]): Set<ServiceId> {
  return new Set(found.flatMap((subset) => subset.map(({ id }) => id)));
}
