/** Where what arrives at a resource ends, found by following what is forwarded where, past the gates on the way. */
import type { HealthCheck, Urn } from "../../model";
import type { Draft } from "../draft";
import { passageOf, tightest, type Gate, type Passage } from "../gate";

/** How a resource is reached: by the best of all ways that lead to it. */
export interface Way {
  readonly passage: Passage;
  /** The first gate on it that is not known to be open. */
  readonly gate?: Gate;
  /** Every resource on it, from the first to the one that is reached. */
  readonly over: readonly Urn[];
}

export interface Reach {
  /** Placed resources to which it leads, whether or not requests come so far. */
  readonly ends: ReadonlySet<Urn>;
  /** The first check on the way. */
  readonly check?: HealthCheck;
  /** The best way to a resource that it leads to. */
  readonly wayTo: (end: Urn) => Way;
  /** The first place where it ends in nothing. @default none: it goes on, or the stack does not say where to */
  readonly deadEnd?: Urn;
}

interface Step {
  readonly passage: Passage;
  readonly gate?: Gate;
  readonly before?: Urn;
}

const open: Step = { passage: "open" };

/** Walks what is forwarded, once for each resource; a ring ends where it began. */
export function reacher(draft: Draft): (urn: Urn) => Reach {
  const placed = new Set(draft.units.flatMap(({ resource, layer }) => (layer === "routing" ? [] : [resource.urn])));
  const found = new Map<Urn, Reach>();
  return (urn) => {
    let reach = found.get(urn);
    if (reach === undefined) found.set(urn, (reach = walk(urn, draft, placed)));
    return reach;
  };
}

/** All that is reached by open ways first, then what only unknown ones lead to, then what lies behind closed ones. */
function walk(start: Urn, draft: Draft, placed: ReadonlySet<Urn>): Reach {
  const steps = new Map<Urn, Step>();
  const waiting: Readonly<Record<Passage, [Urn, Step][]>> = { open: [], unknown: [], closed: [] };
  const first = draft.guards.get(start);
  waiting[passageOf(first)].push([start, first === undefined ? open : { passage: passageOf(first), gate: first }]);
  for (const passage of ["open", "unknown", "closed"] as const) {
    const list = waiting[passage];
    for (const [urn, step] of list) {
      if (steps.has(urn)) continue;
      steps.set(urn, step);
      for (const { to, gate } of draft.traffic.get(urn) ?? []) {
        if (!steps.has(to)) take(urn, step, to, tightest([gate, draft.guards.get(to)]), waiting);
      }
    }
  }
  const ends = new Set<Urn>();
  let check: HealthCheck | undefined;
  let deadEnd: Urn | undefined;
  for (const urn of steps.keys()) {
    if (placed.has(urn)) ends.add(urn);
    check ??= draft.checks.get(urn);
    if (draft.deadEnds.has(urn) && !draft.traffic.has(urn)) deadEnd ??= urn;
  }
  return {
    ends,
    wayTo: (end) => wayIn(steps, end),
    ...(check === undefined ? {} : { check }),
    ...(deadEnd === undefined ? {} : { deadEnd }),
  };
}

/** Behind a gate that is not open, all is as far away as the gate. */
function take(
  before: Urn,
  step: Step,
  to: Urn,
  gate: Gate | undefined,
  waiting: Readonly<Record<Passage, [Urn, Step][]>>,
): void {
  const own = passageOf(gate);
  const passage = step.passage === "closed" || own === "open" ? step.passage : own;
  const decides = passage === step.passage ? step.gate : gate;
  waiting[passage].push([to, { passage, before, ...(decides === undefined ? {} : { gate: decides }) }]);
}

function wayIn(steps: ReadonlyMap<Urn, Step>, end: Urn): Way {
  const { passage, gate } = steps.get(end) ?? open;
  const over: Urn[] = [];
  for (let at: Urn | undefined = end; at !== undefined; at = steps.get(at)?.before) over.push(at);
  return { passage, over: over.reverse(), ...(gate === undefined ? {} : { gate }) };
}
