/** `duplex policies`: the catalogue with the rules of one's own, or one of them. */
import { version } from "../../package.json";
import { findPolicy } from "../../policies/findPolicy";
import { explainDocument } from "../../report/explain/document";
import { policiesDocument } from "../../report/policies/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { policiesOf } from "../rules/policiesOf";
import type { PoliciesOptions } from "./options";

/** @param word code or name of the one that is asked for. @default all */
export async function policies(word: string | undefined, { format, rules }: PoliciesOptions, io: Io): Promise<void> {
  const known = await policiesOf(rules, io);
  const document =
    word === undefined ? policiesDocument(known, version) : explainDocument(findPolicy(word, known), version);
  await writeDocument(document, { format, report: [] }, io);
}
