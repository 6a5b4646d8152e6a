/** Answers that a switch keeps clients away from, and what stands behind them alone: it is there, and serves nobody. */
import { known, type Urn } from "../../model";
import type { Answer, Draft, DraftRoute, Unit } from "../draft";
import type { Reach } from "./routes";

/**
 * The answers that are given. Where all of them are turned off Route 53 gives each of them, as it does where no answer is
 * healthy (its Developer Guide, "How Amazon Route 53 chooses records when health checking is configured").
 */
export function givenAnswers({ answers }: DraftRoute): readonly Answer[] {
  const given = answers.filter(({ drained }) => drained !== true);
  return given.length === 0 ? answers : given;
}

/** The units, of which those that no answer leads to any more serve nothing. */
export function withoutDrained(units: readonly Unit[], { routes }: Draft, reach: (urn: Urn) => Reach): readonly Unit[] {
  const ends = (answers: readonly Answer[]) => answers.flatMap(({ leadsTo }) => leadsTo.flatMap((urn) => [...reach(urn).ends]));
  const drained = new Set(routes.flatMap((route) => ends(route.answers.filter((one) => !givenAnswers(route).includes(one)))));
  if (drained.size === 0) return units;
  for (const urn of routes.flatMap((route) => ends(givenAnswers(route)))) drained.delete(urn);
  return units.map((unit) =>
    drained.has(unit.resource.urn)
      ? { ...unit, replicas: unit.replicas.map((replica) => ({ ...replica, units: known(0) })) }
      : unit,
  );
} // prettier-ignore
