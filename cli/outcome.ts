/** Exit codes of every command; the same verdict always ends with the same code, whatever the format. */
export const exitCodes = {
  /** Everything that was asked survives. */
  survives: 0,
  /** No verdict: a mistake in how the command was called, in its input, or in ourselves. */
  couldNotJudge: 1,
  /** Advice only. */
  advice: 2,
  /** Broken, or not provable for a tier that asks for proof. */
  refused: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command's action reports back; commander has no place for a result. */
export interface Outcome {
  code: ExitCode;
}
