/** Whether one call can delete what holds data, or what leads to it. */
import { known, unknown, type DeletionFact, type Known } from "../../model";
import type { Draft } from "../draft";
import type { Resource, Value } from "../resource";
import { at, propertyPath } from "../values";

/** A property of the resource, and the value under which one call is not enough. */
interface Guard {
  readonly property: string;
  readonly safe: boolean;
  /** What holds where the property is left out. @default false, as the provider documents it of all but ledgers */
  readonly unset?: boolean;
  readonly holds?: DeletionFact["holds"];
}

export const deletionGuards = {
  database: { property: "deletionProtection", safe: true },
  table: { property: "deletionProtectionEnabled", safe: true },
  /** A ledger is protected unless it says otherwise. */
  ledger: { property: "deletionProtection", safe: true, unset: true },
  firewall: { property: "deleteProtection", safe: true, holds: "traffic" },
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

function guarded(value: Value, { safe, unset = false }: Guard, missing: string): Known<boolean> {
  if (value === undefined || value === null) return known(unset === safe);
  return typeof value === "boolean" ? known(value === safe) : unknown(missing);
}
