/** Who stays up when one site goes dark: services by losses, as plain data that every format renders. */
import { kindOf, nameOf, tiers, type DomainId, type Estate, type FailureDomain, type Service } from "../../model";
import type { Outcome, Survival } from "../../survival";
import { byText } from "../../lib/order";

/** One site, or "any one zone of a region": the losses of which the worst is shown. */
export interface SurvivalColumn {
  readonly title: string;
  /** Each is one loss; at least one. */
  readonly losses: readonly (readonly DomainId[])[];
}

export interface SurvivalCell {
  /** The loss that the outcome belongs to: the worst of the column's. */
  readonly lost: readonly DomainId[];
  readonly outcome: Outcome;
}

export interface SurvivalRow {
  readonly service: Service;
  /** Outcome with nothing lost: a service that is down already is down in every column. */
  readonly normal: Outcome;
  /** One for each column. */
  readonly cells: readonly SurvivalCell[];
}

export interface SurvivalTable {
  readonly columns: readonly SurvivalColumn[];
  /** Sorted by tier, then name. */
  readonly rows: readonly SurvivalRow[];
}

/** Computes the table. Vendors are left out: they have no replicas of ours, and what hangs on them shows it. */
export function survivalTable(estate: Estate, survival: Survival): SurvivalTable {
  const columns = columnsOf(estate);
  const services = estate.services.filter((service) => service.layer !== "vendor");
  const rows = [...services].sort(byTierThenName).map((service) => ({
    service,
    normal: survival.outcome(service.id, []),
    cells: columns.map((column) => worstOf(service, column, survival)),
  }));
  return { columns, rows };
}

/** Order of services everywhere in a report. */
export function byTierThenName(a: Service, b: Service): number {
  return tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || byText(a.id, b.id);
}

function columnsOf(estate: Estate): SurvivalColumn[] {
  const facilities = estate.domains.filter((domain) => domain.kind === "facility");
  const zones = estate.domains.filter((domain) => domain.kind === "zone");
  const columns: SurvivalColumn[] = facilities
    .map((domain) => ({ title: domain.name, losses: [[domain.id]] }))
    .sort((a, b) => byText(a.title, b.title));
  for (const region of regionsOf(estate, facilities)) {
    const own = zones.filter((zone) => zone.within.includes(region.id)).sort((a, b) => byText(a.id, b.id));
    const title = own.length === 1 ? nameOf(own[0]?.id ?? region.id) : `${region.name}, one zone`;
    if (own.length > 0) columns.push({ title, losses: own.map((zone) => [zone.id]) });
    columns.push({ title: `${region.name}, all`, losses: [[region.id]] });
  }
  const homeless = zones.filter((zone) => !zone.within.some((id) => id.startsWith("region:")));
  for (const zone of homeless) columns.push({ title: zone.name, losses: [[zone.id]] });
  return [...columns, ...acceptedColumns(estate, columns)];
}

/** What somebody has accepted is shown with what it does, though it is no site: a vendor, an operator. */
function acceptedColumns(
  { acceptedLosses = [], domains }: Estate,
  columns: readonly SurvivalColumn[],
): readonly SurvivalColumn[] {
  const shown = new Set(columns.flatMap(({ losses }) => (losses.length === 1 ? losses.flat() : [])));
  const known = new Set(domains.map(({ id }) => id));
  const others = [...new Set(acceptedLosses.map(({ lost }) => lost))].filter((id) => known.has(id) && !shown.has(id));
  return others.sort(byText).map((id) => ({ title: `${kindOf(id)} ${nameOf(id)}`, losses: [[id]] }));
}

/** Where all stands at an edge, no region is a site: those that are told of are shown, for their loss is asked for. */
function regionsOf(estate: Estate, facilities: readonly FailureDomain[]): readonly FailureDomain[] {
  const sites = estate.domains.filter((domain) => isSite(domain, estate, facilities));
  const isPlaced = facilities.length > 0 || sites.length > 0 || estate.domains.some(({ kind }) => kind === "zone");
  return isPlaced ? sites : estate.domains.filter(({ kind }) => kind === "region");
}

/** A region is a site of its own where it has zones, or where something stands in it and no facility of ours does. */
function isSite(region: FailureDomain, estate: Estate, facilities: readonly FailureDomain[]): boolean {
  if (region.kind !== "region") return false;
  const holds = (domain: FailureDomain) => domain.within.includes(region.id);
  if (estate.domains.some((domain) => domain.kind === "zone" && holds(domain))) return true;
  if (facilities.some(holds)) return false;
  return estate.services.some((service) =>
    service.replicas.some(({ placement }) => placement.known && placement.value.includes(region.id)),
  );
}

const badness = { up: 0, degraded: 1, unknown: 2, down: 3 } as const;

function worstOf(service: Service, column: SurvivalColumn, survival: Survival): SurvivalCell {
  const [first = [], ...others] = column.losses;
  let lost = first;
  let worst = survival.outcome(service.id, lost);
  for (const other of others) {
    const outcome = survival.outcome(service.id, other);
    // Losses that the service feels alike have one and the same outcome.
    if (outcome !== worst && isWorse(outcome, worst)) [lost, worst] = [other, outcome];
  }
  return { lost, outcome: worst };
}

function isWorse(one: Outcome, other: Outcome): boolean {
  const difference =
    badness[one.status] - badness[other.status] || other.share - one.share || one.rtoSeconds - other.rtoSeconds;
  // Infinity minus Infinity is not a number, hence not greater: equal losses keep the first, in the order of ids.
  return difference > 0;
}
