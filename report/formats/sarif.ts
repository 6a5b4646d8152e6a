import { createHash } from "node:crypto";
import type { Policy } from "../../policies/policy";
import type { CheckReport, ReportFinding } from "../checkReport";
import { outcomeSentence } from "../sentences";
import type { Format } from "./format";

/** SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for: rules, a place, a stable fingerprint. */
export const sarif: Format = (report, { policies }) => {
  const rules = [...policies].sort((a, b) => (a.code < b.code ? -1 : 1));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "duplex",
            semanticVersion: report.tool.version,
            rules: rules.map(ruleOf),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.notJudged.map((item) => ({
              level: "note",
              message: { text: `Not judged: ${item.urn} (${item.type}): ${item.reason}` },
            })),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => resultOf(finding, report, rules)),
        properties: { verdict: report.verdict },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleOf(policy: Policy) {
  const mandatory = Object.values(policy.levels).includes("mandatory");
  return {
    id: policy.code,
    name: policy.name,
    shortDescription: { text: policy.title },
    fullDescription: { text: `${policy.why} ${policy.proves}` },
    help: {
      text: `${policy.fix.text}\n\n${policy.fix.snippet}`,
      markdown: `${policy.fix.text}\n\n\`\`\`ts\n${policy.fix.snippet}\n\`\`\``,
    },
    defaultConfiguration: { level: mandatory ? "error" : "warning" },
    properties: { tags: ["resilience", policy.family, ...policy.rows.map((row) => `incident-${row}`)] },
  };
}

function resultOf(finding: ReportFinding, report: CheckReport, rules: readonly Policy[]) {
  const ruleIndex = rules.findIndex((policy) => policy.code === finding.code);
  const text = [finding.message, outcomeSentence(finding), `Fix: ${finding.fix}`]
    .filter((line) => line !== undefined)
    .join("\n");
  return {
    ruleId: finding.code,
    ...(ruleIndex >= 0 ? { ruleIndex } : {}),
    level: finding.level === "mandatory" ? "error" : "warning",
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(report) }, region: { startLine: 1 } },
        logicalLocations: finding.urns.map((urn) => ({ fullyQualifiedName: urn, kind: "resource" })),
      },
    ],
    partialFingerprints: { "duplexFinding/v1": fingerprint(finding) },
    properties: {
      policy: finding.policy,
      verdict: finding.verdict,
      severity: finding.severity,
      tier: finding.tier,
      lost: finding.lost,
      ...(finding.service === null ? {} : { service: finding.service }),
    },
  };
}

/** Stays the same while the same thing is wrong, whatever its message says of numbers. */
function fingerprint(finding: ReportFinding): string {
  const identity = [finding.policy, finding.service, [...finding.lost].sort(), finding.urns[0]];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

/** A relative reference (RFC 3986): a project's findings are shown at its Pulumi.yaml. */
function uriOf({ source }: CheckReport): string {
  if (source.path === "<stdin>") return "stdin";
  const path = source.kind === "program" ? `${source.path.replace(/[\\/]+$/, "")}/Pulumi.yaml` : source.path;
  const relative = path.replace(/\\/g, "/").replace(/^\.\//, "");
  return relative.split("/").map(encodeURIComponent).join("/");
}
