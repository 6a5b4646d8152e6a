/** `duplex estate validate`: every mistake of an estate, or what is in it. */
import { resolve } from "node:path";
import { readEstateFile } from "../../estate/readEstateFile";
import { planMistakes } from "../../estate/servicePlan";
import { imagesFromOutside } from "../../estate/images";
import type { EstateSpec } from "../../estate";
import { visible } from "../../lib/visible";
import { UserError } from "../../model/errors";
import type { Io } from "../io";

/** @throws UserError with every mistake of the file, or with all that stands in the way of a plan */
export function validateEstate(file: string, io: Io): void {
  const estate = readEstateFile(resolve(io.cwd, file));
  const unplanned = planMistakes(estate);
  if (unplanned.length > 0) throw new UserError(unplanned.map((mistake) => ({ ...mistake, file })));
  const { sites, services, vendors } = estate;
  const counts = [`${sites.length} sites`, `${services.length} services`, `${vendors.length} vendors`];
  io.out(`${file} is valid: ${counts.join(", ")}.\n`);
  for (const line of adviceOnImages(estate)) io.out(`${visible(line)}\n`);
}

/** What starts only while somebody outside of its site answers. */
function adviceOnImages(estate: EstateSpec): readonly string[] {
  return imagesFromOutside(estate).map(
    ({ service, site, reference }) =>
      `Advice: "${service}" in ${site} pulls ${reference} over the internet, and starts only while that works. ` +
      "Write `images: { account: … }` with the account whose registry holds it in each region.",
  );
}
