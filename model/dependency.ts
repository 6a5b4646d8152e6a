/** How to read a dependency. */
import type { Dependency } from "./estate";
import type { ServiceId } from "./ids";

/**
 * The service that a dependency cannot do without; none where any one of several is enough. The group as a whole is
 * needed then, which the dependent's own survival shows, but no member of it is.
 */
export function onlyMember({ anyOf }: Dependency): readonly ServiceId[] {
  return new Set(anyOf).size === 1 ? anyOf.slice(0, 1) : [];
}
