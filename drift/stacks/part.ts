/** What one stack adds to the verdict on many. */
import { serviceIn } from "../../inventory/stacks";
import type { Mistake } from "../../model/errors";
import type { DriftRecord, DriftResult, DriftSummary } from "../record";
import { urnPrefix, type StacksPart, type StackVerdict } from "./verdict";

const nothing: DriftSummary = {
  compared: 0,
  cosmetic: 0,
  bearable: 0,
  dangerous: 0,
  expected: 0,
  ignored: 0,
  couldNotTell: 0,
};

/** What of its source is told of each stack. */
export type StackSource = Pick<StackVerdict, "stateSha256" | "simulated">;

/** A stack that was read. */
export function partOfResult(stack: string, result: DriftResult, { stateSha256, simulated }: StackSource): StacksPart {
  const { verdict, summary, drifts, expected, ignored, rules, couldNotTell, notes } = result;
  const about: StackVerdict = {
    ...{ stack, verdict, summary, stateSha256, error: null },
    ...(simulated === undefined ? {} : { simulated }),
  };
  return {
    stacks: [about],
    ...{ expected, ignored, rules, couldNotTell },
    drifts: drifts.map((drift) => named(drift, stack)),
    notes: notes.map((note) => `${stack}: ${note}`),
  };
}

/** Two stacks may have a service of one name: among many, each is called after its stack. */
function named(drift: DriftRecord, stack: string): DriftRecord {
  const name = (service: string): string => serviceIn(stack.split("/").slice(-2).join("/"), service);
  return {
    ...drift,
    findings: drift.findings.map((each) => (each.service === null ? each : { ...each, service: name(each.service) })),
    hangsOn: drift.hangsOn.map((each) => ({ ...each, service: name(each.service) })),
  };
}

/** A stack that could not be read: could not tell, and the rest is judged. */
export function partOfMistakes(stack: string, [first]: readonly Mistake[]): StacksPart {
  const error = { code: first?.code ?? "", message: first?.message ?? "", fix: first?.fix ?? "" };
  const [project = "", name = ""] = stack.split("/").slice(-2);
  const urn = `${urnPrefix(stack)}pulumi:pulumi:Stack::${project}-${name}`;
  return {
    stacks: [{ stack, verdict: "unread", summary: { ...nothing, couldNotTell: 1 }, stateSha256: null, error }],
    ...{ drifts: [], expected: [], ignored: [], rules: [], notes: [] },
    couldNotTell: [{ urn, reason: `${error.message} ${error.fix} [${error.code}]` }],
  };
}

/** A stack that holds nothing: there is nothing that could drift. */
export function partOfEmpty(stack: string): StacksPart {
  return {
    stacks: [{ stack, verdict: "none", summary: nothing, stateSha256: null, error: null }],
    ...{ drifts: [], expected: [], ignored: [], rules: [], couldNotTell: [] },
    notes: [`${stack}: There are no resources in it.`],
  };
}
