/** Price lists: the one that Duplex comes with, and a user's over it. */
import { isRecord } from "../../lib/records";
import shipped from "./list.json";
import { priceListSchema, type PriceList } from "./schema";

/** List prices of the cloud on the day that it names; a facility's are its owner's to say. */
export function shippedPrices(): PriceList {
  return dated(priceListSchema.parse(shipped));
}

/** Each source with the day of its own list: of two lists put together neither's day stands for both. */
function dated(list: PriceList): PriceList {
  const sources = Object.entries(list.sources).map(([what, source]) => [what, `${source}, ${list.asOf}`]);
  return { ...list, sources: Object.fromEntries(sources) as PriceList["sources"] };
}

/**
 * A user's list over the one that Duplex comes with. One in another currency stands alone: no rate of exchange is
 * guessed.
 */
export function pricesOver(own: PriceList): PriceList {
  const base = shippedPrices();
  const given = dated(own);
  if (given.currency !== base.currency) return given;
  const merged = priceListSchema.parse(over(base, given));
  return { ...merged, asOf: given.asOf < base.asOf ? given.asOf : base.asOf };
}

function over(base: unknown, own: unknown): unknown {
  if (own === undefined) return base;
  if (!isRecord(base) || !isRecord(own)) return own;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(keys.map((key) => [key, over(base[key], own[key])]));
}
