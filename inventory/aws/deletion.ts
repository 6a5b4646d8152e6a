/** Whether one call can delete what holds data, or what leads to it. */
import { known, unknown, type DeletionFact, type Known } from "../../model";
import type { Draft } from "../draft";
import type { Resource, Value } from "../resource";
import { at, propertyPath } from "../values";

/** A property of the resource, and the value under which one call is not enough. */
interface Guard {
  readonly property: string;
  readonly safe: boolean;
  readonly holds?: DeletionFact["holds"];
}

export const deletionGuards = {
  database: { property: "deletionProtection", safe: true },
  table: { property: "deletionProtectionEnabled", safe: true },
  /** A bucket that holds objects cannot be deleted, unless the engine is told to empty it first. */
  bucket: { property: "forceDestroy", safe: false },
  loadBalancer: { property: "enableDeletionProtection", safe: true, holds: "traffic" },
} as const satisfies Readonly<Record<string, Guard>>;

/** States whether a resource is guarded, about the service of `about`. */
export function stateDeletion(resource: Resource, guard: Guard, into: Draft, about: Resource = resource): void {
  const { property, holds = "data" } = guard;
  const isProtected = guarded(at(resource.properties, property), guard, propertyPath(resource, property));
  into.state({ kind: "deletion", urn: resource.urn, property, holds, protected: isProtected }, about.urn);
}

/** Every one of these properties is false where it is left out (the provider's documentation). */
function guarded(value: Value, { safe }: Guard, missing: string): Known<boolean> {
  if (value === undefined || value === null) return known(!safe);
  return typeof value === "boolean" ? known(value === safe) : unknown(missing);
}
