/** What is known of a kind of Kubernetes beside its reader: one row of the table `kinds.json` of its area. */

/** Reasons are keys of `reasons.json`. What is left out means what its `@default` says, and a test holds it to that. */
export interface KindRow {
  /**
   * Why it places no replica, holds no data that a service lives on and routes no request. @default a reader reads it
   */
  readonly nothing?: string;
  /** Versions of which `nothing` holds. @default all */
  readonly versions?: readonly string[];
  /** Why it is told as "not judged" though it is known. @default it is judged */
  readonly unjudged?: string;
  /** As a rule of a role names it. Reading one is the verb `get`. */
  readonly plural?: string;
  /** Why no rule can grant what reads it. @default `get` of `plural` does */
  readonly noReads?: string;
  /**
   * What the Pulumi provider lists beside it to tell whether it is ready (its awaiters, `Read`), as `group/plural`, of
   * the core group as `plural`. It goes on where a list is refused, and then takes an object for one that is not ready.
   * It never watches to read. @default nothing
   */
  readonly besides?: readonly string[];
  /** True where whoever may get any may get all their contents: it is granted by name. @default false */
  readonly byName?: boolean;
  /** True where `kubectl get` lists it for `duplex drift --live`. @default false */
  readonly listedForDrift?: boolean;
  /** The version in which `duplex check --kubeconfig` lists it. @default it is not listed */
  readonly listedForCheck?: string;
  /**
   * True where its objects are in no namespace (`kubectl api-resources --namespaced=false`, 1.34). @default false; of
   * an operator's kind only the cluster knows it
   */
  readonly clusterScoped?: boolean;
  /**
   * Its place among the kinds that others are refused, or left pending, without: the least is applied first.
   * @default after all of these
   */
  readonly applied?: number;
  /**
   * Lists at any depth in which the order says nothing: the API merges them by key, or keeps them as sets.
   * @default of an operator's kind, whatever is so in any kind
   */
  readonly unordered?: readonly string[];
  /** True where it runs nothing and holds nothing: what it names, its user needs. @default false */
  readonly carries?: boolean;
  /** Where an operator's kind is described. @default the API of Kubernetes itself */
  readonly source?: string;
}

/** The table of one area, as its `kinds.json` holds it; `kinds.schema.json` completes it in an editor. */
export interface AreaTable {
  /** By group and kind, such as `apps/Deployment` and `core/Secret`, sorted. */
  readonly kinds: Readonly<Record<string, KindRow>>;
}
