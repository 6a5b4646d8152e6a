import type { ReportFinding } from "../checkReport";
import { findingTitle, outcomeSentence, verdictLine } from "../sentences";
import type { Format } from "./format";

/** Workflow commands of GitHub Actions: one annotation for each finding, and the verdict as a notice. */
export const github: Format = (report) => {
  const file = report.source.path === "<stdin>" ? undefined : report.source.path;
  const lines = [
    command("notice", { title: "duplex" }, verdictLine(report)),
    ...report.findings.map((finding) =>
      command(
        finding.level === "mandatory" ? "error" : "warning",
        { file, title: findingTitle(finding) },
        annotation(finding),
      ),
    ),
    ...report.notJudged.map((item) => command("notice", { file, title: "Not judged" }, `${item.urn}: ${item.reason}`)),
  ];
  return `${lines.join("\n")}\n`;
};

function annotation(finding: ReportFinding): string {
  return [finding.message, outcomeSentence(finding), `Fix: ${finding.fix}`, `Resource: ${finding.urns[0] ?? "none"}`]
    .filter((line) => line !== undefined)
    .join("\n");
}

function command(name: string, properties: Readonly<Record<string, string | undefined>>, message: string): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeData(value).replace(/:/g, "%3A").replace(/,/g, "%2C")}`],
  );
  return `::${name} ${given.join(",")}::${escapeData(message)}`;
}

/** As the runner's own toolkit escapes: a line break would end the command and let a name start another. */
function escapeData(value: string): string {
  return value.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
