import { createHash } from "node:crypto";
import { driftClasses, type DriftClass } from "../../drift";
import type { DriftReport, ReportDrift } from "../driftReport";
import type { DriftFormat } from "./format";
import { changedByLines, changeLines, dangerLines } from "./sentences";

const rules: Readonly<Record<DriftClass, { readonly level: string; readonly text: string }>> = {
  cosmetic: { level: "note", text: "A resource has changed in what no reader of the failure model reads." },
  bearable: { level: "warning", text: "A resource has changed, and every service survives what it survived before." },
  dangerous: { level: "error", text: "A resource has changed, and survival that the deployed state had is lost." },
};

/** SARIF 2.1.0 (OASIS): a rule for each class, the policies that are newly broken in the message. */
export const sarif: DriftFormat = (report) => {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "duplex-drift", semanticVersion: report.tool.version, rules: driftClasses.map(ruleOf) },
        },
        invocations: [
          {
            executionSuccessful: report.couldNotTell.length === 0,
            toolExecutionNotifications: report.couldNotTell.map(({ urn, reason }) => ({
              level: "error",
              message: { text: `Could not tell: ${urn}: ${reason}` },
            })),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: report.drifts.map((drift) => resultOf(drift, report)),
        properties: { verdict: report.verdict },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleOf(name: DriftClass) {
  const { level, text } = rules[name];
  return { id: `drift-${name}`, name: `${name}-drift`, shortDescription: { text }, defaultConfiguration: { level } };
}

function resultOf(drift: ReportDrift, report: DriftReport) {
  const lines = [
    drift.urn,
    ...changeLines(drift),
    ...changedByLines(drift),
    ...dangerLines(drift),
    ...drift.fixes.map(({ text }) => text),
  ];
  return {
    ruleId: `drift-${drift.class}`,
    ruleIndex: driftClasses.indexOf(drift.class),
    level: rules[drift.class].level,
    message: { text: lines.join("\n") },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(report, drift) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: drift.urn, kind: "resource" }],
      },
    ],
    partialFingerprints: { "duplexDrift/v1": fingerprint(drift) },
    properties: {
      class: drift.class,
      kind: drift.kind,
      policies: drift.findings.map(({ code }) => code),
      changedBy: drift.changedBy,
    },
  };
}

/** Stays the same while the same properties of the same resource have drifted, whatever their values. */
function fingerprint({ kind, urn, changes }: ReportDrift): string {
  const identity = [kind, urn, changes.map(({ path }) => path)];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

function uriOf({ source }: DriftReport, { urn }: ReportDrift): string {
  const path = fileOf(source, urn);
  const relative = path.replace(/\\/g, "/").replace(/^\.\//, "");
  return relative.split("/").map(encodeURIComponent).join("/");
}

/** Of many stacks nothing says where their folders are: the file of the stack's settings, in a folder named for its project. */
function fileOf({ kind, desired }: DriftReport["source"], urn: string): string {
  switch (kind) {
    case "states":
      return desired;
    case "stack":
      return `${desired.replace(/[\\/]+$/, "")}/Pulumi.yaml`;
    case "stacks": {
      const [, stack = "", project = ""] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
      return `${project}/Pulumi.${stack}.yaml`;
    }
    default:
      return kind satisfies never;
  }
}
