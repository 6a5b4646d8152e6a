/** A process with a deadline: whatever it has started ends with it, and holds nobody up. */
import { spawn, type ChildProcess } from "node:child_process";

export interface ChildOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutSeconds: number;
  /** Receives what it prints. @default nothing is shown */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** How it ended. */
export interface Ending {
  readonly code: number | null;
  readonly timedOut: boolean;
  /** The last of what it wrote to standard error. */
  readonly lastWords: string;
}

/** Milliseconds after its end for the last of what it has written: what it leaves behind may keep its pipes open. */
const drainMilliseconds = 300;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs node. */
export async function runNode(args: readonly string[], options: ChildOptions): Promise<Ending> {
  // A group of its own, by which all of it can be ended.
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const kill = () => killGroup(child);
  // If we end first, for whatever reason, nothing must stay behind; the group does not get the terminal's signals.
  const pass = (name: NodeJS.Signals) => {
    kill();
    for (const each of signals) process.off(each, pass);
    process.kill(process.pid, name);
  };
  process.once("exit", kill);
  for (const name of signals) process.on(name, pass);
  try {
    return await ending(child, options);
  } finally {
    kill();
    process.off("exit", kill);
    for (const name of signals) process.off(name, pass);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Nothing is left of it.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function ending(child: ChildProcess, { timeoutSeconds, onOutput }: ChildOptions): Promise<Ending> {
  let lastWords = "";
  let timedOut = false;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => onOutput?.(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    onOutput?.(text);
    lastWords = (lastWords + text).slice(-8_000);
  });
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, timeoutSeconds * 1000);
  let drain: NodeJS.Timeout | undefined;
  return new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, timedOut, lastWords }));
    child.once("exit", (code) => {
      drain = setTimeout(() => resolve({ code, timedOut, lastWords }), drainMilliseconds);
    });
  }).finally(() => {
    clearTimeout(timer);
    clearTimeout(drain);
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
}
