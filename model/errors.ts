/** One mistake in something that a user wrote. */
export interface Mistake {
  /** Stable code, `DPX` and three digits; listed in docs/errors.md. */
  readonly code: string;
  /** What is wrong, with the value received, as a full sentence. */
  readonly message: string;
  /** What to write instead, as a full sentence. */
  readonly fix: string;
  /** File in which it stands, where there is one. */
  readonly file?: string;
  /** Path inside the file, such as `sites[2].carriers`. */
  readonly path?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
}

/** `file:line path: message fix [code]` with the parts that are known. */
export function describeMistake(mistake: Mistake): string {
  const place = [mistake.file && `${mistake.file}${mistake.line ? `:${mistake.line}` : ""}`, mistake.path]
    .filter(Boolean)
    .join(" ");
  return `${place ? `${place}: ` : ""}${mistake.message} ${mistake.fix} [${mistake.code}]`;
}

/** A user's mistakes, all of one run together. Shown without a stack trace; anything else thrown is a bug of ours. */
export class UserError extends Error {
  readonly mistakes: readonly Mistake[];
  /** The mark by which Pulumi knows an error of a program that it shows as text (its class RunError). */
  readonly __pulumiRunError = true;

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(describeMistake).join("\n"));
    this.name = "UserError";
    this.mistakes = mistakes;
  }
}
