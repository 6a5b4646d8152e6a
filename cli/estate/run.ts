/** `duplex estate validate`: every mistake of an estate, or what is in it. */
import { resolve } from "node:path";
import { readEstateFile } from "../../estate/readEstateFile";
import type { Io } from "../io";

/** @throws UserError with every mistake of the file */
export function validateEstate(file: string, io: Io): void {
  const { sites, services, vendors } = readEstateFile(resolve(io.cwd, file));
  const counts = [`${sites.length} sites`, `${services.length} services`, `${vendors.length} vendors`];
  io.out(`${file} is valid: ${counts.join(", ")}.\n`);
}
