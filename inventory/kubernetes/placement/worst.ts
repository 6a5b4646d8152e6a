/**
 * The worst that hard rules allow. Pods are placed one after the other, wherever the rules let the next one stand; the
 * scheduler's preferences decide which of these places, and they are nobody's promise. So for each set of places the
 * most pods that may stand there are taken to be there.
 *
 * Arithmetic alone: proven against the real scheduler (docs/scheduler.md).
 */

/** Nodes that are alike, all in one place. */
export interface Hosts {
  /** Number of the place. */
  readonly place: number;
  /** How many nodes; Infinity where nobody has said. */
  readonly count: number;
  /** Pods that one of them can take by itself; 0 of nodes that rules count and that take none. */
  readonly capacity: number;
}

/** The domains of a rule's key: of each of the hosts the name of its domain, "" where it has none. */
export type Domains = readonly string[] | "each host";

/** No two domains differ by more than `maxSkew` pods, of those that hold fewest. */
export interface SpreadBound {
  readonly domains: Domains;
  readonly maxSkew: number;
  readonly minDomains: number;
  /** Pods of other workloads that the rule counts as well. */
  readonly others: number;
  /** Whether each of the hosts counts; of "each host" those that do are the domains. */
  readonly hosts: readonly boolean[];
}

export interface Problem {
  readonly pods: number;
  readonly hosts: readonly Hosts[];
  readonly spread: readonly SpreadBound[];
  /** Keys of which a domain takes one pod. A host that has no such key takes any number. */
  readonly apart: readonly (readonly string[])[];
}

interface Domain {
  /** So many domains of this kind. */
  readonly count: number;
  readonly hosts: readonly number[];
}

export class Worst {
  readonly #problem: Problem;
  /** Pods that are sure to run. */
  readonly running: number;
  /** False where rules may keep pods pending by the order in which they come; `running` is then the least. */
  readonly isExact: boolean;

