/** Where what arrives at a resource ends, found by following what is forwarded where. */
import type { HealthCheck, Urn } from "../../model";
import type { Draft } from "../draft";

export interface Reach {
  /** Placed resources to which it leads. */
  readonly ends: ReadonlySet<Urn>;
  /** The first check on the way. */
  readonly check?: HealthCheck;
}

/** Walks what is forwarded, once for each resource; a ring ends where it began. */
export function reacher(draft: Draft): (urn: Urn) => Reach {
  const placed = new Set(draft.units.flatMap(({ resource, layer }) => (layer === "routing" ? [] : [resource.urn])));
  const found = new Map<Urn, Reach>();
  return (urn) => {
    let reach = found.get(urn);
    if (reach === undefined) {
      const ends = new Set<Urn>();
      const seen = new Set<Urn>([urn]);
      let check: HealthCheck | undefined;
      for (const next of seen) {
        if (placed.has(next)) ends.add(next);
        check ??= draft.checks.get(next);
        for (const onward of draft.traffic.get(next) ?? []) seen.add(onward);
      }
      found.set(urn, (reach = check === undefined ? { ends } : { ends, check }));
    }
    return reach;
  };
}
