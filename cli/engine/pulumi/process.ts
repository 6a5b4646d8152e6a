/** One run of the engine with a deadline; nothing of it is left behind, plugins included. */
import { spawn } from "node:child_process";
import { UserError } from "../../../model/errors";

export interface EngineRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EngineOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970, as `Date.now` counts. */
  readonly deadline: number;
  readonly describeTimeout: () => UserError;
  /** Stops it before its time. @default nothing does */
  readonly signal?: AbortSignal;
}

/** Milliseconds between asking the engine to stop and making it. */
const graceMilliseconds = 3_000;

/**
 * Runs a command, and stops its group once standard input ends: that of a process which is killed does, and nothing
 * else tells the engine of it. Reading is a builtin of the shell, so that nothing but the command runs beside it.
 */
const withParent = `command -v "$1" >/dev/null 2>&1 || exit 127
exec 3<&0 </dev/null
(read -r _ <&3; kill -INT 0; sleep ${graceMilliseconds / 1000}; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
"$@"
code=$?
kill -KILL $! 2>/dev/null
exit $code`;

/** Exit code of a shell that does not find a command (POSIX). */
const notFound = 127;

/**
 * Runs `pulumi`.
 *
 * @throws UserError (DPX705 where there is no engine), what `describeTimeout` gives; Error where `signal` has stopped
 * it
 */
export function runEngine(args: readonly string[], options: EngineOptions): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    const isPosix = process.platform !== "win32";
    const [command, given] = isPosix ? ["/bin/sh", ["-c", withParent, "sh", "pulumi", ...args]] : ["pulumi", [...args]];
    // A group of its own, so that a provider that hangs is stopped with the engine.
    const child = spawn(command, given, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on("data", (part: Buffer) => parts.stdout.push(part));
    child.stderr.on("data", (part: Buffer) => parts.stderr.push(part));
    let stopped: (() => Error) | undefined;
    const signal = (name: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    };
    let force: NodeJS.Timeout | undefined;
    const stop = (describe: () => Error) => {
      stopped ??= describe;
      signal("SIGINT");
      force ??= setTimeout(() => signal("SIGKILL"), graceMilliseconds);
    };
    const timer = setTimeout(() => stop(options.describeTimeout), Math.max(0, options.deadline - Date.now()));
    const abort = () => stop(() => new Error("It was stopped from outside."));
    options.signal?.addEventListener("abort", abort);
    if (options.signal?.aborted) abort();
    // An interrupted command takes its engine along: the group does not get the terminal's signals.
    const forward = (name: NodeJS.Signals) => signal(name);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    const end = () => {
      clearTimeout(timer);
      clearTimeout(force);
      options.signal?.removeEventListener("abort", abort);
      process.off("SIGINT", forward).off("SIGTERM", forward);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      end();
      reject(error.code === "ENOENT" ? noEngine() : error);
    });
    child.on("close", (code) => {
      end();
      if (stopped) signal("SIGKILL");
      const text = (list: readonly Buffer[]) => Buffer.concat(list).toString("utf8");
      if (stopped) reject(stopped());
      else if (isPosix && code === notFound) reject(noEngine());
      else resolve({ code: code ?? 1, stdout: text(parts.stdout), stderr: text(parts.stderr) });
    });
  });
}

function noEngine(): UserError {
  return new UserError([
    {
      code: "DPX705",
      message: "There is no `pulumi` on PATH, and a stack can only be read through the engine.",
      fix: "Install the Pulumi CLI (3.229 or newer), or compare two exports with `--state` and `--actual`.",
    },
  ]);
}
