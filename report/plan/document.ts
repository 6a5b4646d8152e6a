/** The plan of an estate as the document of `duplex plan`. */
import type { Constraint } from "../../plan/program/demand";
import type { Contradicted } from "../../plan/program/optimise";
import type { EstatePlan, PlannedService, Variant } from "../../plan/planEstate";
import type { PriceList } from "../../plan/prices/schema";
import { notCounted, pricesText } from "../cost/document";
import type { Block, Cell, Document, Headline, TableBlock } from "../document";
import { count, describeMoney, describeShare, named } from "../figures";

export interface PlanReport {
  readonly answer: EstatePlan | Contradicted;
  readonly prices: PriceList;
  /** The file, as the user named it. */
  readonly source: string;
  readonly version: string;
}

export type PlanVerdict = "planned" | "notProven" | "contradicted";

/** Gap below which a plan counts as proven: what is left is rounding. */
const provenGap = 1e-6;

export function verdictOf(answer: EstatePlan | Contradicted): PlanVerdict {
  if (answer.kind === "contradicted") return "contradicted";
  return answer.gap <= provenGap ? "planned" : "notProven";
}

export function planDocument(report: PlanReport): Document {
  const { answer, prices, source, version } = report;
  return {
    command: "plan",
    tool: { name: "duplex", version, fingerprint: "duplexFinding/v1" },
    headline: headlineOf(report),
    rules: [],
    checks: [],
    body: () => (answer.kind === "planned" ? planBlocks(answer, prices) : answer.sets.map(contradictionBlock)),
    series: () => (answer.kind === "planned" ? [seriesOf(answer)] : []),
    data: { value: { version: 1, source, currency: prices.currency, asOf: prices.asOf, ...answer } },
  };
}

function headlineOf({ answer, prices, source }: PlanReport): Headline {
  const verdict = verdictOf(answer);
  if (answer.kind === "contradicted") {
    const sets = answer.sets.length === 1 ? "a set of promises and limits" : `${answer.sets.length} sets of them`;
    return {
      tone: "bad",
      verdict,
      text: `NO PLAN: no units keep every promise; ${sets} cannot hold together.`,
      source,
    };
  }
  const { plan, today, gap } = answer;
  const saved = today.costMonth - plan.costMonth;
  const money = describeMoney(plan.costMonth, prices.currency);
  const against =
    Math.round(saved) === 0
      ? "as much as today"
      : `${describeMoney(Math.abs(saved), prices.currency)} ${saved > 0 ? "less" : "more"} than today`;
  const proof = verdict === "planned" ? "proven to be the cheapest" : `at most ${percent(gap)} above the cheapest`;
  return {
    tone: verdict === "planned" ? "good" : "warning",
    verdict,
    text: `PLANNED: every promise is kept for ${money} a month, ${against}; ${proof}.`,
    source,
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function planBlocks(answer: EstatePlan, prices: PriceList): readonly Block[] {
  return [
    variantsTable(answer, prices.currency),
    unitsTable(answer.services),
    {
      kind: "list",
      isBrief: false,
      title: ["What asks for the last unit"],
      items: answer.services.map((planned) => [bindingText(planned)]),
    },
    {
      kind: "list",
      isBrief: false,
      title: ["How it is judged"],
      items: [
        ["Units alone are judged here, each service by itself; `duplex check` judges ways in, data and dependencies."],
        [`Not counted: ${notCounted}`],
        ...pricesText(prices),
      ],
    },
  ];
}

function bindingText({ service, binding, shareAfterTwo }: PlannedService): string {
  const asks = binding.length === 0 ? "the peak while nothing is lost" : `the loss of ${binding.join(" with ")}`;
  const two = shareAfterTwo === null ? "" : `; after two losses ${describeShare(shareAfterTwo)} is left at worst`;
  return `${service}: ${asks}${two}`;
}

function variantsTable({ plan, today, doubled }: EstatePlan, currency: string): TableBlock {
  const row = (name: string, variant: Variant) => ({
    name,
    cells: [
      { text: String(variant.units) },
      { text: String(variant.reserveUnits) },
      { text: Math.round(variant.costMonth).toLocaleString("en-US") },
      keptCell(variant),
    ],
  });
  return {
    kind: "table",
    isBrief: true,
    title: "The plan beside other ways",
    caption: `Units, reserve among them, and cost of a month in ${currency}`,
    corner: "way",
    columns: ["units", "reserve", "a month", "promises"],
    rows: [row("plan", plan), row("today", today), row("double everything", doubled)],
  };
}

function keptCell({ broken }: Variant): Cell {
  if (broken.length === 0) return { text: "kept", tone: "good" };
  const services = [...new Set(broken.map(({ service }) => service))];
  return { text: `broken for ${named(services, 3)}`, tone: "bad" };
}

function unitsTable(services: readonly PlannedService[]): TableBlock {
  const columns = [...new Set(services.flatMap(({ sites }) => sites.map(({ site }) => site)))];
  return {
    kind: "table",
    isBrief: true,
    title: "Units by service and site",
    caption: "Units of the plan, and in brackets today's where they differ",
    corner: "service (tier)",
    columns,
    rows: services.map(({ service, tier, sites }) => ({
      name: `${service} (${tier})`,
      cells: columns.map((column) => {
        const found = sites.find(({ site }) => site === column);
        if (found === undefined) return { text: "" };
        const { units, todayUnits } = found;
        return { text: units === todayUnits ? String(units) : `${units} (${todayUnits})` };
      }),
    })),
  };
}

function contradictionBlock(constraints: readonly Constraint[]): Block {
  return {
    kind: "list",
    isBrief: true,
    title: [`${count(constraints.length, "constraint")} of which none can be left out; change one of them`],
    items: constraints.map((constraint) => [constraintText(constraint)]),
  };
}

function constraintText(constraint: Constraint): string {
  switch (constraint.kind) {
    case "sites":
      return `${constraint.service}: at least ${constraint.least} sites`;
    case "room":
      return `${constraint.site}: room for ${constraint.cores} cores (\`cores\` of the site)`;
    case "loss": {
      const { lost, unitsNeeded } = constraint.loss;
      const when = lost.length === 0 ? "while nothing is lost" : `after the loss of ${lost.join(" with ")}`;
      return `${constraint.service}: at least ${count(unitsNeeded, "unit")} ${when}`;
    }
    default:
      return constraint satisfies never;
  }
}

function seriesOf({ plan, today, doubled }: EstatePlan) {
  return {
    name: "month_amount",
    help: "Cost of a month of the plan, of today's units, and of twice the peak's, in the list's currency.",
    samples: Object.entries({ plan, today, doubled }).map(([way, { costMonth }]) => [{ way }, costMonth] as const),
  };
}
