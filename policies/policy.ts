/** What a policy is: data plus one function over the estate. Prose, docs and the pack's list are generated from it. */
import type { DomainId, DomainKind, Estate, ServiceId, Tier, TierRequirement, Urn } from "../model";
import type { Survival } from "../survival";

/** `mandatory` refuses; `advisory` warns. */
export type EnforcementLevel = "mandatory" | "advisory" | "disabled";

export type Severity = "critical" | "high" | "medium" | "low";

/** A row of the incident (`1` to `10`) or a finding of the investigation (`K1` to `K16`); see docs/incident.md. */
export type IncidentRow = `${number}` | `K${number}`;

/** What a policy says of one subject. The policy's name, code, rows and fix are added by `judge`. */
export interface Violation {
  /** `broken`, or `unknown` where a property is missing for the proof. */
  readonly verdict: "broken" | "unknown";
  readonly service?: ServiceId;
  /** The domains whose loss shows it; empty where the policy is about one mechanism. */
  readonly lost: readonly DomainId[];
  /** The resources to look at, at least one, the one to change first. */
  readonly urns: readonly Urn[];
  /** What holds now, as a full sentence: subject, "must", the wanted value, the value found. */
  readonly message: string;
  /** Overrides the policy's general fix where the subject allows a more exact one. */
  readonly fix?: string;
  /** True where it only advises, whatever the tier: it is about no service. @default the policy's own level */
  readonly advises?: boolean;
  /** Properties that were read or that are missing. */
  readonly properties?: readonly string[];
}

/** A violation with all that a reader needs. */
export interface Finding extends Omit<Violation, "advises"> {
  readonly policy: string;
  readonly code: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  readonly tier: Tier;
  readonly rows: readonly IncidentRow[];
  readonly fix: string;
}

/** A finding that its owner accepts for a while, with the reason; listed in every judgement. */
export interface Exemption {
  /** Name of the policy. */
  readonly policy: string;
  /** Service of the finding; left out for a finding about no service. */
  readonly service?: ServiceId;
  /** The resource that it stands beside: it covers findings that name this one alone. @default it stands in settings */
  readonly resource?: Urn;
  /** Who answers for it. */
  readonly owner: string;
  /** Why the risk is taken, as a sentence. */
  readonly reason: string;
  /** Where the remedy is tracked. */
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** A text beside a resource that should be an exemption, and what it must do to be one. */
export interface MisreadExemption {
  readonly urn: Urn;
  readonly text: string;
  readonly fault: string;
}

/** Everything a policy may read. `survival` is computed once per estate and shared by all policies. */
export interface PolicyContext {
  readonly estate: Estate;
  readonly survival: Survival;
  readonly requirements: Readonly<Record<Tier, TierRequirement>>;
  readonly exemptions: readonly Exemption[];
  /** @default all that stand beside resources can be read */
  readonly misread?: readonly MisreadExemption[];
  /** The day of the judgement, `YYYY-MM-DD`; passed in, because a policy has no clock. */
  readonly today: string;
  /** This policy's own knobs, with the schema's defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** JSON Schema of one knob, in the subset that Pulumi's policy configuration takes. */
export interface KnobSchema {
  readonly type: "number" | "integer" | "string" | "boolean" | "array";
  readonly description: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: "string" | "number" };
}

export interface Policy {
  /** Kebab-case; equals the file's name. */
  readonly name: string;
  /** `DPX3nn`, stable. */
  readonly code: string;
  readonly title: string;
  readonly family:
    | "concentration"
    | "reserve"
    | "routing"
    | "data"
    | "backup"
    | "startup"
    | "kubernetes"
    | "intake"
    | "operations"
    | "proof";
  readonly severity: Severity;
  /** Rows of the incident that it answers. */
  readonly rows: readonly IncidentRow[];
  /** What really failed. */
  readonly why: string;
  /** What it proves, and from which properties. */
  readonly proves: string;
  readonly fix: { readonly text: string; readonly snippet: string };
  /**
   * What it asks to be written down, in a word such as `owner`: nothing that runs is wrong, and a stack that writes
   * down none of it is told so once. @default it asks for something that runs
   */
  readonly asksFor?: string;
  /**
   * Kind of domain that it takes away: a tier is judged only where its requirement names that kind. @default every tier
   * of `levels` is
   */
  readonly loss?: DomainKind;
  /** Default enforcement per tier; a tier left out is not judged. */
  readonly levels: Readonly<Partial<Record<Tier, "mandatory" | "advisory">>>;
  readonly config: Readonly<Record<string, KnobSchema>>;
  /** States the violations, in any order; never throws for an estate's content. */
  readonly judge: (context: PolicyContext) => Iterable<Violation>;
}
