/** `pulumi preview --json`: the plan, step by step. */
import { UserError, type Mistake, type Urn } from "../../model";
import type { Resource } from "../resource";
import { mistake, refuse, shown } from "./mistakes";
import { isResourceRecord, recorded } from "./record";
import { parentCycles } from "./parentCycles";
import { isRecord } from "../../lib/records";

const how = "Give the output of `pulumi preview --json --show-sames`.";

/**
 * The resources that will be there after the plan: the new state of every step; what is deleted has none.
 *
 * @param document the parsed JSON of `pulumi preview --json`
 * @throws UserError (DPX405 to DPX408) where it is something else, damaged, or leaves out what does not change
 */
export function fromPreviewJson(document: unknown): readonly Resource[] {
  if (!isRecord(document) || (document.steps !== undefined && !Array.isArray(document.steps))) {
    throw new UserError([
      mistake("DPX405", `A preview must be a JSON object with a list "steps"; this is ${shown(document)}.`, how),
    ]);
  }
  const steps = (document.steps ?? []) as readonly unknown[];
  const mistakes: Mistake[] = [];
  const resources = new Map<Urn, Resource>();
  steps.forEach((step, index) => {
    if (!isRecord(step) || typeof step.op !== "string") {
      mistakes.push(
        mistake("DPX406", `A step must be an object with an "op"; found ${shown(step)}.`, how, `steps[${index}]`),
      );
      return;
    }
    const state = step.newState;
    if (state === undefined || state === null || leaves(step.op)) return;
    if (!isRecord(state) || !isResourceRecord(state)) {
      const path = `steps[${index}].newState`;
      mistakes.push(
        mistake("DPX406", `A new state must be an object with a "urn" and a "type"; found ${shown(state)}.`, how, path),
      );
      return;
    }
    resources.set(state.urn, recorded(state));
  });
  refuse(mistakes);
  refuse(leftOut(document, steps));
  const planned = [...resources.values()];
  refuse(
    parentCycles(planned, (urn) => {
      const isOf = (step: unknown) => isRecord(step) && isRecord(step.newState) && step.newState.urn === urn;
      return `steps[${steps.findIndex(isOf)}].newState`;
    }),
  );
  return planned;
}

/** Whether an operation of the engine takes a resource away. */
export function leaves(operation: string): boolean {
  return (
    operation === "delete" ||
    operation === "delete-replaced" ||
    operation === "discard" ||
    operation === "remove-pending-replace"
  );
}

/** Without `--show-sames` a plan holds only what changes, and half an estate would be judged as if it were whole. */
function leftOut(document: Readonly<Record<string, unknown>>, steps: readonly unknown[]): readonly Mistake[] {
  const summary = document.changeSummary;
  const same = isRecord(summary) && typeof summary.same === "number" ? summary.same : 0;
  const shownSame = steps.filter((step) => isRecord(step) && step.op === "same").length;
  // The stack itself is always shown.
  if (same - shownSame <= 0) return [];
  return [
    mistake(
      "DPX407",
      `A preview must hold every resource; this one leaves out ${same - shownSame} that do not change.`,
      "Run `pulumi preview --json --show-sames`.",
      "changeSummary.same",
    ),
  ];
}
