/** What a reader is: one family of resource types, read into the draft of an estate. */
import type { AwsPlaces } from "./aws/region";
import type { Draft } from "./draft";
import type { Identities } from "./identity";
import type { Clusters } from "./kubernetes/cluster/clusters";
import type { Resource } from "./resource";
import type { Stack } from "./stack";

/** What all readers share while one stack is read. */
export interface ReadContext {
  readonly stack: Stack;
  readonly identities: Identities;
  readonly aws: AwsPlaces;
  readonly clusters: Clusters;
}

export interface Reader {
  /** Type tokens, each read by one reader only. */
  readonly types: readonly string[];
  /** What one resource of these types gives the estate, as docs/readers.md says it. */
  readonly gives: string;
  /** States what the resource places, routes or holds. Never throws for a resource's content, whatever it is. */
  read(resource: Resource, into: Draft, context: ReadContext): void;
}

/** Readers of one field, as docs/readers.md lists them. */
export interface ReaderFamily {
  readonly title: string;
  readonly readers: readonly Reader[];
}

/** Every reader that these modules export, alone or in a list: one that is exported is in its family. */
export function readersIn(...modules: readonly object[]): readonly Reader[] {
  return modules.flatMap((exported) => Object.values(exported).flat().filter(isReader));
}

function isReader(value: unknown): value is Reader {
  return typeof value === "object" && value !== null && "types" in value && "gives" in value && "read" in value;
}
