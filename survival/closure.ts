import { reachable } from "../lib/graph";
import { onlyMember } from "../model/dependency";
import type { ServiceId } from "../model/ids";
import type { DependencyGraph } from "./dependencyGraph";
import type { Survival } from "./survival";

/** What each service cannot serve without, worked out once for each that is asked about. */
export function createClosures(graph: DependencyGraph): Survival["closure"] {
  const closures = new Map<ServiceId, readonly ServiceId[]>();
  const needed = (id: ServiceId) => (graph.node(id)?.hard ?? []).flatMap(onlyMember);
  return (id) => {
    let found = closures.get(id);
    if (!found) closures.set(id, (found = [...reachable([id], needed)].filter(graph.isDescribed).sort()));
    return found;
  };
}
