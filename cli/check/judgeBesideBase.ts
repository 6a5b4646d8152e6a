/** A stack, and what has changed in it since a base, where one is given. */
import type { Policy } from "../../policies/policy";
import { renamesBetween, type Side } from "../../policies/renames";
import { changeSince } from "../../report/check/change";
import type { Io } from "../io";
import type { JudgedBase } from "./base";
import { judgeInput, type JudgedInput } from "./judgeInput";
import type { BaseOptions, InputOptions } from "./options";

export async function judgeBesideBase(
  path: string | undefined,
  options: InputOptions & BaseOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<JudgedInput> {
  const judged = await judgeInput(path, options, policies, io);
  const { base, failOn = "new" } = options;
  if (base === undefined) return judged;
  const { judgeBase } = await import("./base");
  const before = await judgeBase(base, { path, read: judged.read }, options, policies, io);
  const renames = renamesBetween(sideOf(before), sideOf(judged));
  const change = changeSince(before.report, judged.report, failOn, renames);
  return { ...judged, report: { ...judged.report, change } };
}

function sideOf({ estate, read: { resources } }: Pick<JudgedBase, "estate" | "read">): Side {
  return { estate, resources };
}
