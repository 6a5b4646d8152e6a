/** The code of the region in which a resource of AWS is kept. */
import { known, unknown, type Known } from "../../model";
import { UNKNOWN, type Resource, type Value } from "../resource";
import { field, propertyPath, text, textAt } from "../values";

/** Code of the region: the resource's own, else the one in its ARN, else its provider's, else its zone's. */
export function regionCode(
  resource: Resource,
  providerOf: (resource: Resource) => Resource | undefined,
): Known<string> {
  const own = field(resource.properties, "region");
  const code = text(own) ?? regionOfArn(field(resource.properties, "arn"));
  if (code !== undefined) return known(code);
  if (own === UNKNOWN) return unknown(propertyPath(resource, "region"));
  const provider = providerOf(resource);
  const inherited = provider && textAt(provider, "region");
  if (inherited !== undefined) return known(inherited);
  const told = regionOfZone(field(resource.properties, "availabilityZone"));
  return told === undefined ? unknown(`${provider?.urn ?? resource.urn}.region`) : known(told);
}

/**
 * The region of a zone by its name: `us-east-1a`, or `us-west-2-lax-1a` of a local zone (Amazon EC2 User Guide,
 * "Regions and Zones").
 */
export function regionOfZone(zone: Value): string | undefined {
  return /^([a-z]{2,3}(?:-[a-z]+)+-\d)(?:-[a-z]+-\d)?[a-z]$/.exec(text(zone) ?? "")?.[1];
}

export function regionOfArn(arn: Value): string | undefined {
  return text(text(arn)?.split(":", 4)[3]);
}
