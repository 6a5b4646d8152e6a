/** What ESLint holds beside its own rules: lengths, and that the formatter wins. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const program = join(root, "node_modules", "eslint", "bin", "eslint.js");

/** Rules that a text breaks, as a file of the tools, each once. */
function broken(text: string): readonly string[] {
  const args = [program, "--stdin", "--stdin-filename", "tools/example.js", "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: "utf8" });
  if (!stdout.startsWith("[")) throw new Error(stderr);
  const [{ messages }] = JSON.parse(stdout) as [{ readonly messages: readonly { readonly ruleId: string }[] }];
  return [...new Set(messages.map(({ ruleId }) => ruleId))].sort();
}

/** A function of so many lines that is called. */
const functionOf = (lines: number) => `(function () {\n${"  void 0;\n".repeat(lines - 2)}})();\n`;

test("lengths end where they are said to end", () => {
  const line = (length: number) => `void "${"x".repeat(length - 8)}";\n`;
  expect(broken(line(120) + functionOf(70) + "void 0;\n".repeat(300 - 71))).toEqual([]);
  expect(broken(line(121) + functionOf(71) + "void 0;\n".repeat(301 - 72))).toEqual([
    "max-len",
    "max-lines",
    "max-lines-per-function",
  ]);
}, 60_000);

test("nothing is kept from the formatter", () => {
  expect(broken("void [1,   2]; // prettier-ignore\n")).toEqual(["no-warning-comments"]);
}, 60_000);
