/** Weights of a name's answers by the units behind them. */

/** Weight of a site with most units where the units' parts need no other; Route 53 takes whole numbers up to 255. */
const fullWeight = 240;
const mostWeight = 255;

/** Units of a site, and the addresses over which its weight is parted. */
export interface WeighedSite {
  readonly units: number;
  readonly addresses: number;
}

/**
 * Weights in proportion to the units, in the order of the sites, each at least 1. They are exact wherever whole weights
 * can be: a rounded one sends more than its part to a site that has just what it needs.
 */
export function siteWeights(sites: readonly WeighedSite[]): readonly number[] {
  const most = Math.max(...sites.map(({ units }) => units));
  const isExact = (scale: number) =>
    sites.every(({ units, addresses }) => Number.isInteger((units * scale) / Math.max(1, addresses)));
  const whole = Array.from({ length: Math.floor(mostWeight / most) }, (_, index) => index + 1).filter(isExact);
  const scale = isExact(fullWeight / most) ? fullWeight / most : (whole.at(-1) ?? fullWeight / most);
  return sites.map(({ units }) => Math.max(1, Math.round(units * scale)));
}
