import type { AnswerOptions } from "../output/answerOptions";

export interface PlanOptions extends AnswerOptions {
  /** Price list over the one that Duplex comes with. */
  readonly prices?: string;
  /** Longest time for one program, in seconds. */
  readonly timeout: number;
  /** Where the stack's configuration with the plan in it is written. @default nowhere */
  readonly write?: string;
  /** Share of the peak, 0..1, that must be left after two losses. @default one unit */
  readonly leastShareTwo?: number;
}
