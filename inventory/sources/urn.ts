/** The parts of Pulumi's URNs that an inventory needs. */
import type { Urn } from "../../model";

const prefix = "urn:pulumi:";

/** Whether a value can be a URN at all. */
export function isUrn(value: unknown): value is Urn {
  return typeof value === "string" && value.startsWith(prefix);
}

/** The logical name: all that follows `urn:pulumi:<stack>::<project>::<type>::`; a name may itself hold `::`. */
export function nameOfUrn(urn: Urn): string {
  let start = 0;
  for (let part = 0; part < 3; part++) {
    const next = urn.indexOf("::", start);
    if (next < 0) return urn;
    start = next + 2;
  }
  return urn.slice(start);
}

/** The resource's own type: the last in the chain of types. */
export function typeOfUrn(urn: Urn): string {
  const [, , chain = ""] = urn.split("::", 3);
  return chain.slice(chain.lastIndexOf("$") + 1);
}

/** A provider's URN out of a reference `<urn>::<id>`, as states write it. */
export function urnOfProviderReference(reference: string): Urn {
  const end = reference.lastIndexOf("::");
  // A URN alone holds "::" three times; with an id, four. A name with "::" cannot be told from an id, so count only the first case.
  return reference.split("::").length > 4 && end > 0 ? reference.slice(0, end) : reference;
}
