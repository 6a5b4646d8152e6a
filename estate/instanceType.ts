/** The instance type of a unit: what a component makes, and what a price is asked for. */
import type { InstancesSpec } from "./spec";

const defaultTypes = { x86_64: "c7i.2xlarge", arm64: "c7g.2xlarge" } as const;

/** The one that the estate names, else the default of the architecture. */
export function instanceTypeOf({ instanceType, architecture }: InstancesSpec): string {
  return instanceType ?? defaultTypes[architecture];
}
