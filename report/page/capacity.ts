/** What each place carries of a service's peak, before and after the loss of each. */
import { kindOf, nameOf, type Estate, type Service } from "../../model";
import { runningCapacity, type PlaceCapacity, type RunningCapacity } from "../../survival";
import { servicesById } from "../../policies/evidence/read";
import type { CheckReport, ReportRow } from "../check/report";

export interface ServiceCapacity {
  readonly service: string;
  readonly peakRps: number;
  /** Names of places, in the order in which every loss tells of them. */
  readonly places: readonly string[];
  /** Nothing lost. */
  readonly normal: CapacityLeft;
  /** Losses of the report's table that take some of it, in the table's order. */
  readonly losses: readonly CapacityLeft[];
  /** Titles of those that take none. */
  readonly untouchedBy: readonly string[];
}

export interface CapacityLeft {
  /** Title of the loss; null for none. */
  readonly lost: string | null;
  /** Requests per second that still run, one for each of `places`. */
  readonly rps: readonly number[];
  readonly totalRps: number;
}

export function capacities({ columns, rows }: CheckReport["survival"], estate: Estate): readonly ServiceCapacity[] {
  const capacityOf = runningCapacity(estate);
  const services = servicesById(estate);
  return rows.flatMap((row) => {
    const service = services.get(row.service);
    const told = service && capacityOfRow(row, service, columns, capacityOf);
    return told === undefined ? [] : [told];
  });
}

function capacityOfRow(
  row: ReportRow,
  service: Service,
  columns: readonly string[],
  capacityOf: RunningCapacity,
): ServiceCapacity | undefined {
  const { peakRps } = service;
  const running = capacityOf(service, []);
  if (peakRps?.known !== true || peakRps.value <= 0 || totalOf(running) <= 0) return undefined;
  const places = running.map(({ place }) => place);
  const leftOf = (lost: string | null, capacity: readonly PlaceCapacity[]): CapacityLeft => ({
    lost,
    rps: places.map((place) => capacity.find((one) => one.place === place)?.rps ?? 0),
    totalRps: totalOf(capacity),
  });
  const normal = leftOf(null, running);
  const all = row.cells.map(({ lost }, index) => leftOf(columns[index] ?? "", capacityOf(service, lost)));
  return {
    ...{ service: service.id, peakRps: peakRps.value, normal },
    places: places.map((place) => (place === undefined ? "?" : nameOfPlace(place))),
    losses: all.filter(({ totalRps }) => totalRps < normal.totalRps),
    untouchedBy: all.flatMap(({ lost, totalRps }) => (totalRps < normal.totalRps || lost === null ? [] : [lost])),
  };
}

function nameOfPlace(place: NonNullable<PlaceCapacity["place"]>): string {
  return kindOf(place) === "region" ? `${nameOf(place)} (region)` : nameOf(place);
}

function totalOf(capacity: readonly PlaceCapacity[]): number {
  return capacity.reduce((sum, { rps }) => sum + rps, 0);
}
