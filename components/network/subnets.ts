/** Subnet arithmetic of a site's network: plain values in, plain values out. */

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
 * Two subnets for each zone: a private one of 1/16 of the network and a public one of 1/256. A zone's place follows from the
 * number in its id, not from its place in the list: a zone that is added later moves no subnet that exists.
 *
 * @param cidr network whose address is its first one, /16 to /20
 * @param zoneIds ids that end in `az1` to `az8`
 */
export function planSubnets(cidr: string, zoneIds: readonly string[]): readonly SubnetPlan[] {
  const { address, prefix } = parseCidr(cidr);
  const size = 2 ** (32 - prefix);
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

/** The first address as a number, and the prefix. NaN where it is not a network. */
export function parseCidr(cidr: string): { readonly address: number; readonly prefix: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const parts = match ? match.slice(1).map(Number) : [];
  const [a = Number.NaN, b = 0, c = 0, d = 0, prefix = Number.NaN] = parts;
  if ([a, b, c, d].some((part) => part > 255)) return { address: Number.NaN, prefix };
  return { address: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

function showAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
