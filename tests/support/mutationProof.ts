/** Judges the mutants of a stack: was each one refused, or at least found, and for the right reason. */
import { readEstate } from "../../inventory/readEstate";
import type { Resource } from "../../inventory/resource";
import { tiers, type Estate, type Tier } from "../../model";
import { judge, type Judgement } from "../../policies/judge";
import type { Finding } from "../../policies/policy";
import type { Mutant, MutationKind } from "./mutations";

/** How one mutant was judged. */
export interface Proof {
  readonly what: string;
  /** The strictest tier, before the mutation, of the services whose fault must be found. */
  readonly tier: Tier;
  /** A policy that was expected says of one of those services what it did not say before. */
  readonly found: boolean;
  /** Such a finding is mandatory, and so the stack is refused. */
  readonly refused: boolean;
  /** The verdict and all that is new, for whoever reads a failure. */
  readonly says: string;
}

/** One stack before any mutation. */
export interface Ground {
  readonly stack: readonly Resource[];
  readonly base: Judgement;
  proofsOf(kind: MutationKind): readonly Proof[];
}

const keyOf = ({ policy, service, message }: Finding) => [policy, service, message].join("\n");
const named = ({ policy, service }: Finding) => `${policy} (${service ?? "stack"})`;

/** An accepted loss is listed and refuses nothing; what a mutant adds to it has to be seen all the same. */
const acceptingNothing = (estate: Estate): Estate => ({ ...estate, acceptedLosses: [] });

export function groundOf(stack: readonly Resource[]): Ground {
  const estate = readEstate(stack);
  const base = judge(estate);
  const had = new Set(judge(acceptingNothing(estate)).findings.map(keyOf));
  const tierOf = new Map(estate.services.map(({ id, tier }) => [id, tier]));

  function proofOf({ expects }: MutationKind, { what, services, resources }: Mutant): Proof {
    const { findings, verdict } = judge(acceptingNothing(readEstate(resources)));
    const fresh = findings.filter((finding) => !had.has(keyOf(finding)));
    const right = fresh.filter(({ policy, service }) => expects.includes(policy) && services.includes(service ?? ""));
    return {
      what,
      tier: tiers.find((tier) => services.some((id) => tierOf.get(id) === tier)) ?? "standard",
      found: right.length > 0,
      refused: verdict === "refused" && right.some(({ level }) => level === "mandatory"),
      says: `${what}: ${verdict}, ${fresh.map(named).join(", ") || "nothing new"}`,
    };
  }
  return { stack, base, proofsOf: (kind) => [...kind.mutants(stack)].map((mutant) => proofOf(kind, mutant)) };
}

/** What a rewrite that means the same adds to the judgement; empty where, rightly, it adds nothing. */
export function addedBy(resources: readonly Resource[], { base }: Ground): readonly string[] {
  const known = new Set(base.findings.map(named));
  const { findings, verdict } = judge(readEstate(resources));
  const fresh = findings.map(named).filter((name) => !known.has(name));
  return verdict === base.verdict ? fresh : [`the verdict ${verdict}`, ...fresh];
}
