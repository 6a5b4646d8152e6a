/** What a command may touch of the process that runs it; tests hand in their own. */
export interface Io {
  /** Writes a part of the answer. Nothing else may go to standard output. */
  readonly out: (text: string) => void;
  /** Writes errors, warnings and progress. */
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Width of the terminal in columns. @default undefined, where the answer goes to a file or a pipe */
  readonly columns?: number;
  /** True where standard output is a terminal. */
  readonly outIsTerminal: boolean;
  /** Today, `YYYY-MM-DD`: what exemptions expire by. */
  readonly today: string;
  /** Milliseconds since 1970: what backups are late by. */
  readonly now: number;
}

/** The real process. */
export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    columns: process.stdout.columns,
    outIsTerminal: process.stdout.isTTY === true,
    today: new Date().toISOString().slice(0, 10),
    now: Date.now(),
  };
}

/** Colours are for terminals; NO_COLOR (any value but the empty one) turns them off, FORCE_COLOR on: no-color.org. */
export function wantsColour(io: Io): boolean {
  if (io.env["NO_COLOR"]) return false;
  const forced = io.env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0";
  return io.outIsTerminal && io.env["TERM"] !== "dumb";
}
