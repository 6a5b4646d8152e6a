/**
 * Failure domains: things that fail as one. They form a directed acyclic graph; a replica fails when any domain that it
 * stands in fails.
 */

/** Every kind of failure domain, from the widest to the narrowest use in messages. */
export const domainKinds = [
  "region",
  "zone",
  "facility",
  "power",
  "operator",
  "carrier",
  "vendor",
  "hazard",
  "controlPlane",
  "account",
] as const;

export type DomainKind = (typeof domainKinds)[number];

/** `<kind>:<name>`, for instance `facility:pangyo`, `zone:apne2-az1`, `power:pangyo/ups-1`. */
export type DomainId = `${DomainKind}:${string}`;

export interface FailureDomain {
  readonly id: DomainId;
  readonly kind: DomainKind;
  /** Name without the kind. */
  readonly name: string;
  /** Fails when *any* of these fails: a zone within its region, a facility with its operator. */
  readonly within: readonly DomainId[];
  /**
   * Fails when *every* member of one group has failed: two carriers into one building, two power feeds from two
   * substations. A group of one is the same as `within`.
   */
  readonly suppliedBy: readonly (readonly DomainId[])[];
}

/** Makes a domain's id. */
export function domainId(kind: DomainKind, name: string): DomainId {
  return `${kind}:${name}`;
}

/** The kind of a domain, read from its id. */
export function kindOf(id: DomainId): DomainKind {
  return id.slice(0, id.indexOf(":")) as DomainKind;
}

/** The name of a domain, read from its id. */
export function nameOf(id: DomainId): string {
  return id.slice(id.indexOf(":") + 1);
}
