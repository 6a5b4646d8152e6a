/** What a person should know first: which lost place takes whom down, and why the rest holds. Facts, without words. */
import { addTo, listsBy } from "../../lib/lists";
import type { DomainKind } from "../../model";
import type { ReportCell } from "../check/report";
import type { PageData } from "./data";
import type { HeatColumn, HeatMap, HeatRow } from "./heatMap";

export interface Story {
  /** Single losses of places that a service feels in what it serves; those that do the same as one. The worst first. */
  readonly harmful: readonly LossStory[];
  /** Those after which every service serves all of its peak. */
  readonly harmless: readonly StoryPlace[];
  readonly services: number;
  readonly strong: readonly StrongServices[];
  readonly accepted: readonly AcceptedStory[];
  /** Losses of what is no place, such as a vendor, that take a service down. */
  readonly otherLosses: number;
}

export interface StoryPlace {
  readonly kind: DomainKind;
  readonly name: string;
}

export interface LossStory {
  /** At least one; the loss of each does all of this. */
  readonly places: readonly StoryPlace[];
  readonly down: readonly string[];
  /** True where one of those that are down is more than a standard one. */
  readonly isGrave: boolean;
  readonly unknown: readonly string[];
  readonly degraded: readonly { readonly service: string; readonly share: number }[];
  /** Of those that are down: which have too little of themselves elsewhere. */
  readonly byThemselves: readonly string[];
  /** And which need another one that has. */
  readonly because: readonly { readonly of: string; readonly services: readonly string[] }[];
}

/** Critical services that no single lost place keeps from serving their peak, for the same reasons. */
export interface StrongServices {
  /** At least one. */
  readonly services: readonly string[];
  /** Buildings, and regions of a cloud, that it stands in. */
  readonly places: number;
  /** What runs, as a share of the peak. @default nobody says peak or capacity */
  readonly peakShare?: number;
  /** Longest time until it serves again, over all places. */
  readonly slowestSeconds: number;
}

export interface AcceptedStory extends StoryPlace {
  readonly services: readonly string[];
  readonly by: string;
  readonly until: string;
}

const placeKinds: ReadonlySet<DomainKind> = new Set<DomainKind>(["facility", "zone", "region"]);

interface Loss {
  readonly kind: DomainKind;
  readonly column: HeatColumn;
  readonly felt: readonly { readonly row: HeatRow; readonly cell: ReportCell }[];
}

export function storyOf(data: PageData): Story {
  const losses = data.heatMaps.flatMap(lossesOf);
  const places = losses.filter(({ kind }) => placeKinds.has(kind));
  const stories = places.map(lossStory);
  return {
    harmful: [
      ...joined(
        stories.filter((one) => weightOf(one) > 0),
        "places",
      ),
    ].sort((one, other) => weightOf(other) - weightOf(one)),
    harmless: stories.filter((one) => weightOf(one) === 0).flatMap((one) => one.places),
    services: data.services.length,
    strong: strongServices(data, places),
    accepted: losses.flatMap(acceptedStories),
    otherLosses: losses.filter(({ kind, felt }) => !placeKinds.has(kind) && felt.some(isDown)).length,
  };
}

function lossesOf({ kind, columns, rows }: HeatMap): readonly Loss[] {
  return columns.map((column, index) => ({
    ...{ kind, column },
    felt: rows.flatMap((row) => {
      const cell = row.cells[index];
      return cell === undefined ? [] : [{ row, cell }];
    }),
  }));
}

function isDown({ cell }: Loss["felt"][number]): boolean {
  return cell.status === "down" && cell.accepted === undefined;
}

function lossStory({ kind, column, felt }: Loss): LossStory {
  const open = felt.filter(({ cell }) => cell.accepted === undefined);
  const down = open.filter(isDown);
  const because = new Map<string, string[]>();
  for (const { row, cell } of down) if (cell.weakest !== row.service) addTo(because, cell.weakest, row.service);
  return {
    places: [{ kind, name: column.name }],
    down: down.map(({ row }) => row.service),
    isGrave: down.some(({ row }) => row.tier !== "standard"),
    unknown: open.filter(({ cell }) => cell.status === "unknown").map(({ row }) => row.service),
    degraded: open
      .filter(({ cell }) => cell.status === "degraded")
      .map(({ row, cell }) => ({ service: row.service, share: cell.share })),
    byThemselves: down.filter(({ row, cell }) => cell.weakest === row.service).map(({ row }) => row.service),
    because: [...because].map(([of, services]) => ({ of, services })),
  };
}

/** What is alike but for one list is told once, with all that the lists hold. */
function joined<T extends { readonly [K in Key]: readonly unknown[] }, Key extends keyof T>(
  all: readonly T[],
  key: Key,
): readonly T[] {
  const alike = listsBy(all, (one) => JSON.stringify({ ...one, [key]: null }));
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, [key]: [first, ...others].flatMap((one) => one[key]) }],
  );
}

/** For whom it is down counts first; one that is down weighs more than any number of those that serve a part. */
function weightOf({ down, isGrave, unknown, degraded }: LossStory): number {
  return (isGrave ? 1e12 : 0) + down.length * 1e8 + unknown.length * 1e4 + degraded.length;
}

function acceptedStories({ kind, column, felt }: Loss): readonly AcceptedStory[] {
  const accepted = felt.flatMap(({ row, cell }) => (cell.accepted ? [{ row, ...cell.accepted }] : []));
  const [first] = accepted;
  if (first === undefined) return [];
  const services = accepted.map(({ row }) => row.service);
  return [{ kind, name: column.name, services, by: first.by, until: first.until }];
}

function strongServices({ services, capacities, map }: PageData, places: readonly Loss[]): readonly StrongServices[] {
  if (places.length === 0) return [];
  const critical = services.filter(({ tier }) => tier === "critical");
  const strong = critical.flatMap(({ service }): readonly StrongServices[] => {
    const cells = places.flatMap(({ felt }) =>
      felt.flatMap(({ row, cell }) => (row.service === service ? [cell] : [])),
    );
    if (cells.length === 0 || !cells.every(({ status, share }) => status === "up" && share >= 1)) return [];
    const capacity = capacities.find((one) => one.service === service);
    return [
      {
        services: [service],
        places: placesOf(service, map),
        ...(capacity === undefined ? {} : { peakShare: capacity.normal.totalRps / capacity.peakRps }),
        slowestSeconds: Math.max(...cells.map(({ rtoSeconds }) => rtoSeconds ?? Infinity)),
      },
    ];
  });
  return joined(strong, "services");
}

/** All zones of a region are one place: a person counts cities, not halls. */
function placesOf(service: string, { regions }: PageData["map"]): number {
  return regions.reduce((sum, { places }) => {
    const here = places.filter(({ services }) => services.includes(service));
    const facilities = here.filter(({ kind }) => kind === "facility").length;
    return sum + facilities + (here.length > facilities ? 1 : 0);
  }, 0);
}
