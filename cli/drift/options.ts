import type { StackRequest } from "../engine/pulumi/refusals";
import type { EngineLimits } from "../engine/pulumi/retry";
import type { AnswerOptions } from "../output/answerOptions";

/** What a run and a merge of shards are judged by, and how they answer. */
export interface DriftAnswerOptions extends AnswerOptions {
  /** File of what earlier runs have found; written anew. @default nothing is remembered */
  readonly history?: string;
  readonly sites?: string;
  readonly config?: string;
  /** Folders of rules of one's own. */
  readonly rules: readonly string[];
}

/** Which of many stacks are meant. */
export interface StackSelection {
  readonly project: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly parallel: number;
  readonly shard?: Shard;
}

/** One of the parts that a run over many stacks is cut into. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** The flags as they are given. */
export interface DriftFlags extends DriftAnswerOptions, StackSelection {
  readonly all: boolean;
  readonly state?: string;
  readonly actual?: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly timeout: number;
  readonly retries: number;
  readonly retryWait: number;
  readonly expected?: string;
  readonly attribution: readonly string[];
  readonly live: readonly string[];
}

/** Two exports of one stack, as the user named them. */
export interface ExportsInput {
  readonly kind: "states";
  readonly desired: string;
  readonly actual: string;
}

/** A stack that the engine reads. */
export interface StackInput extends StackRequest {
  readonly kind: "stack";
}

/** The stacks of a backend, or those of them that were asked for. */
export interface StacksInput extends StackSelection, EngineLimits {
  readonly kind: "stacks";
  readonly folder: string;
}

export type DriftInput = ExportsInput | StackInput | StacksInput;

export interface DriftOptions extends DriftAnswerOptions, Pick<DriftFlags, "expected" | "attribution" | "live"> {
  readonly input: DriftInput;
}
