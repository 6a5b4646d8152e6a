/** What makes two findings of two runs the same one. */

/** As much of a finding as says which one it is. */
export interface Identified {
  readonly policy: string;
  /** @default it is about no service */
  readonly service?: string | null;
  readonly lost: readonly string[];
  readonly urns: readonly string[];
}

/**
 * The policy, the service, what is lost and the resource to change first, all by their stable names. Lines, counts,
 * shares and the ids that a cloud gives are no part of it: they move while the same thing stays wrong.
 */
export function identityOf({ policy, service, lost, urns }: Identified): readonly unknown[] {
  return [policy, service ?? null, [...lost].sort(), urns[0]];
}
