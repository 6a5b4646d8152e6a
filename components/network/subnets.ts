/** Subnet arithmetic of a site's network: plain values in, plain values out. */
import { parseRange, sizeOf } from "../../estate/addresses";

export interface SubnetPlan {
  readonly zoneId: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/** Most zones that a network has room for; no region of AWS has more. */
export const mostZones = 8;

/** Widest and narrowest network: AWS takes no VPC wider than /16, and no subnet narrower than /28. */
export const widestPrefix = 16;
export const narrowestPrefix = 20;

/**
 * Two subnets for each zone: a private one of 1/16 of the network and a public one of 1/256. A zone's place follows
 * from the number in its id, not from its place in the list: a zone that is added later moves no subnet that exists.
 *
 * @param cidr network whose address is its first one, /16 to /20
 * @param zoneIds ids that end in `az1` to `az8`
 */
export function planSubnets(cidr: string, zoneIds: readonly string[]): readonly SubnetPlan[] {
  const range = parseRange(cidr);
  const { first: address, prefix } = range;
  const size = sizeOf(range);
  return zoneIds.map((zoneId) => {
    const slot = zoneNumber(zoneId) - 1;
    return {
      zoneId,
      // The first half holds 8 of 16 private subnets; the public ones begin in its middle.
      privateCidr: `${showAddress(address + (slot * size) / 16)}/${prefix + 4}`,
      publicCidr: `${showAddress(address + size / 2 + (slot * size) / 256)}/${prefix + 8}`,
    };
  });
}

/** 1 for `apne2-az1`; NaN for something else. */
export function zoneNumber(zoneId: string): number {
  return Number(/-az(\d+)$/.exec(zoneId)?.[1] ?? Number.NaN);
}

function showAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
