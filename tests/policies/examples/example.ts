import type { DomainId, Estate } from "../../../model";
import type { JudgeOptions } from "../../../policies/judge";

/** One estate for one policy, and what the policy must say of it. */
export interface Example {
  /** What holds there, for the test's name. */
  readonly what: string;
  readonly estate: Estate;
  readonly options?: JudgeOptions;
}

export interface RefusedExample extends Example {
  /** Undefined where the finding is about no service. */
  readonly service?: string;
  readonly lost?: readonly DomainId[];
  /** A resource that must be named. */
  readonly urn: string;
  /** Words of the message that tell the value found. */
  readonly says: RegExp;
  /** @default "broken" */
  readonly verdict?: "broken" | "unknown";
  /** @default "mandatory" */
  readonly level?: "mandatory" | "advisory";
}

/** What every policy has to bring: the near miss looks like the other kind and is not. */
export interface PolicyExamples {
  readonly passes: Example;
  readonly nearMiss: (Example & { readonly found: false }) | (RefusedExample & { readonly found: true });
  readonly refused: RefusedExample;
}

export type ExamplesByPolicy = Readonly<Record<string, PolicyExamples>>;
