import type { AcrossLoss } from "../acrossStacks";
import type { DriftVerdict } from "../detect";
import type { DriftFindings, DriftSummary } from "../record";

/** One of many stacks. */
export interface StackVerdict {
  /** As the backend lists it. */
  readonly stack: string;
  readonly verdict: DriftVerdict;
  readonly summary: DriftSummary;
  readonly stateSha256: string | null;
  /** True where it is of the simulated cloud. @default it is not, or nothing was read */
  readonly simulated?: true;
  /** Why nothing is told of it; null where it was read. */
  readonly error: { readonly code: string; readonly message: string; readonly fix: string } | null;
}

/** A service that one domain takes down because of what it takes from another stack. */
export interface AcrossVerdict extends AcrossLoss {
  /** False where it was so when the stacks were deployed: that is no drift, and `duplex check --with` refuses it. */
  readonly drift: boolean;
}

/** What is told of some stacks, before it is known what they do to each other. */
export interface StacksPart extends DriftFindings {
  readonly stacks: readonly StackVerdict[];
}

/** `urn:pulumi:<stack>::<project>::…`, as far as all resources of a stack have it in common. */
export function urnPrefix(stack: string): string {
  const [project = "", name = ""] = stack.split("/").slice(-2);
  return `urn:pulumi:${name}::${project}::`;
}
