/** `duplex baseline`: what is found today is written down, and what is gone is taken out. */
import { UserError } from "../../model/errors";
import { updateBaseline, type BaselineEntry, type Remembered, type UpdatedBaseline } from "../../policies/baseline";
import type { ReportFinding } from "../../report/check/report";
import { count } from "../../report/figures";
import { judgeInput } from "../check/judgeInput";
import { policiesOf } from "../rules/policiesOf";
import { baselineText, readBaseline, readBaselineIfAny } from "../input/baselineFile";
import type { Io } from "../io";
import { writeAnswer } from "../output/writeAnswer";
import type { BaselineOptions, UpdateOptions } from "./options";

/** @throws UserError (DPX019) where the file holds a baseline already */
export async function writeBaseline(
  file: string,
  path: string | undefined,
  options: BaselineOptions,
  io: Io,
): Promise<void> {
  if ((await readBaselineIfAny(file, io)) !== undefined) throw alreadyThere(file);
  await bringUpToDate([], file, path, { ...options, add: true }, io);
}

export async function updateBaselineFile(
  file: string,
  path: string | undefined,
  options: UpdateOptions,
  io: Io,
): Promise<void> {
  await bringUpToDate(await readBaseline(file, io), file, path, options, io);
}

async function bringUpToDate(
  entries: readonly BaselineEntry[],
  file: string,
  path: string | undefined,
  options: UpdateOptions,
  io: Io,
): Promise<void> {
  const { add, until, reason } = options;
  const { report } = await judgeInput(path, options, await policiesOf(options.rules, io), io);
  const updated = updateBaseline(entries, report.findings.flatMap(remembered), {
    today: io.today,
    add,
    ...(until === undefined ? {} : { until }),
    ...(reason === undefined ? {} : { reason }),
  });
  await writeAnswer(baselineText(updated.entries), file, io);
  io.out(`${file}: ${summaryOf(updated)}\n`);
}

/** A finding names a resource at least; whatever named none could not be told from others. */
function remembered({ policy, service, lost, level, urns: [resource] }: ReportFinding): readonly Remembered[] {
  if (resource === undefined) return [];
  return [{ policy, ...(service === null ? {} : { service }), resource, lost: [...lost].sort(), level }];
}

function summaryOf({ entries, added, removed, left }: UpdatedBaseline): string {
  const rest = left === 0 ? "" : `, ${left} not known and left out (write them down with --add)`;
  return `${count(entries.length, "known finding")}, ${added} added, ${removed} removed${rest}.`;
}

function alreadyThere(file: string): UserError {
  return new UserError([
    {
      code: "DPX019",
      message: "There is a baseline here already, whose days and reasons would be lost.",
      fix: "Use `duplex baseline update`, with --add for what is new; or remove the file first.",
      file,
    },
  ]);
}
