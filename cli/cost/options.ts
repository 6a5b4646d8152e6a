import type { AnswerOptions } from "../output/answerOptions";

export interface CostOptions extends AnswerOptions {
  /** Price list over the one that Duplex comes with. */
  readonly prices?: string;
}
