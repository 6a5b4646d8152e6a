/** Short names of resources, for where a whole URN says too much. */

/** `shop` of `urn:pulumi:prod::p::aws:rds/instance:Instance::shop`; what is no URN as it is. */
export function nameOfUrn(urn: string): string {
  const [, , , ...name] = urn.split("::");
  return name.length === 0 ? urn : name.join("::");
}

/** `Instance shop` of the same. */
export function typedNameOfUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return name.length === 0 ? urn : `${types.split(":").at(-1) ?? ""} ${name.join("::")}`;
}
