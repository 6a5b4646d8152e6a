/** `duplex policies`: the catalogue, or one of it. */
import { version } from "../../package.json";
import { catalogue } from "../../policies/catalogue";
import { findPolicy } from "../../policies/findPolicy";
import { explainDocument } from "../../report/explain/document";
import { policiesDocument } from "../../report/policies/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import type { PoliciesOptions } from "./options";

/** @param word code or name of the one that is asked for. @default all */
export async function policies(word: string | undefined, { format }: PoliciesOptions, io: Io): Promise<void> {
  const document =
    word === undefined ? policiesDocument(catalogue, version) : explainDocument(findPolicy(word, catalogue), version);
  await writeDocument(document, { format, report: [] }, io);
}
