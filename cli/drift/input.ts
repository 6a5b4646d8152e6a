/** What `duplex drift` compares: two exports, a stack that the engine reads, or many of them. */
import { UserError } from "../../model/errors";
import type { EngineLimits } from "../engine/pulumi/retry";
import type { DriftFlags, DriftInput, StacksInput } from "./options";

/** @throws UserError (DPX001) where the flags name none of them, or several */
export function inputOf(flags: DriftFlags): DriftInput {
  const { stack, state, actual, cwd } = flags;
  const limits: EngineLimits = {
    timeoutSeconds: flags.timeout,
    retries: { most: flags.retries, waitSeconds: flags.retryWait },
  };
  const many = stacksInput(flags, cwd ?? ".", limits);
  if (many !== undefined && stack === undefined && state === undefined && actual === undefined) return many;
  if (many === undefined && stack !== undefined && state === undefined && actual === undefined) {
    return { kind: "stack", stack, folder: cwd ?? ".", ...limits };
  }
  if (many === undefined && stack === undefined && state !== undefined && actual !== undefined) {
    return { kind: "states", desired: state, actual };
  }
  const found = Object.entries({ "--all": many, "--stack": stack, "--state": state, "--actual": actual })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  throw new UserError([
    {
      code: "DPX001",
      message: `Drift is told of a stack, of many, or of two exports; found ${found.join(" and ") || "neither"}.`,
      fix: "Give `-s STACK`, `--all`, or both `--state FILE` and `--actual FILE`. See `duplex drift --help`.",
    },
  ]);
}

/** Undefined where one stack is meant. */
function stacksInput(flags: DriftFlags, folder: string, limits: EngineLimits): StacksInput | undefined {
  const { all, project, include, exclude, parallel, shard } = flags;
  if (all) {
    return {
      ...{ kind: "stacks", folder, ...limits, project, include, exclude, parallel },
      ...(shard === undefined ? {} : { shard }),
    };
  }
  const idle = Object.entries({ "--project": project, "--include": include, "--exclude": exclude })
    .filter(([, values]) => values.length > 0)
    .map(([name]) => name);
  if (shard !== undefined) idle.push("--shard");
  if (idle.length === 0) return undefined;
  throw new UserError([
    {
      code: "DPX001",
      message: `Which of many stacks are meant is asked for with --all only; found ${idle.join(" and ")}.`,
      fix: "Add `--all`, or leave it out.",
    },
  ]);
}
