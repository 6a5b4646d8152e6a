/**
 * A stack's own name, as in `Pulumi.<name>.yaml`, of any way in which it may be named: `prod`,
 * `organization/shop/prod`.
 */
export function stackName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** Name of the stack that these resources are of, by the first of their URNs; undefined where there is none. */
export function stackOf(urns: Iterable<string>): string | undefined {
  const [first = ""] = urns;
  return /^urn:pulumi:(.+?)::/.exec(first)?.[1];
}
