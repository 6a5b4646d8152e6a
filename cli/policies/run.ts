/** `duplex policies`: the catalogue. */
import { version } from "../../package.json";
import { catalogue } from "../../policies/catalogue";
import { policiesDocument } from "../../report/policies/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import type { PoliciesOptions } from "./options";

export async function policies({ format }: PoliciesOptions, io: Io): Promise<void> {
  await writeDocument(policiesDocument(catalogue, version), { format, report: [] }, io);
}
