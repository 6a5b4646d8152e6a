import { visible } from "../../lib/visible";
import type { Writer } from "./writer";

/** Every figure of a document as one table of comma-separated values (RFC 4180), its labels a column each. */
export const csv: Writer = function* (document) {
  const series = document.series();
  const labels = [...new Set(series.flatMap(({ samples }) => samples.flatMap(([of]) => Object.keys(of))))];
  yield lineOf(["figure", ...labels, "value"]);
  for (const { name, samples } of series) {
    for (const [of, value] of samples) yield lineOf([name, ...labels.map((label) => of[label] ?? ""), value]);
  }
};

function lineOf(fields: readonly (string | number)[]): string {
  return `${fields.map(field).join(",")}\n`;
}

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = visible(value);
  // Spreadsheets run what begins like a formula: owasp.org/www-community/attacks/CSV_Injection.
  const plain = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
