/** What is owed after outages and what may be claimed back: a line for each rule, with how its figure came about. */
import { byText } from "../../lib/order";
import { type Interval, hoursOfDays, localText, monthsOf, secondsWithin, united } from "./calendar";
import type { Contract, CreditBand, LedgerPolicy, OutageRecord, Party } from "./policy";

/** One amount under one rule. */
export interface LedgerLine {
  /** Owed to customers, or to be claimed back from an operator. */
  readonly account: "owed" | "claim";
  /** The service, or the operator. */
  readonly of: string;
  readonly party: string;
  readonly kind: "credit" | "goodwill" | "trade" | "damages";
  /** Path of the rule in the policy. */
  readonly rule: string;
  readonly clause: string;
  /** Time that the line is about, in the policy's time zone. */
  readonly from: string;
  readonly to: string;
  readonly downSeconds: number;
  readonly amount: number;
  /** How the amount came about. */
  readonly basis: string;
}

export interface Ledger {
  readonly currency: string;
  readonly timeZone: string;
  readonly owed: number;
  readonly claim: number;
  readonly lines: readonly LedgerLine[];
}

/** The part of a line that depends on the kind of contract. */
interface Reckoned {
  readonly rule: string;
  readonly window: Interval;
  readonly downSeconds: number;
  readonly amount: number;
  readonly basis: string;
}

/** Each line is rounded to the currency's smallest unit, so that every sum is the sum of what is shown. */
export function ledgerOf(policy: LedgerPolicy, record: OutageRecord): Ledger {
  const owed = namesIn(record, "services").flatMap((name) =>
    serviceLines(policy, name, downOf(record, "services", name)),
  );
  const claims = namesIn(record, "operators").flatMap((name) =>
    operatorLines(policy, name, downOf(record, "operators", name), record, owed),
  );
  return {
    currency: policy.currency,
    timeZone: policy.timeZone,
    owed: sumOf(owed),
    claim: sumOf(claims),
    lines: [...owed, ...claims],
  };
}

type Subject = "services" | "operators";

function namesIn({ outages }: OutageRecord, subject: Subject): readonly string[] {
  return [...new Set(outages.flatMap((outage) => outage[subject]))].sort(byText);
}

function downOf({ outages }: OutageRecord, subject: Subject, name: string): readonly Interval[] {
  const of = outages.filter((outage) => outage[subject].includes(name));
  return united(of.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })));
}

function serviceLines(policy: LedgerPolicy, service: string, down: readonly Interval[]): readonly LedgerLine[] {
  return (policy.services[service]?.parties ?? []).flatMap((party) => {
    const contract = policy.contracts[party.contract];
    if (contract === undefined) throw new Error(`"${party.contract}" was accepted, and is no contract.`);
    const { kind, clause } = contract;
    return contractLines(policy, contract, party, down).map((one) =>
      lineOf(policy, { account: "owed", of: service, party: party.name, kind, clause }, one),
    );
  });
}

function contractLines(
  policy: LedgerPolicy,
  contract: Contract,
  party: Party,
  down: readonly Interval[],
): readonly Reckoned[] {
  const path = `contracts.${party.contract}`;
  const { customers } = party;
  switch (contract.kind) {
    case "credit": {
      const charged = { count: customers, each: party.monthlyCharge ?? 0 };
      return creditLines(policy, { path, bands: contract.bands, ...charged }, down);
    }
    case "goodwill":
      return down.map((window): Reckoned => {
        const downSeconds = secondsWithin([window], window);
        const reached = contract.bands.filter(({ fromHours }) => downSeconds >= fromHours * 3600);
        const band = reached.reduce(
          (one, other) => (other.fromHours > one.fromHours ? other : one),
          reached[0] ?? none,
        );
        const isNone = band === none;
        return {
          rule: isNone ? path : `${path}.bands[${contract.bands.indexOf(band)}]`,
          window,
          downSeconds,
          amount: customers * band.perCustomer,
          basis: isNone
            ? `${hours(downSeconds)} reach no band: nothing is given`
            : `${hours(downSeconds)} reach ${band.fromHours} h: ${figure(customers)} × ${figure(band.perCustomer)}`,
        };
      });
    case "trade":
      return daysOf(policy, contract.hours, down).map((window): Reckoned => {
        const downSeconds = secondsWithin(down, window);
        const tradeSeconds = (window.to - window.from) / 1000;
        const each = party.dailyTrade ?? 0;
        return {
          rule: path,
          window,
          downSeconds,
          amount: customers * each * (downSeconds / tradeSeconds) * contract.share,
          basis:
            `${hours(downSeconds)} of ${hours(tradeSeconds)} of trade: ` +
            `${figure(customers)} × ${figure(each)} a day × ${percent(contract.share)}`,
        };
      });
  }
}

