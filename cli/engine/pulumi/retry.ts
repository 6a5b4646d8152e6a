/** Asks a cloud again that was asked too fast, for no more than what it has not answered. */
import { setTimeout as sleep } from "node:timers/promises";
import { isThrottled, laterAnswer, unansweredFor, type RefreshAnswer } from "../../../drift";
import { UserError } from "../../../model/errors";
import { count } from "../../../report/figures";
import type { EngineRun } from "./process";

export interface Retries {
  /** Times that a throttled reading is asked again. */
  readonly most: number;
  /** Seconds before the first of them; each waits twice as long as the one before, less up to a half by chance. */
  readonly waitSeconds: number;
}

/** How long an engine may read one stack, and how often. */
export interface EngineLimits {
  readonly timeoutSeconds: number;
  readonly retries: Retries;
}

/** Beyond it the whole stack is read again: names of thousands of resources are no command line. */
const mostTargets = 200;

interface Reading {
  readonly run: EngineRun;
  /** Undefined where the engine gave none. */
  readonly answer?: RefreshAnswer;
}

export interface RetryOptions extends Retries {
  /** No reading starts again that would wait beyond it: milliseconds since 1970. */
  readonly deadline: number;
  /** Reads these, or all where none is named. */
  readonly read: (targets: readonly string[], isAgain: boolean) => Promise<Reading>;
  readonly say: (text: string) => void;
}

/**
 * Reads, and reads again what was throttled, with waits that grow and differ, so that many who wait do not come back at
 * one time (AWS Builders' Library, "Timeouts, retries, and backoff with jitter"). What is silent for another reason,
 * such as a region that is lost, is not asked again.
 */
export async function readWithRetries(options: RetryOptions): Promise<Reading> {
  let reading = await options.read([], false);
  for (let attempt = 1; attempt <= options.most; attempt++) {
    const silent = throttledIn(reading);
    if (silent === undefined) break;
    const wait = options.waitSeconds * 2 ** (attempt - 1) * (1 - Math.random() / 2) * 1000;
    if (Date.now() + wait >= options.deadline) break;
    const what = silent.length === 0 ? "the stack" : count(silent.length, "resource");
    options.say(
      `Throttled: asking for ${what} again in ${Math.ceil(wait / 1000)} s (${attempt} of ${options.most}).\n`,
    );
    await sleep(wait);
    reading = await again(reading, () => options.read(silent, true));
  }
  return reading;
}

/** Resources to ask for again, none for all of them; undefined where throttling is not what is wrong. */
function throttledIn({ run, answer }: Reading): readonly string[] | undefined {
  if (answer === undefined) return isThrottled(`${run.stderr}\n${run.stdout}`) ? [] : undefined;
  const silent = unansweredFor(answer, isThrottled);
  if (silent.length === 0) return undefined;
  return silent.length > mostTargets ? [] : silent;
}

/** A later reading that fails whole, or that does not end in time, takes nothing from an earlier one. */
async function again(earlier: Reading, read: () => Promise<Reading>): Promise<Reading> {
  if (earlier.answer === undefined) return read();
  try {
    const later = await read();
    return later.answer === undefined ? earlier : { ...later, answer: laterAnswer(earlier.answer, later.answer) };
  } catch (error) {
    if (error instanceof UserError) return earlier;
    throw error;
  }
}
