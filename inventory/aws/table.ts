/** What is known of a type of AWS beside its reader: one row of the table `types.json` of its family. */

/** An action of IAM that reads contents: what a store or a secret holds, rather than how it is set up. */
export interface ContentReads {
  readonly reads: readonly string[];
  /**
   * ARNs that they are granted for, the best first: the first of which every `${property}` is known. `${id}` is the
   * provider's id. Nothing is granted where none is known.
   */
  readonly of: readonly string[];
  /** Condition under which they are granted: what it asks for is less than the action allows. @default none */
  readonly condition?: Readonly<Record<string, readonly string[]>>;
}

/** Metrics of CloudWatch by which a store tells how far a copy is behind. */
export interface LagMetrics {
  readonly namespace: string;
  /** Dimension whose value names the store. */
  readonly dimension: string;
  readonly metrics: readonly string[];
}

/** Reasons are keys of `reasons.json`. What is left out means what its `@default` says, and a test holds it to that. */
export interface TypeRow {
  /**
   * Why it places no replica, holds no data that a service lives on and routes no request. @default a reader reads it
   */
  readonly nothing?: string;
  /** Why it is told as "not judged" though it is known. @default it is judged */
  readonly unjudged?: string;
  /**
   * Actions of IAM that a refresh of it takes: the calls of the provider's read function
   * (hashicorp/terraform-provider-aws, internal/service/*) and what these depend on, as the Service Authorization
   * Reference names them.
   */
  readonly reads?: readonly string[];
  /** Those of them that read contents; they are granted for the named objects alone. @default none does */
  readonly contents?: ContentReads;
  /** Why nothing is read of it. @default `reads` or `contents` are */
  readonly noReads?: string;
  /** Regions whose endpoints are asked for it. @default its own */
  readonly askedIn?: readonly string[];
  /** A list of its copies in other regions, which are asked too, and the member's property that names the region. */
  readonly copies?: { readonly list: string; readonly region: string };
  /**
   * Form of its ARN: the service, and what follows the account (Service Authorization Reference, "Resource types").
   * `${word}` stands for a part without `/` and `:`, `${word*}` for anything, `${path}` for nothing or parts that end
   * with `/`. @default it bears no tags, so that no listing of tagged objects holds it
   */
  readonly arn?: string;
  /** The id that its page imports it by, made of words of `arn`, of `${arn}`, `${region}` and `${account}`. */
  readonly id?: string;
  /** Why no ARN tells its id. @default `id` does */
  readonly noId?: string;
  /** The type that an ARN of this form is taken for: both are one kind of object in AWS. */
  readonly sharesArn?: string;
  /** Why its ARNs tell nothing of the type. */
  readonly noArn?: string;
  /** Services that make and change it, as CloudTrail names them in `eventSource`. @default those of its module */
  readonly events?: readonly string[];
  /**
   * Properties beside the id, the ARN and the name by which other resources, stacks and records name it, or what it is
   * a facet of; best known first. @default none
   */
  readonly identifiers?: readonly string[];
  /**
   * Lists at any depth whose order is a setting. @default none: all lists are sets, or lists by name, which come back
   * from the cloud in any order
   */
  readonly ordered?: readonly string[];
  /**
   * Properties that name a source or a whole, from which a copy is made that serves without it; and those that are
   * written once, at creation, such as a password that came from a secret. @default none
   */
  readonly noNeed?: readonly string[];
  /** True where it runs nothing and holds nothing: what it names, its user needs. @default false */
  readonly carries?: boolean;
  /** What AWS Backup calls it ("Supported resource types" of its Developer Guide). @default it keeps none of it */
  readonly backedUpAs?: string;
  /** @default it tells no lag by which data can be lost */
  readonly lag?: LagMetrics;
}

/** The table of one family, as its `types.json` holds it; `types.schema.json` completes it in an editor. */
export interface FamilyTable {
  /** Event sources of CloudTrail by the module of the type token. @default the module's own name */
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** Services with one endpoint for all regions: their calls are logged in one, wherever the caller is. */
  readonly global?: readonly string[];
  /** Modules of which a type that no table lists yet places nothing either, with the reason. */
  readonly modules?: Readonly<Record<string, string>>;
  /** By type token, sorted. */
  readonly types: Readonly<Record<string, TypeRow>>;
}
