import { driftClasses, stackOf, type DriftVerdict } from "../../drift";
import type { DriftReport } from "../driftReport";
import type { DriftFormat } from "./format";

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

const verdicts: readonly DriftVerdict[] = ["none", "bearable", "lost", "unread"];

/**
 * OpenMetrics 1.0 text, for the textfile collector of Prometheus' node exporter. Gauges only: that collector reads the
 * older Prometheus format too, which knows no state set. No timestamp: the file's own time is the collector's.
 */
export const openmetrics: DriftFormat = (report) => {
  const { source, rules, summary, verdict, stacks } = report;
  const stack = { stack: source.stack ?? "" };
  const one = (value: number): readonly Sample[] => [[stack, value]];
  const each = (stacks ?? [{ stack: stack.stack, summary, verdict }]).map((about) => ({
    ...about,
    label: { stack: about.stack },
  }));
  const counts = (name: keyof DriftReport["summary"]): readonly Sample[] =>
    each.map((about): Sample => [about.label, about.summary[name]]);
  const lost = new Map(
    [
      ...report.drifts.flatMap(({ hangsOn }) => hangsOn),
      ...(report.acrossStacks ?? []).filter(({ drift }) => drift),
    ].map(({ service, tier, domain }): [string, Labels] => {
      const own = stacks?.find((about) => about.stack.endsWith(stackOf(service)))?.stack ?? stack.stack;
      return [`${service} ${domain}`, { stack: own, service, tier, domain: domain ?? "" }];
    }),
  );
  const families = [
    family("resources", "Resources that have drifted, by what that does to survival.", each.flatMap((about) => driftClasses.map((name): Sample => [{ ...about.label, class: name }, about.summary[name]]))),
    family("compared_resources", "Resources that were compared.", counts("compared")),
    family("unread_resources", "Resources that could not be read.", counts("couldNotTell")),
    family("expected_changes", "Changes that a rule expects.", counts("expected")),
    family("ignored_changes", "Changes that the program ignores.", counts("ignored")),
    family("expired_rules", "Rules of expected drift that have expired.", one(rules.filter(({ expired }) => expired).length)),
    family("lost_survival", "1 for a service that newly goes down with one failure domain.", [...lost.values()].map((labels): Sample => [labels, 1])),
    family("changed", "1 where drift has come, gone or changed its class since the last run.", report.changed === null ? [] : one(Number(report.changed))),
    family("verdict", "1 for the verdict of the run, 0 for the others.", each.flatMap((about) => verdicts.map((name): Sample => [{ ...about.label, verdict: name }, name === about.verdict ? 1 : 0]))),
  ]; // prettier-ignore
  return `${families.join("")}# EOF\n`;
};

function family(name: string, help: string, samples: readonly Sample[]): string {
  const full = `duplex_drift_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${value}`);
  return [`# TYPE ${full} gauge`, `# HELP ${full} ${help}`, ...lines, ""].join("\n");
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${parts.join(",")}}`;
}

function escaped(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
