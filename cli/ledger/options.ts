import type { AnswerOptions } from "../output/answerOptions";

export interface LedgerOptions extends AnswerOptions {
  /** Contracts, parties and operators. */
  readonly policy: string;
  /** A record of outages. */
  readonly outages?: string;
  readonly from?: string;
  readonly to?: string;
  readonly services?: string;
  readonly operators?: string;
}
