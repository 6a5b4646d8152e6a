/** The price list in force: the one that Duplex comes with, and the user's over it. */
import { pricesOver, shippedPrices } from "../../plan/prices/priceList";
import { priceListSchema, type PriceList } from "../../plan/prices/schema";
import type { Io } from "../io";
import { parseJson, settingsFix } from "./parseJson";
import { readFileText } from "./readText";
import { schemaError } from "./schemaError";

/** @throws UserError with everything that is wrong with the file */
export async function readPrices(file: string | undefined, io: Io): Promise<PriceList> {
  if (file === undefined) return shippedPrices();
  const document = parseJson(await readFileText(file, io), file, settingsFix);
  const result = priceListSchema.safeParse(document);
  if (!result.success) throw schemaError(result.error, document, file);
  return pricesOver(result.data);
}
