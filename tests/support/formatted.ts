/** Text as the formatter writes it into a file. A process of its own does it: Jest cannot load the formatter. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const prettier = join(root, "node_modules", "prettier", "bin", "prettier.cjs");

export function formatted(text: string, file: string): string {
  return execFileSync(process.execPath, [prettier, "--stdin-filepath", file], {
    cwd: root,
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}
