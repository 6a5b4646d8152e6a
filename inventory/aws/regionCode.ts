/** The code of the region in which a resource of AWS is kept. */
import { known, unknown, type Known } from "../../model";
import { UNKNOWN, type Resource, type Value } from "../resource";
import { field, propertyPath, text, textAt } from "../values";

/** Code of the region: the resource's own, else the one in its ARN, else its provider's. */
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
  return inherited === undefined ? unknown(`${provider?.urn ?? resource.urn}.region`) : known(inherited);
}

function regionOfArn(arn: Value): string | undefined {
  return text(text(arn)?.split(":", 4)[3]);
}
