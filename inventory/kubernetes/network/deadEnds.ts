/** Entrances of a cluster that lead nowhere. */
import type { Draft } from "../../draft";
import type { Gate } from "../../gate";
import type { Resource } from "../../resource";

/**
 * States that what arrives at an entrance from outside goes no further. The service whose entrance it is by its own
 * words is told so, even where pods of the cluster reach it another way.
 */
export function endAtEntrance(entrance: Resource, gate: Gate, into: Draft): void {
  into.endAt(entrance.urn, gate);
  const { urn, property, open, why } = gate;
  into.state({ kind: "wayIn", urn, property, open, why, over: [entrance.urn] }, entrance.urn);
}
