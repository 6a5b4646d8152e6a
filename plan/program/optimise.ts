/** The least cost that keeps every constraint: services apart where they share nothing, together where they do. */
import type { LossCase } from "../../survival/reserve";
import { buildProgram } from "./build";
import { contradictionIn } from "./contradiction";
import { constraintsOf, type Constraint, type Room, type ServiceDemand } from "./demand";
import type { Solution, Solve } from "./solver";

export interface Optimum {
  readonly kind: "optimum";
  /** Units by service, in the order of its sites. */
  readonly units: ReadonlyMap<string, readonly number[]>;
  readonly cost: number;
  /** No plan costs less; equal to the cost where the plan is proven to be the cheapest. */
  readonly bound: number;
}

/** Constraints that contradict each other, a smallest set for each group of services that has one. */
export interface Contradicted {
  readonly kind: "contradicted";
  readonly sets: readonly (readonly Constraint[])[];
}

export interface OutOfTime {
  readonly kind: "outOfTime";
  readonly services: readonly string[];
}

export interface Search {
  readonly solve: Solve;
  /** Longest time for one program. */
  readonly seconds: number;
  /** Told after each program: services done, and of how many. */
  readonly progress: (done: number, of: number) => void;
}

export function optimise(
  demands: readonly ServiceDemand[],
  rooms: readonly Room[],
  search: Search,
): Optimum | Contradicted | OutOfTime {
  const apart = demands.map((demand, index) => {
    const part = planTogether([demand], [], search);
    search.progress(index + 1, demands.length);
    return part;
  });
  const shared = rooms.filter((room) => roomTaken(room, demands, apart) > room.cores);
  // What fits when each takes what is cheapest for it alone is the cheapest for all.
  if (shared.length === 0 || apart.some(({ kind }) => kind !== "optimum")) return joined(apart);
  const groups = groupsSharing(demands, rooms);
  const together = groups.map((group) => {
    const own = rooms.filter(({ site }) => group.some((demand) => takes(demand, site)));
    const fits = own.every((room) => !shared.includes(room));
    if (fits) return joined(apart.filter((_, index) => group.some((demand) => demand === demands[index])));
    return planTogether(group, own, search);
  });
  return joined(together);
}

type Part = Optimum | Contradicted | OutOfTime;

function planTogether(demands: readonly ServiceDemand[], rooms: readonly Room[], { solve, seconds }: Search): Part {
  const constraints = constraintsOf(demands, rooms);
  const binding = demands.map((demand) => ({ ...demand, cases: strictest(demand.cases) }));
  const program = buildProgram(demands, constraintsOf(binding, rooms));
  const solution: Solution = solve(program, seconds);
  switch (solution.kind) {
    case "solved": {
      const units = program.unitsOf(solution.values);
      return {
        kind: "optimum",
        units: new Map(demands.map(({ service }, index) => [service, units[index] ?? []])),
        cost: solution.cost,
        bound: solution.bound,
      };
    }
    case "infeasible":
      return { kind: "contradicted", sets: [contradictionIn(demands, constraints, solve, seconds)] };
    case "unknown":
      return { kind: "outOfTime", services: demands.map(({ service }) => service) };
    default:
      return solution satisfies never;
  }
}

/** Losses that no other one of them takes in: one that leaves less, and asks for as much, is kept in its place. */
function strictest(cases: readonly LossCase[]): readonly LossCase[] {
  const implies = (one: LossCase, other: LossCase) =>
    one.unitsNeeded >= other.unitsNeeded && one.zonesLeft.every((left, index) => left <= (other.zonesLeft[index] ?? 0));
  return cases.filter(
    (one, index) =>
      // Of two that ask the same the first is kept.
      !cases.some((other, at) => at !== index && implies(other, one) && (at < index || !implies(one, other))),
  );
}

function joined(parts: readonly Part[]): Part {
  const sets = parts.flatMap((part) => (part.kind === "contradicted" ? part.sets : []));
  if (sets.length > 0) return { kind: "contradicted", sets };
  const late = parts.flatMap((part) => (part.kind === "outOfTime" ? part.services : []));
  if (late.length > 0) return { kind: "outOfTime", services: late };
  const optima = parts.flatMap((part) => (part.kind === "optimum" ? [part] : []));
  return {
    kind: "optimum",
    units: new Map(optima.flatMap(({ units }) => [...units])),
    cost: optima.reduce((sum, { cost }) => sum + cost, 0),
    bound: optima.reduce((sum, { bound }) => sum + bound, 0),
  };
}

function takes({ sites }: ServiceDemand, site: string): boolean {
  return sites.some(({ name, unitCores }) => name === site && unitCores > 0);
}

function roomTaken({ site }: Room, demands: readonly ServiceDemand[], parts: readonly Part[]): number {
  return demands.reduce((sum, demand, index) => {
    const part = parts[index];
    if (part?.kind !== "optimum") return sum;
    const units = part.units.get(demand.service) ?? [];
    const cores = demand.sites.map(({ name, unitCores }, at) => (name === site ? unitCores * (units[at] ?? 0) : 0));
    return sum + cores.reduce((all, one) => all + one, 0);
  }, 0);
}

/** Services that share a room, directly or over others; each service is in one group. */
function groupsSharing(demands: readonly ServiceDemand[], rooms: readonly Room[]): readonly ServiceDemand[][] {
  let groups: ServiceDemand[][] = demands.map((demand) => [demand]);
  for (const { site } of rooms) {
    const sharing = groups.filter((group) => group.some((demand) => takes(demand, site)));
    if (sharing.length < 2) continue;
    groups = [...groups.filter((group) => !sharing.includes(group)), sharing.flat()];
  }
  return groups;
}
