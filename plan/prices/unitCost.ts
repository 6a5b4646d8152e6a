/** What one unit, and what a site's entrance costs a month. */
import type { EstateSpec, ServiceSpec, SiteSpec } from "../../estate";
import { instanceTypeOf } from "../../estate/instanceType";
import { UserError } from "../../model";
import { quantityOf } from "../../lib/quantity";
import type { PriceList } from "./schema";

/** Hours of a mean month, as the cloud's own calculators count them: 365 × 24 / 12. */
const monthHours = 730;

/** An amount of the list's currency a month; `missing` are paths of the list without which it is not known. */
export type MonthCost = { readonly amount: number } | { readonly missing: readonly string[] };

/** One unit of the service, running the whole month. */
export function unitMonth(prices: PriceList, service: ServiceSpec, site: SiteSpec): MonthCost {
  return site.kind === "facility" ? podMonth(prices, service, site.name) : cloudUnitMonth(prices, service, site.region);
}

function podMonth({ facilities }: PriceList, service: ServiceSpec, site: string): MonthCost {
  const prices = facilities[site];
  return sumOf([
    [coresOf(service) * monthHours, prices?.coreHour, `facilities.${site}.coreHour`],
    [(asNumber(service.pod.memory) / 2 ** 30) * monthHours, prices?.gibHour, `facilities.${site}.gibHour`],
  ]);
}

function cloudUnitMonth({ regions }: PriceList, { compute }: ServiceSpec, region: string): MonthCost {
  const prices = regions[region];
  const { architecture } = compute;
  switch (compute.on) {
    case "fargate": {
      const path = `regions.${region}.fargate.${architecture}`;
      const found = prices?.fargate?.[architecture];
      return sumOf([
        [(compute.cpu / 1024) * monthHours, found?.vcpuHour, `${path}.vcpuHour`],
        [(compute.memoryMiB / 1024) * monthHours, found?.gibHour, `${path}.gibHour`],
      ]);
    }
    case "ec2": {
      const type = instanceTypeOf(compute);
      return sumOf([[monthHours, prices?.instanceHour?.[type], `regions.${region}.instanceHour.${type}`]]);
    }
    case "lambda": {
      const path = `regions.${region}.lambda.${architecture}.provisionedGibSecond`;
      const second = prices?.lambda?.[architecture]?.provisionedGibSecond;
      return sumOf([[(compute.memoryMiB / 1024) * monthHours * 3600, second, path]]);
    }
    default:
      return compute satisfies never;
  }
}

/** What stands before the units of a site however many there are: load balancer, addresses, and checks of them. */
export function entranceMonth(prices: PriceList, { dns }: EstateSpec, service: ServiceSpec, site: SiteSpec): MonthCost {
  if (service.kind === "worker") return { amount: 0 };
  const interval = `${dns.healthCheckIntervalSeconds}` as const;
  const checks = (many: number): Term => [
    service.kind === "public" ? many : 0,
    prices.healthCheckMonth?.[site.kind]?.[interval],
    `healthCheckMonth.${site.kind}.${interval}`,
  ];
  if (site.kind === "facility") return sumOf([checks(1)]);
  const region = prices.regions[site.region];
  const own = site.balancer === undefined ? 1 : 0;
  const zones = site.zoneIds.length;
  const isPublic = service.kind === "public";
  const addresses = isPublic ? own * zones : 0;
  // In front of the application load balancer a public service has one of the network, for its fixed addresses.
  const balancers = isPublic ? 2 * own : own;
  return sumOf([
    [balancers * monthHours, region?.balancerHour, `regions.${site.region}.balancerHour`],
    [addresses * monthHours, region?.addressHour, `regions.${site.region}.addressHour`],
    checks(zones),
  ]);
}

type Term = readonly [quantity: number, price: number | undefined, path: string];

function sumOf(terms: readonly Term[]): MonthCost {
  const missing = terms.flatMap(([quantity, price, path]) => (quantity > 0 && price === undefined ? [path] : []));
  if (missing.length > 0) return { missing };
  return { amount: terms.reduce((sum, [quantity, price = 0]) => sum + quantity * price, 0) };
}

/** Cores that one unit takes in a facility. */
export function coresOf({ pod }: ServiceSpec): number {
  return asNumber(pod.cpu);
}

/** What is no quantity is refused by the cluster as well, and no cost is made up for it. */
function asNumber(quantity: string): number {
  const value = quantityOf(quantity);
  if (value === undefined) {
    throw new UserError([
      {
        code: "DPX602",
        message: `What a pod asks for must be a quantity of Kubernetes, but is "${quantity}".`,
        fix: 'Write it such as "2", "500m" or "4Gi".',
        path: "pod",
      },
    ]);
  }
  return value;
}