const none = { fromHours: 0, perCustomer: 0 };

interface Charged {
  readonly path: string;
  readonly bands: readonly CreditBand[];
  readonly count: number;
  readonly each: number;
}

/** A line a month, those whose availability is in no band among them. */
function creditLines(policy: LedgerPolicy, charged: Charged, down: readonly Interval[]): readonly Reckoned[] {
  return windowsOf(down, (one) => monthsOf(one, policy.timeZone)).map((window): Reckoned => {
    const downSeconds = secondsWithin(down, window);
    const seconds = (window.to - window.from) / 1000;
    const availability = 1 - downSeconds / seconds;
    const band = charged.bands
      .filter(({ below }) => availability < below)
      .reduce<CreditBand | undefined>((one, other) => (one && one.below <= other.below ? one : other), undefined);
    const part = band === undefined ? "no band" : `below ${percent(band.below)}: ${percent(band.credit)} of`;
    return {
      rule: band === undefined ? charged.path : `${charged.path}.bands[${charged.bands.indexOf(band)}]`,
      window,
      downSeconds,
      amount: charged.count * charged.each * (band?.credit ?? 0),
      basis:
        `${hours(downSeconds)} of ${hours(seconds)} out, ${percent(availability)} available, ${part}` +
        (band === undefined ? "" : ` ${figure(charged.count)} × ${figure(charged.each)}`),
    };
  });
}

function operatorLines(
  policy: LedgerPolicy,
  operator: string,
  down: readonly Interval[],
  record: OutageRecord,
  owed: readonly LedgerLine[],
): readonly LedgerLine[] {
  const { services, rules } = policy.operators[operator] ?? { services: [], rules: [] };
  return rules.flatMap((rule, index) => {
    const path = `operators.${operator}.rules[${index}]`;
    const head = { account: "claim", of: operator, party: "operator", kind: rule.kind, clause: rule.clause } as const;
    const reckoned =
      rule.kind === "credit"
        ? creditLines(policy, { path, bands: rule.bands, count: 1, each: rule.monthlyCharge }, down)
        : [damages(rule, path)];
    return reckoned.map((one) => lineOf(policy, head, one));
  });

  function damages({ share, atMost = Infinity }: { share: number; atMost?: number }, rule: string): Reckoned {
    const caused = services.filter((name) =>
      downOf(record, "services", name).some((one) => secondsWithin(down, one) > 0),
    );
    const base = sumOf(owed.filter(({ of }) => caused.includes(of)));
    const window = { from: down[0]?.from ?? 0, to: down.at(-1)?.to ?? 0 };
    const most = atMost < base * share ? `, at most ${figure(atMost)}` : "";
    return {
      rule,
      window,
      downSeconds: secondsWithin(down, window),
      amount: Math.min(base * share, atMost),
      basis: `${percent(share)} of ${figure(base)} owed for ${caused.join(", ") || "no service"}${most}`,
    };
  }
}

function daysOf(
  policy: LedgerPolicy,
  day: { first: number; last: number },
  down: readonly Interval[],
): readonly Interval[] {
  const days = windowsOf(down, (one) => hoursOfDays(one, day, policy.timeZone));
  return days.filter((window) => secondsWithin(down, window) > 0);
}

/** Two outages of one month have one line. */
function windowsOf(down: readonly Interval[], of: (one: Interval) => readonly Interval[]): readonly Interval[] {
  return [...new Map(down.flatMap(of).map((window) => [window.from, window])).values()];
}

function lineOf(
  { currency, timeZone }: LedgerPolicy,
  head: Pick<LedgerLine, "account" | "of" | "party" | "kind" | "clause">,
  { window, amount, ...rest }: Reckoned,
): LedgerLine {
  const unit = 10 ** smallestDigits(currency);
  return {
    ...head,
    ...rest,
    from: localText(window.from, timeZone),
    to: localText(window.to, timeZone),
    // What a binary fraction falls short of a half is no reason to round down.
    amount: Math.round(amount * unit * (1 + Number.EPSILON)) / unit,
  };
}

/** KRW has none, USD two. */
function smallestDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function sumOf(lines: readonly LedgerLine[]): number {
  return Math.round(lines.reduce((sum, { amount }) => sum + amount, 0) * 1e6) / 1e6;
}

function hours(seconds: number): string {
  return `${figure(seconds / 3600)} h`;
}

/** Rounded down: 99.9996 % is below 100 %. */
function percent(share: number): string {
  return `${figure(Math.floor(share * 1e6 + 1e-6) / 1e4)}%`;
}

function figure(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 });
}
