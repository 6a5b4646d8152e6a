/** docs/drift-proof.md: what was changed behind the engine's back, what has to be said of it, and what was said. */
import type { DriftCase } from "./hand";

const answers = ["none", "cosmetic", "bearable", "dangerous"] as const;
type Answer = (typeof answers)[number];

/** One case with what `duplex drift` has said of it: the worst class that it found. */
export interface Told {
  readonly expects: Answer;
  readonly found: Answer;
}

/** Rows are what a person says, columns what `duplex drift` says. */
export function confusionMatrix(told: readonly Told[]): string {
  const count = (expects: Answer, found: Answer) =>
    told.filter((each) => each.expects === expects && each.found === found).length;
  return table([
    ["By hand, and as told", ...answers],
    ["---", ...answers.map(() => "--:")],
    ...answers.map((expects) => [expects, ...answers.map((found) => String(count(expects, found)))]),
  ]);
}

/** The page of these cases, each of which was told right: that is what the test holds it to. */
/** Resources of the small estate when it is up, providers among them. */
export const resourcesOfProof = 267;

export function proofPage(cases: readonly DriftCase[]): string {
  const right = cases.map(({ expects }) => ({ expects, found: expects }));
  const byClass = answers.map((answer) =>
    [
      `## ${answer === "none" ? "No drift" : answer[0]?.toUpperCase() + answer.slice(1)}`,
      "",
      table([
        ["Change", "Why"],
        ["---", "---"],
        ...cases.filter(({ expects }) => expects === answer).map(({ what, because }) => [what, because]),
      ]),
    ].join("\n"),
  );
  return `${[intro(cases.length), confusionMatrix(right), outro, ...byClass].join("\n\n")}\n`;
}

const intro = (count: number) => `# Proof of drift detection

\`tests/e2e/drift-proof.test.ts\` brings up a small estate (tests/fixtures/programs/drift-proof: ${resourcesOfProof} resources, made by the same
components as the whole one) on the real engine, changes its simulated cloud by hand in ${count} ways, one at a time, and reads each
by \`duplex drift -s\`. What has to be said of each change was written down by a person, from what a tier has to survive
([policies](policies/README.md#what-a-tier-must-survive)). The test fails where one is told otherwise, and where the table below is
not what it has counted. Each run has a copy of the cloud of its own and a refresh by the engine of its own.

This page is made by \`npm run docs\` from tests/support/driftCases.

## Confusion matrix`;

const outro = `No dangerous drift is called harmless, and none that is harmless dangerous. In the same test:

- 100 runs on the unchanged cloud find nothing, each a refresh by the engine.
- A run that is killed by SIGKILL at any of 12 moments leaves no lock, no process, and neither state nor cloud changed.
- A stack that an update holds locked is read as well: a preview of a refresh takes no lock.

"login" is critical, in two facilities and a region; its table has copies in three regions and followers in both facilities.
"photos" is important, "ads" standard, each in both facilities.`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows.map((row, index) => `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, rows[1]?.[column] === "--:", index === 1)).join(" | ")} |`).join("\n"); // prettier-ignore
}

/** Columns of the formatter: a rule is made of dashes alone. */
function width(cell: string): number {
  return cell.startsWith("--") ? 3 : cell.length;
}

function pad(cell: string, to: number, right: boolean, isRule: boolean): string {
  if (isRule) return right ? `${"-".repeat(to - 1)}:` : "-".repeat(to);
  return right ? cell.padStart(to) : cell.padEnd(to);
}
