import { visibleLines } from "../../lib/visible";
import type { Document, Series } from "../document";
import type { Writer } from "./writer";

/**
 * OpenMetrics 1.0 text, for the textfile collector of Prometheus' node exporter. Gauges only: that collector reads the
 * older Prometheus format too, which knows no state set. No timestamp: the file's own time is the collector's.
 */
export const openmetrics: Writer = function* (document) {
  for (const series of document.series()) yield familyOf(series, document);
  yield "# EOF\n";
};

function familyOf({ name, help, samples }: Series, { command }: Document): string {
  const full = `duplex_${command}_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${value}`);
  return [`# TYPE ${full} gauge`, `# HELP ${full} ${help}`, ...lines, ""].join("\n");
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${parts.join(",")}}`;
}

function escaped(value: string): string {
  return visibleLines(value).replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
