/** The deployed resources with drift laid on them, and which of what is left out a reading of them has looked at. */
import type { Resource } from "../inventory/resource";
import type { Estate, Urn } from "../model";
import type { ResourceDrift } from "./change";
import { trackReads, type TrackedResource } from "./readTracking";
import { propertyOf } from "./paths";
import type { State } from "./state";
import { withoutProperties } from "./withoutProperties";

export interface TrackedReading {
  readonly estate: Estate;
  /** Of the drift that was left out, all that could have changed the estate. In the order in which it was given. */
  readonly touched: readonly ResourceDrift[];
}

/**
 * Reads the deployed resources with the chosen drift, and watches what is looked at in the resources of the other: a
 * thousand changed tags cost one reading, and not one for each half, quarter and so on.
 */
export function readTracked(
  desired: State,
  actual: State,
  { chosen, others }: Readonly<Record<"chosen" | "others", readonly ResourceDrift[]>>,
  read: (resources: readonly Resource[]) => Estate,
): TrackedReading {
  const tracked = new Map<Urn, TrackedResource>();
  for (const { urn, kind } of others) {
    const before = kind === "changed" ? desired.get(urn) : undefined;
    if (before !== undefined) tracked.set(urn, trackReads(before.resource));
  }
  const estate = read(withDrift(desired, actual, chosen).map((one) => tracked.get(one.urn)?.resource ?? one));
  const touched = others.filter((drift) => {
    const after = drifted(actual.get(drift.urn)?.resource, drift);
    return after === undefined || tracked.get(drift.urn)?.differsFrom(after) !== false;
  });
  return { estate, touched };
}

/** The deployed resources, with those that have drifted in their actual form. */
export function withDrift(desired: State, actual: State, chosen: readonly ResourceDrift[]): readonly Resource[] {
  const drifts = new Map<Urn, ResourceDrift>(chosen.map((drift) => [drift.urn, drift]));
  const resources: Resource[] = [];
  for (const [urn, { resource }] of desired) {
    const drift = drifts.get(urn);
    const found = drift === undefined ? resource : drifted(actual.get(urn)?.resource, drift);
    if (found !== undefined) resources.push(found);
  }
  for (const urn of drifts.keys()) {
    const found = desired.has(urn) ? undefined : actual.get(urn)?.resource;
    if (found !== undefined) resources.push(found);
  }
  return resources;
}

/** Edges are the program's: they say nothing of a value that is not the program's any more. */
function drifted(resource: Resource | undefined, { changes, ignored }: ResourceDrift): Resource | undefined {
  if (resource === undefined) return undefined;
  return {
    ...withoutProperties(resource),
    properties: resource.properties,
    drifted: new Set([...changes, ...ignored].map(({ path }) => propertyOf(path))),
  };
}