  constructor(problem: Problem) {
    this.#problem = problem;
    const everywhere = this.#takes(problem.hosts.map((_, index) => index));
    const alone = problem.spread.map((rule) => Math.max(0, this.#level(rule).placed - rule.others));
    const most = Math.min(problem.pods, everywhere, ...alone);
    const least = Math.min(most, this.#leastTogether());
    this.running = least;
    this.isExact = least === most;
  }

  /** The fewest pods that are left where some places are lost. */
  left(lost: (place: number) => boolean): number {
    const { hosts, spread } = this.#problem;
    const there = hosts.flatMap(({ place }, index) => (lost(place) ? [index] : []));
    const most = Math.min(this.#takes(there), ...spread.map((rule) => this.#mostAt(rule, lost)));
    return Math.max(0, this.running - most);
  }

  /** Pods that some hosts take at most. */
  #takes(indices: readonly number[]): number {
    const { hosts, apart } = this.#problem;
    const by = (index: number) => times(hosts[index]?.count ?? 0, hosts[index]?.capacity ?? 0);
    const bounds = apart.map((domains) => {
      const sums = new Map<string, number>();
      let free = 0;
      for (const index of indices) {
        const domain = domains[index] ?? "";
        if (domain === "") free += by(index);
        else sums.set(domain, (sums.get(domain) ?? 0) + by(index));
      }
      return [...sums.values()].reduce((total, sum) => total + Math.min(1, sum), free);
    });
    return Math.min(
      indices.reduce((total, index) => total + by(index), 0),
      ...bounds,
    );
  }

  /** Pods that one domain of a kind takes at most, of the hosts that count. */
  #capacity({ count, hosts }: Domain, isEachHost: boolean): number {
    const [first = -1] = hosts;
    return isEachHost && count > 0 ? (this.#problem.hosts[first]?.capacity ?? 0) : this.#takes(hosts);
  }

  #level(rule: SpreadBound) {
    const domains = domainsOf(rule, this.#problem.hosts);
    const isEachHost = rule.domains === "each host";
    const capacities = domains.map((domain) => this.#capacity(domain, isEachHost));
    const number = domains.reduce((sum, { count }) => sum + count, 0);
    // With fewer domains than asked for, the fewest pods of a domain are taken as none (`minDomains`).
    const fewest = number < rule.minDomains ? 0 : Math.min(Infinity, ...capacities);
    const filled = domains.reduce(
      (sum, { count }, index) => sum + times(count, Math.min(capacities[index] ?? 0, fewest + rule.maxSkew)),
      0,
    );
    const placed = Math.min(this.#problem.pods + rule.others, filled);
    return { domains, capacities, number, fewest, placed };
  }

  /** The most pods that a rule alone lets stand in lost places. */
  #mostAt(rule: SpreadBound, lost: (place: number) => boolean): number {
    const { domains, capacities, number, fewest, placed } = this.#level(rule);
    const isEachHost = rule.domains === "each host";
    const inside = domains.map(({ count, hosts }) => {
      const gone = hosts.filter((index) => lost(this.#problem.hosts[index]?.place ?? -1));
      return this.#capacity({ count: gone.length === 0 ? 0 : count, hosts: gone }, isEachHost);
    });
    const highest = Math.min(fewest, number === 0 ? 0 : Math.floor(placed / number));
    let fewestLeft = Infinity;
    for (let floor = 0; floor <= highest; floor++) {
      let [outside, within, room] = [0, 0, 0];
      domains.forEach(({ count }, index) => {
        const [capacity = 0, gone = 0] = [capacities[index], inside[index]];
        outside += times(count, Math.max(0, Math.min(capacity, floor) - gone));
        within += times(count, Math.min(gone, floor + rule.maxSkew));
        room += times(count, Math.min(capacity, floor + rule.maxSkew));
      });
      if (room >= placed) fewestLeft = Math.min(fewestLeft, Math.max(outside, placed - within));
    }
    return placed - (fewestLeft === Infinity ? 0 : fewestLeft);
  }

  /**
   * Pods that are sure to find a place where two rules spread them: the domain with the fewest pods can be closed by
   * the other rule only when each host in it has all that the other rule gives to one.
   */
  #leastTogether(): number {
    const { hosts, spread } = this.#problem;
    if (spread.length < 2) return Infinity;
    if (spread.length > 2) return 0;
    const [one, other] = spread.map((rule) => ({ rule, domains: domainsOf(rule, hosts) }));
    if (one === undefined || other === undefined) return 0;
    const [coarse, fine] =
      one.domains.length <= other.domains.length && one.rule.domains !== "each host" ? [one, other] : [other, one];
    const insides = coarse.domains.map(({ hosts: members }) => {
      const own = new Set(members);
      return fine.domains.filter(({ hosts: few }) => few.some((index) => own.has(index)));
    });
    const nested = insides.every((list, index) => {
      const own = new Set(coarse.domains[index]?.hosts);
      return list.every(({ hosts: few }) => few.every((host) => own.has(host)));
    });
    if (!nested) return 0;
    return togetherIn(
      coarse,
      insides,
      (domain) => this.#capacity(domain, fine.rule.domains === "each host"),
      fine.rule,
    );
  }
}

/** See `#leastTogether`: for domains of a coarse rule, each with the domains of a fine one in it. */
function togetherIn(
  coarse: { readonly rule: SpreadBound; readonly domains: readonly Domain[] },
  insides: readonly (readonly Domain[])[],
  capacityOf: (fine: Domain) => number,
  fine: SpreadBound,
): number {
  const capacities = new Set(insides.flat().map(capacityOf));
  const sizes = insides.map((list) => list.reduce((sum, { count }) => sum + count, 0));
  // Branches that are alike: the domain with the fewest pods has a host with as few as any, which both rules leave
  // open.
  if (new Set(sizes).size === 1 && capacities.size === 1) return Infinity;
  const given = insides.map((list) =>
    list.reduce((sum, domain) => sum + times(domain.count, Math.min(capacityOf(domain), fine.maxSkew)), 0),
  );
  const fewest = coarse.domains.length < coarse.rule.minDomains ? 0 : Math.min(Infinity, ...given);
  return given.reduce((sum, one) => sum + Math.min(fewest + coarse.rule.maxSkew, one), 0);
}

/** Zero of anything is nothing, without end or not. */
function times(count: number, each: number): number {
  return count === 0 || each === 0 ? 0 : count * each;
}

function domainsOf({ domains, hosts: counted }: SpreadBound, hosts: readonly Hosts[]): readonly Domain[] {
  if (domains === "each host")
    return hosts.flatMap(({ count }, index) =>
      counted[index] === true && count > 0 ? [{ count, hosts: [index] }] : [],
    );
  const byName = new Map<string, number[]>();
  domains.forEach((name, index) => {
    if (name === "") return;
    const list = byName.get(name);
    if (list) list.push(index);
    else byName.set(name, [index]);
  });
  return [...byName.values()].map((list) => ({ count: 1, hosts: list }));
}
