/** The namespace of an object. */
import type { Resource } from "../resource";
import { at, text } from "../values";

export function namespaceOf(resource: Resource): string {
  return text(at(resource.properties, "metadata", "namespace")) ?? "default";
}
