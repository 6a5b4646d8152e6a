/** `duplex cost`: units of the estate's plan, at the prices in force. */
import { resolve } from "node:path";
import { readEstateFile } from "../../estate/readEstateFile";
import { version } from "../../package.json";
import { costRows } from "../../plan/estateCost";
import { costDocument } from "../../report/cost/document";
import { readPrices } from "../input/readPrices";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import type { CostOptions } from "./options";

/** @returns true where everything has a price */
export async function cost(file: string, options: CostOptions, io: Io): Promise<boolean> {
  const prices = await readPrices(options.prices, io);
  const rows = costRows(readEstateFile(resolve(io.cwd, file)), prices);
  await writeDocument(costDocument({ rows, prices, source: file, version }), options, io);
  return rows.every(({ missing }) => missing.length === 0);
}
