/** A stack's own name, as in `Pulumi.<name>.yaml`, of any way in which it may be named: `prod`, `organization/shop/prod`. */
export function stackName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
