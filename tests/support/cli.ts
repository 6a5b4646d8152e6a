/** Runs the command line in process, in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/run";
import type { Io } from "../../cli/io";

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with files, and the command line in it. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), "duplex-cli-"));

  /** Writes a file: text and bytes as they are, anything else as JSON. */
  async write(name: string, content: unknown): Promise<string> {
    const plain = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(join(this.folder, name), plain ? content : JSON.stringify(content));
    return name;
  }

  /** Runs `duplex` with these arguments. */
  async duplex(argv: readonly string[], changes: Partial<Io> & { readonly input?: string } = {}): Promise<Answer> {
    const { input = "", ...io } = changes;
    const written = { out: "", err: "" };
    const code = await run(argv, {
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
      stdin: chunksOf(input),
      env: process.env,
      cwd: this.folder,
      outIsTerminal: false,
      today: "2022-10-15",
      now: Date.parse("2022-10-15T15:19:00Z"),
      ...io,
    });
    return { code, ...written };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Input as it comes through a pipe: in pieces that end anywhere, in the middle of a character too. */
async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7));
}
