/** Objects that are in no program of several stacks: what each stack says of those that are listed, put together. */
import type { DriftRecord, ListedRecord } from "../record";
import { byText } from "../../lib/order";

/** What one stack, or all of a shard, says of the objects that the files of `--live` list. */
export interface ListedObjects {
  /** Those that it holds or has made. */
  readonly held: readonly string[];
  /** Those that it does not, and that bear the words of one of its critical services, or of nobody's. */
  readonly claimed: readonly ObjectClaim[];
}

export interface ObjectClaim {
  readonly key: string;
  /** True where it names a service of the stack. */
  readonly isOwn: boolean;
  /** True where a rule expects it. */
  readonly isExpected: boolean;
  readonly drift: DriftRecord;
}

export function joinedObjects(parts: readonly ListedObjects[]): ListedObjects {
  return {
    held: [...new Set(parts.flatMap(({ held }) => held))].sort(),
    claimed: parts.flatMap(({ claimed }) => claimed),
  };
}

export interface UnmanagedObjects {
  readonly drifts: readonly DriftRecord[];
  readonly expected: readonly ListedRecord[];
}

/** Objects that no stack holds, each told of one: of that whose service it names, else of the first by URN. */
export function unmanagedAmong(parts: readonly ListedObjects[]): UnmanagedObjects {
  const { held, claimed } = joinedObjects(parts);
  const known = new Set(held);
  const owners = new Map<string, ObjectClaim>();
  for (const claim of [...claimed].sort((a, b) => byText(a.drift.urn, b.drift.urn))) {
    const owner = owners.get(claim.key);
    if (!known.has(claim.key) && (owner === undefined || (claim.isOwn && !owner.isOwn))) owners.set(claim.key, claim);
  }
  const all = [...owners.values()];
  return {
    drifts: all.filter(({ isExpected }) => !isExpected).map(({ drift }) => drift),
    expected: all
      .filter(({ isExpected }) => isExpected)
      .map(({ drift: { urn } }) => ({ urn, path: null, from: null, to: null })),
  };
}
