/** What is said where the engine cannot read a stack, or where nothing of it can be judged. */
import { shellCommand } from "../../../lib/shell";
import { UserError } from "../../../model/errors";
import type { EngineRun } from "./process";
import type { EngineLimits } from "./retry";

/** A stack, and the folder of its project as the user named it. */
export interface StackRequest extends EngineLimits {
  readonly stack: string;
  readonly folder: string;
}

interface Refusal {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (request: StackRequest) => string;
  readonly fix: string;
}

/** By what the engine says; it has no codes. */
const refusals: readonly Refusal[] = [
  {
    code: "DPX701",
    pattern: /no stack named|stack .* not found/i,
    message: ({ stack }) => `The backend has no stack "${stack}".`,
    fix: "Give one that `pulumi stack ls --all` lists, and check PULUMI_BACKEND_URL.",
  },
  {
    code: "DPX702",
    pattern: new RegExp(
      [
        "incorrect passphrase",
        "passphrase must be set",
        "PULUMI_CONFIG_PASSPHRASE",
        "failed to decrypt",
        "constructing secrets manager",
      ].join("|"),
      "i",
    ),
    message: ({ stack }) => `The secrets of stack "${stack}" cannot be opened: the passphrase is missing or wrong.`,
    fix: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one that the stack was made with.",
  },
  {
    code: "DPX703",
    pattern: /currently locked by|another update is currently in progress/i,
    message: ({ stack }) => `Stack "${stack}" is locked: another operation works on it.`,
    fix: "Wait for it to end; `pulumi cancel` removes the lock of one that was killed.",
  },
];

export function refused(run: EngineRun, request: StackRequest): UserError {
  const { stack, folder } = request;
  const output = `${run.stderr}\n${run.stdout}`;
  const known = refusals.find(({ pattern }) => pattern.test(output));
  if (known) {
    return new UserError([{ code: known.code, message: known.message(request), fix: known.fix, file: folder }]);
  }
  const again = "pulumi refresh --preview-only";
  const line = output.split("\n").find((text) => /error/i.test(text)) ?? "it said nothing";
  return new UserError([
    {
      code: "DPX706",
      message: `The engine could not read stack "${stack}" (exit code ${run.code}): ${line.trim().slice(0, 400)}.`,
      fix: `Run \`${shellCommand(`${again} -s`, stack) ?? again}\` and mend what it says.`,
      file: folder,
    },
  ]);
}

export function timedOut({ stack, timeoutSeconds, folder }: StackRequest): UserError {
  return new UserError([
    {
      code: "DPX704",
      message:
        `The engine did not finish reading stack "${stack}" within ${timeoutSeconds} s and was stopped; ` +
        "a provider may hang.",
      fix: "Raise `--timeout`, or see with `pulumi refresh --preview-only` which resource does not answer.",
      file: folder,
    },
  ]);
}

export function changedMeanwhile({ stack, folder }: StackRequest): UserError {
  return new UserError([
    {
      code: "DPX707",
      message: `The state of stack "${stack}" has changed while its cloud was read: another operation has written it.`,
      fix: "Run it again when that operation has ended.",
      file: folder,
    },
  ]);
}

export function nothingDeployed({ stack, folder }: StackRequest): UserError {
  return new UserError([
    {
      code: "DPX013",
      message: `There are no resources in stack "${stack}", so there is nothing to judge.`,
      fix: "Check that it is the stack that you meant, and that it has been deployed.",
      file: folder,
    },
  ]);
}
