/** Answers that a switch keeps clients away from, and what stands behind them alone: it is there, and serves nobody. */
import { known, type Urn } from "../../model";
import type { Answer, Draft, DraftRoute, Unit } from "../draft";
import type { Reach } from "./reach";

/**
 * The answers that are given, and those that are not. Where all of them are turned off Route 53 gives each of them, as
 * it does where no answer is healthy (its Developer Guide, "How Amazon Route 53 chooses records when health checking is
 * configured").
 */
export function partedAnswers({ answers }: DraftRoute): Readonly<Record<"given" | "drained", readonly Answer[]>> {
  const given = answers.filter((answer) => answer.drained !== true);
  if (given.length === 0 || given.length === answers.length) return { given: answers, drained: [] };
  return { given, drained: answers.filter((answer) => answer.drained === true) };
}

/** The units, of which those that no answer leads to any more serve nothing. */
export function withoutDrained(units: readonly Unit[], { routes }: Draft, reach: (urn: Urn) => Reach): readonly Unit[] {
  const ends = (answers: readonly Answer[]) =>
    answers.flatMap(({ leadsTo }) => leadsTo.flatMap((urn) => [...reach(urn).ends]));
  const parts = routes.map(partedAnswers);
  const drained = new Set(parts.flatMap((part) => ends(part.drained)));
  if (drained.size === 0) return units;
  for (const urn of parts.flatMap(({ given }) => ends(given))) drained.delete(urn);
  return units.map((unit) =>
    drained.has(unit.resource.urn)
      ? { ...unit, replicas: unit.replicas.map((replica) => ({ ...replica, units: known(0) })) }
      : unit,
  );
}
