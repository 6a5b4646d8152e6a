/**
 * Demands as a mixed integer program. The units of a site are one column a zone, from the fullest: even spreads alone
 * are allowed, and a loss of j zones takes the first j of them, as the model has it (`unitsLeft`).
 */
import type { Constraint, ServiceDemand } from "./demand";
import type { Column, Program, Row } from "./solver";

export interface BuiltProgram extends Program {
  /** Units by service and site, in the order of the demands and of their sites. */
  readonly unitsOf: (values: readonly number[]) => readonly (readonly number[])[];
}

/** Columns of one service in one site. */
interface SiteColumns {
  /** Index of the fullest zone's; the others follow. */
  readonly first: number;
  readonly zones: number;
  /** 1 where the site is used. */
  readonly used: number;
}

/** @param constraints those that are to hold; what the words mean (even spreads, equal clusters) holds always */
export function buildProgram(demands: readonly ServiceDemand[], constraints: readonly Constraint[]): BuiltProgram {
  const columns: Column[] = [];
  const rows: Row[] = [];
  const placed = demands.map((demand) => {
    const most = Math.max(...demand.cases.map(({ unitsNeeded }) => unitsNeeded));
    const sites = demand.sites.map((site): SiteColumns => {
      const first = columns.length;
      columns.push(...site.placements.map(() => ({ cost: site.unitMonth, upper: most })));
      columns.push({ cost: site.entranceMonth, upper: 1 });
      return { first, zones: site.placements.length, used: columns.length - 1 };
    });
    rows.push(...sites.flatMap((site) => spreadRows(site, most)), ...clusterRows(demand, sites));
    return { demand, sites };
  });
  const byService = new Map(placed.map((one) => [one.demand.service, one]));
  for (const constraint of constraints) {
    if (constraint.kind === "room") {
      rows.push({ low: -Infinity, high: constraint.cores, terms: placed.flatMap((one) => roomTerms(one, constraint)) });
      continue;
    }
    const sites = byService.get(constraint.service)?.sites;
    if (sites === undefined) continue;
    rows.push(
      constraint.kind === "sites"
        ? { low: constraint.least, high: Infinity, terms: sites.map(({ used }) => [used, 1] as const) }
        : { low: constraint.loss.unitsNeeded, high: Infinity, terms: leftTerms(sites, constraint.loss.zonesLeft) },
    );
  }
  return { columns, rows, unitsOf: (values) => placed.map(({ sites }) => sites.map((site) => unitsIn(site, values))) };
}

function zonesOf({ first, zones }: SiteColumns): readonly number[] {
  return Array.from({ length: zones }, (_, zone) => first + zone);
}

function unitsIn(site: SiteColumns, values: readonly number[]): number {
  return zonesOf(site).reduce((sum, column) => sum + (values[column] ?? 0), 0);
}

/** No zone has more than the one before it, none two less than the first; a site is used where a unit stands. */
function spreadRows(site: SiteColumns, most: number): readonly Row[] {
  const { first, zones, used } = site;
  const falling = zonesOf(site)
    .slice(1)
    .map((zone): Row => ({
      low: 0,
      high: 1,
      terms: [
        [zone - 1, 1],
        [zone, -1],
      ],
    }));
  const even: readonly Row[] =
    zones < 3
      ? []
      : [
          {
            low: 0,
            high: 1,
            terms: [
              [first, 1],
              [first + zones - 1, -1],
            ],
          },
        ];
  return [
    ...falling,
    ...even,
    {
      low: -Infinity,
      high: 0,
      terms: [
        [first, 1],
        [used, -most],
      ],
    },
    {
      low: 0,
      high: Infinity,
      terms: [
        [first, 1],
        [used, -1],
      ],
    },
  ];
}

/** A scheduler spreads evenly over the sites of a stretched cluster, and a cluster alone is one set of machines. */
function clusterRows({ sites }: ServiceDemand, columns: readonly SiteColumns[]): readonly Row[] {
  const clusters = [...new Set(sites.flatMap(({ cluster }) => cluster ?? []))].sort();
  return clusters.flatMap((cluster): readonly Row[] => {
    const members = columns.filter((_, index) => sites[index]?.cluster === cluster);
    const outside = columns.filter((_, index) => sites[index]?.cluster !== cluster);
    const [head, ...rest] = members;
    if (head === undefined) return [];
    return [
      ...rest.map((member): Row => ({
        low: 0,
        high: 0,
        terms: [
          [head.first, 1],
          [member.first, -1],
        ],
      })),
      { low: 1, high: Infinity, terms: outside.map(({ used }) => [used, 1] as const) },
    ];
  });
}

function leftTerms(sites: readonly SiteColumns[], zonesLeft: readonly number[]): Row["terms"] {
  return sites.flatMap((site, index) =>
    zonesOf(site)
      .slice(site.zones - (zonesLeft[index] ?? 0))
      .map((zone) => [zone, 1] as const),
  );
}

function roomTerms(
  { demand, sites }: { readonly demand: ServiceDemand; readonly sites: readonly SiteColumns[] },
  room: Extract<Constraint, { kind: "room" }>,
): Row["terms"] {
  return demand.sites.flatMap(({ name, unitCores }, index) => {
    const site = sites[index];
    if (name !== room.site || site === undefined) return [];
    return zonesOf(site).map((zone) => [zone, unitCores] as const);
  });
}
