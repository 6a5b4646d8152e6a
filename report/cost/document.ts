/** What an estate costs a month, as the document of `duplex cost`. */
import { listsBy } from "../../lib/lists";
import { byText } from "../../lib/order";
import type { CostRow } from "../../plan/estateCost";
import type { PriceList } from "../../plan/prices/schema";
import type { Document, Headline, TableBlock, TableRow } from "../document";
import { count, describeMoney, describeShare } from "../figures";

export interface CostReport {
  readonly rows: readonly CostRow[];
  readonly prices: PriceList;
  /** The file, as the user named it. */
  readonly source: string;
  readonly version: string;
}

/** What the estate does not say how much of there will be. */
export const notCounted =
  "Traffic, what passes through load balancers, storage, requests, logs, NAT gateways, endpoints, stores and " +
  "placeholder pods: they hang on use, or the list has no price for them yet.";

export function costDocument(report: CostReport): Document {
  const { rows, prices } = report;
  const missing = missingIn(rows);
  return {
    command: "cost",
    tool: { name: "duplex", version: report.version, fingerprint: "duplexFinding/v1" },
    headline: headlineOf(report, missing),
    rules: [],
    checks: [],
    body: () => [
      sumsTable("service", rows, prices.currency),
      sumsTable("site", rows, prices.currency),
      { kind: "list", isBrief: true, title: ["Without a price"], items: missing.map((path) => [{ code: path }]) },
      { kind: "list", isBrief: false, title: ["Not counted"], items: [[notCounted]] },
      { kind: "list", isBrief: false, title: ["Prices"], items: pricesText(prices) },
    ],
    series: () => [
      {
        name: "month_amount",
        help: "Cost of a month by service and site, in the list's currency; without what has no price.",
        samples: rows.map((row) => [
          { service: row.service, site: row.site, currency: prices.currency },
          amountOf(row),
        ]),
      },
    ],
    data: {
      value: { version: 1, source: report.source, currency: prices.currency, asOf: prices.asOf, rows, missing },
    },
  };
}

function headlineOf({ rows, prices, source }: CostReport, missing: readonly string[]): Headline {
  const total = sum(rows, amountOf);
  const reserve = sum(rows, (row) => row.reserve ?? 0);
  const money = describeMoney(total, prices.currency);
  const part = total === 0 ? "" : `, of which ${describeShare(reserve / total)} is reserve`;
  return missing.length === 0
    ? { tone: "good", verdict: "priced", text: `PRICED: ${money} a month${part}.`, source }
    : {
        tone: "warning",
        verdict: "incomplete",
        text: `INCOMPLETE: ${money} a month without ${count(missing.length, "price")} that the list does not have.`,
        source,
      };
}

/** Sources and date of a list, a line each. */
export function pricesText({ asOf, currency, sources }: PriceList): readonly (readonly string[])[] {
  return [
    [`In ${currency}, the oldest of ${asOf}, on demand and without tax: put your own over them by --prices.`],
    ...Object.entries(sources)
      .sort(([one], [other]) => byText(one, other))
      .map(([what, source]) => [`${what}: ${source}`]),
  ];
}

function missingIn(rows: readonly CostRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => row.missing))].sort();
}

function sumsTable(key: "service" | "site", rows: readonly CostRow[], currency: string): TableBlock {
  const groups = [...listsBy(rows, (row) => row[key])];
  const all = groups.length > 1 ? [...groups, ["all", rows] as const] : groups;
  return {
    kind: "table",
    isBrief: true,
    title: `A month by ${key}`,
    caption: `Cost of a month in ${currency} by ${key}; ? where a price is missing`,
    corner: key,
    columns: ["units", "running", "reserve", "entrance", "total"],
    rows: all.map(([name, of]) => sumsRow(name, of)),
  };
}

function sumsRow(name: string, rows: readonly CostRow[]): TableRow {
  const parts = (["running", "reserve", "entrance"] as const).map((part) => amounts(rows.map((row) => row[part])));
  const total = amounts(rows.flatMap((row) => [row.running, row.reserve, row.entrance]));
  return { name, cells: [String(sum(rows, ({ units }) => units)), ...parts, total].map((text) => ({ text })) };
}

/** The sum of what is known; a sign behind it says that something is not. */
function amounts(values: readonly (number | null)[]): string {
  const known = values.reduce<number>((all, value) => all + (value ?? 0), 0);
  const text = Math.round(known).toLocaleString("en-US");
  if (!values.includes(null)) return text;
  return values.every((value) => value === null) ? "?" : `${text} + ?`;
}

function amountOf({ running, reserve, entrance }: CostRow): number {
  return (running ?? 0) + (reserve ?? 0) + (entrance ?? 0);
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
