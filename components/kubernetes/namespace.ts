/** Namespaces of services. */
import { physicalName } from "../common/names";

/** Namespace of a service in every cluster: two stacks in one cluster have one each. */
export function namespaceOf(service: string): string {
  return physicalName(service, 63);
}
