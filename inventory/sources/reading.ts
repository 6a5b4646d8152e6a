/** What a document of resources gives, of whatever kind it is. */
import type { NotJudged, Urn } from "../../model";
import type { Resource } from "../resource";

export interface Reading {
  readonly resources: readonly Resource[];
  /** Resources of which the document itself says that it is not known whether they are there, or whether they work. */
  readonly doubts: readonly NotJudged[];
  /** Left over from a replacement that has been made, and about to be deleted; not among the resources. */
  readonly leftOver: readonly Urn[];
  /** Read by the stack and not made by it; among the resources. */
  readonly external: readonly Urn[];
  /** Components that are read for what they publish, and of which the document holds nothing. @default none */
  readonly unstated?: readonly Urn[];
  /** What was there before the operation; where the document is of none, there is no such thing. */
  readonly before?: () => readonly Resource[];
  /** The stack's configuration, a text by key, where the document holds it; secrets are `[secret]`. */
  readonly config?: Readonly<Record<string, unknown>>;
}
