/** What is owed after an outage and what may be claimed back, as the document of `duplex ledger`. */
import { listsBy } from "../../lib/lists";
import { byText } from "../../lib/order";
import type { Ledger, LedgerLine } from "../../plan/ledger/ledger";
import type { Document, ListBlock, TableBlock } from "../document";
import { count } from "../figures";

export interface LedgerReport {
  readonly ledger: Ledger;
  /** Where the policy's figures come from. */
  readonly sources: Readonly<Record<string, string>>;
  /** The policy's file, as the user named it. */
  readonly source: string;
  readonly version: string;
}

const kinds: Readonly<Record<LedgerLine["kind"], string>> = {
  credit: "paid, by contract",
  goodwill: "free, by goodwill",
  trade: "a day's trade",
  damages: "damages",
};

export function ledgerDocument({ ledger, sources, source, version }: LedgerReport): Document {
  const { currency, lines, timeZone } = ledger;
  const owed = lines.filter(({ account }) => account === "owed");
  const claims = lines.filter(({ account }) => account === "claim");
  const net = `${money(ledger.owed)} ${currency} owed for ${count(new Set(owed.map(({ of }) => of)).size, "service")}`;
  const sumsBy = (title: string, corner: string, of: (line: LedgerLine) => string) =>
    sumsTable({ title, corner, currency, groups: [...listsBy(owed, of)] });
  return {
    command: "ledger",
    tool: { name: "duplex", version, fingerprint: "duplexFinding/v1" },
    headline: {
      tone: "warning",
      verdict: "reckoned",
      text: `RECKONED: ${net}, ${money(ledger.claim)} ${currency} to be claimed back.`,
      source,
    },
    rules: [],
    checks: [],
    body: () => [
      sumsBy("Owed by service", "service", ({ of }) => of),
      sumsBy("Owed by kind of promise", "kind", ({ kind }) => kinds[kind]),
      linesTable("Owed, line by line", "service", owed, ledger),
      linesTable("To be claimed back", "operator", claims, ledger),
      notes(timeZone),
      sourcesList(sources),
    ],
    series: () => [
      {
        name: "amount",
        help: "Amount by account, service or operator, rule and period, in the policy's currency.",
        samples: lines.map(({ amount, downSeconds, ...labels }) => [
          { ...labels, down_seconds: String(downSeconds), currency },
          amount,
        ]),
      },
    ],
    data: { value: { version: 1, source, ...ledger, sources } },
  };
}

interface Sums {
  readonly title: string;
  readonly corner: string;
  readonly currency: string;
  readonly groups: readonly (readonly [string, readonly LedgerLine[]])[];
}

function sumsTable({ title, corner, currency, groups }: Sums): TableBlock {
  const all = groups.length > 1 ? [...groups, ["all", groups.flatMap(([, of]) => of)] as const] : groups;
  return {
    kind: "table",
    isBrief: true,
    title,
    caption: `${title}, in ${currency}; each is the sum of its lines`,
    corner,
    columns: ["lines", "amount"],
    rows: all.map(([name, of]) => ({
      name,
      cells: [String(of.length), money(of.reduce((sum, { amount }) => sum + amount, 0))].map((text) => ({ text })),
    })),
  };
}

function linesTable(title: string, corner: string, lines: readonly LedgerLine[], ledger: Ledger): TableBlock {
  return {
    kind: "table",
    isBrief: false,
    title,
    caption: `${title}: amounts in ${ledger.currency}, times in ${ledger.timeZone}`,
    corner,
    columns: ["who", "period", "amount", "rule", "how"],
    rows: lines.map((line) => ({
      name: line.of,
      cells: [
        line.party,
        `${line.from} to ${line.to}`,
        money(line.amount),
        `${line.rule} (${line.clause})`,
        line.basis,
      ].map((text) => ({ text })),
    })),
  };
}

function notes(timeZone: string): ListBlock {
  return {
    kind: "list",
    isBrief: false,
    title: ["How it is reckoned"],
    items: [
      [`Months and days are those of ${timeZone}. Outages of a service that overlap count once.`],
      ["Availability is of the whole month, in seconds; each line is rounded to the currency's smallest unit."],
      ["Damages are for services that were down while the operator was; the cause is not judged."],
    ],
  };
}

function sourcesList(sources: LedgerReport["sources"]): ListBlock {
  const items = Object.entries(sources).sort(([one], [other]) => byText(one, other));
  return {
    kind: "list",
    isBrief: false,
    title: ["Sources of the figures"],
    items: items.length === 0 ? [["The policy names none."]] : items.map(([what, source]) => [`${what}: ${source}`]),
  };
}

function money(amount: number): string {
  return amount.toLocaleString("en-US", { maximumFractionDigits: 2 });
}
