/** One hop of the way in, and what is said about whether requests pass it. */
import { known, unknown, type Known, type Urn } from "../model";
import { propertyPath } from "./values";
import type { Resource } from "./resource";

/** A hop that lets requests through, stops them, or of which that is not known. */
export interface Gate {
  readonly open: Known<boolean>;
  /** The resource that says so: the one to change. */
  readonly urn: Urn;
  /** Its property that says so. */
  readonly property: string;
  /** Why, as half a sentence that follows "because": `its security group "a" lets nobody in`. */
  readonly why: string;
}

/** A hop that nothing gets through. */
export function closedBy(resource: Pick<Resource, "urn">, property: string, why: string): Gate {
  return { open: known(false), urn: resource.urn, property, why };
}

/** A hop of which a property that is not known decides. */
export function undecidedBy(resource: Resource, property: string, why: string): Gate {
  return { open: unknown(propertyPath(resource, property)), urn: resource.urn, property, why };
}

/** How far something is known to come. */
export type Passage = "open" | "unknown" | "closed";

export function passageOf(gate: Gate | undefined): Passage {
  if (gate === undefined) return "open";
  if (!gate.open.known) return "unknown";
  return gate.open.value ? "open" : "closed";
}

/** Of gates that stand one behind the other, the one that decides; undefined where all are open. */
export function tightest(gates: Iterable<Gate | undefined>): Gate | undefined {
  let found: Gate | undefined;
  for (const gate of gates) {
    const passage = passageOf(gate);
    if (passage === "closed") return gate;
    if (passage === "unknown") found ??= gate;
  }
  return found;
}

/** Of gates side by side, of which any one is enough, the one that lets most through; undefined where one is open. */
export function widest(gates: Iterable<Gate | undefined>): Gate | undefined {
  let found: Gate | undefined;
  for (const gate of gates) {
    const passage = passageOf(gate);
    if (passage === "open") return undefined;
    if (found === undefined || (passage === "unknown" && passageOf(found) === "closed")) found = gate;
  }
  return found;
}
