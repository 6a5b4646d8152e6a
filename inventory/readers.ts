/** Every reader, by family: a type that none of them names is not read. */
import { awsFamilies } from "./aws/readers";
import { kubernetesFamilies } from "./kubernetes/readers";
import type { Reader, ReaderFamily } from "./reader";
import { vendors } from "./vendors";

/** In the order of docs/readers.md. */
export const readerFamilies: readonly ReaderFamily[] = [
  ...awsFamilies,
  ...kubernetesFamilies,
  { title: "Third parties", readers: [vendors] },
];

export const readers: readonly Reader[] = readerFamilies.flatMap((family) => family.readers);
