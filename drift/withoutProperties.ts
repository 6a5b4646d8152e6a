import type { Resource } from "../inventory/resource";

/**
 * A resource's fields beside its properties. They are copied by name: a recorded resource reads its record when asked.
 */
export function withoutProperties(resource: Resource): Omit<Resource, "properties" | "drifted"> {
  const { urn, type, name, parent, provider, custom, id, propertyDependencies, dependencies } = resource;
  return {
    ...{ urn, type, name, custom, id, propertyDependencies, dependencies },
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
  };
}
