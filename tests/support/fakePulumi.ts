/** A `pulumi` of a test's own: it says what the test wants, and notes how it was called. */
import { readFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer, CommandLine } from "./cli";
import { exportOf, queue, table } from "./driftStates";

export const exportedText = JSON.stringify(exportOf(table(), queue()));

/** One step of a refresh, as the engine writes it. */
export function step(op: string, before: object, after?: object) {
  const { urn } = before as { urn: string };
  return { op, urn, oldState: before, ...(after === undefined ? {} : { newState: after }) };
}

export const unchangedSteps = [step("refresh", table(), table()), step("refresh", queue(), queue())];

export class FakePulumi {
  constructor(private readonly bench: CommandLine) {}

  /** Where it is found, before the real one. */
  get env(): Readonly<Record<string, string>> {
    return { PATH: `${this.bench.folder}:${process.env["PATH"] ?? ""}` };
  }

  /**
   * Writes it.
   *
   * @param refresh the shell that answers `refresh`
   * @param exports what `stack export` says, of a list one a call. @default the export of two resources
   */
  async write(refresh: string, exports: readonly string[] = [exportedText]): Promise<void> {
    const { bench } = this;
    await bench.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    await bench.write("Pulumi.prod.yaml", "config: {}\n");
    await Promise.all(exports.map((text, index) => bench.write(`export-${index}.json`, text)));
    const script = `#!/bin/sh
cd "${bench.folder}"
echo "$@" >> calls
if [ "$1" = stack ]; then
  n=$(cat n 2>/dev/null || echo 0); f=export-$n.json; [ -f $f ] || f=export-0.json
  cat $f; echo $((n+1)) > n; exit 0
fi
${refresh}
`;
    const file = join(bench.folder, "pulumi");
    await writeFile(file, script);
    await chmod(file, 0o755);
  }

  /** The shell that answers with a document. */
  async answering(document: unknown, code = 0): Promise<string> {
    await this.bench.write("refresh.json", document);
    return `cat refresh.json; exit ${code}`;
  }

  /** `duplex drift` of its stack. */
  drift(...more: readonly string[]): Promise<Answer> {
    return this.bench.duplex(["drift", "-s", "prod", "--format", "json", ...more], { env: this.env });
  }

  /** How it was called, a line each. */
  calls(): readonly string[] {
    return readFileSync(join(this.bench.folder, "calls"), "utf8").trim().split("\n");
  }
}
