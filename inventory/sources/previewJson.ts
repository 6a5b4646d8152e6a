/** `pulumi preview --json`: the plan, step by step. */
import { componentTypes, UserError, type Mistake } from "../../model";
import type { Resource } from "../resource";
import { errorsOf, refuseUnlessWhole } from "./failure";
import { mistake, refuse, shown } from "./mistakes";
import { configuredProviders } from "./configuredProviders";
import { isResourceRecord, recorded, type ResourceRecord } from "./record";
import type { Reading } from "./reading";
import { parentCycles } from "./parentCycles";
import { AfterSteps, changedProperties, isDeparture } from "./stepState";
import { isRecord } from "../../lib/records";

const how = "Give the output of `pulumi preview --json --show-sames`.";
const again = "Mend what it names, run `pulumi preview --json --show-sames` to its end, and give that output.";

/**
 * What will be there after the plan, and the configuration that it was made with: the new state of every step, and of
 * what stays the outputs of the old one; what is deleted has none.
 *
 * @param document the parsed JSON of `pulumi preview --json`
 * @throws UserError (DPX405 to DPX408, DPX416) where it is something else, damaged, has failed, or leaves out what does
 *   not change
 */
export function readPreviewJson(document: unknown): Reading {
  if (!isRecord(document) || (document.steps !== undefined && !Array.isArray(document.steps))) {
    throw new UserError([
      mistake("DPX405", `A preview must be a JSON object with a list "steps"; this is ${shown(document)}.`, how),
    ]);
  }
  const steps = (document.steps ?? []) as readonly unknown[];
  const after = takeAll(steps);
  const planned = after.records;
  const diagnostics: readonly unknown[] = Array.isArray(document.diagnostics) ? document.diagnostics : [];
  refuseUnlessWhole(
    {
      isSummed: isRecord(document.changeSummary),
      maybeCorrupt: document.maybeCorrupt,
      errors: errorsOf(diagnostics),
    },
    "A preview",
    "DPX416",
    again,
  );
  refuse(leftOut(document, steps));
  const config = isRecord(document.config) ? document.config : {};
  const resources = withProviders(planned, config);
  refuse(
    parentCycles(resources, (urn) => {
      const isOf = (step: unknown) => isRecord(step) && isRecord(step.newState) && step.newState.urn === urn;
      return `steps[${steps.findIndex(isOf)}].newState`;
    }),
  );
  const external = planned.filter((record) => "external" in record && record.external === true).map(({ urn }) => urn);
  const before = () => withProviders(after.before, config);
  const unstated = planned.filter(isUnstated).map(({ urn }) => urn);
  return { resources, before, unstated, doubts: [], leftOver: [], external, config };
}

/**
 * A plan holds the outputs that components had, and none of those that they will have: what is made for the first time
 * and states nothing as its inputs is known by its children alone.
 */
function isUnstated({ type, inputs, outputs }: ResourceRecord): boolean {
  const isEmpty = (fields: unknown) => !isRecord(fields) || Object.keys(fields).length === 0;
  return published.has(type) && isEmpty(inputs) && isEmpty(outputs);
}

const published: ReadonlySet<string> = new Set(Object.values(componentTypes));

function withProviders(
  records: readonly ResourceRecord[],
  config: Readonly<Record<string, unknown>>,
): readonly Resource[] {
  return [...records, ...configuredProviders(records, config)].map(recorded);
}

/** The resources of a preview alone. */
export function fromPreviewJson(document: unknown): readonly Resource[] {
  return readPreviewJson(document).resources;
}

function takeAll(steps: readonly unknown[]): AfterSteps {
  const mistakes: Mistake[] = [];
  const after = new AfterSteps();
  steps.forEach((step, index) => {
    if (!isRecord(step) || typeof step.op !== "string") {
      mistakes.push(
        mistake("DPX406", `A step must be an object with an "op"; found ${shown(step)}.`, how, `steps[${index}]`),
      );
      return;
    }
    const { op, urn, newState } = step;
    const old = isRecord(step.oldState) ? step.oldState : undefined;
    const isThere = newState !== undefined && newState !== null && !isDeparture(op);
    const now = isRecord(newState) && isResourceRecord(newState) ? newState : undefined;
    if (isThere && now === undefined) {
      const message = `A new state must be an object with a "urn" and a "type"; found ${shown(newState)}.`;
      mistakes.push(mistake("DPX406", message, how, `steps[${index}].newState`));
      return;
    }
    const changed = changedProperties(step.diffReasons, step.detailedDiff);
    after.take({ op, urn: urn ?? old?.urn, old, now, changed });
  });
  refuse(mistakes);
  return after;
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
