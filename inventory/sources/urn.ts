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

/** A provider's URN out of a reference `<urn>::<id>`, as states write it; a URN alone has three separators. */
export function urnOfProviderReference(reference: string): Urn {
  let at = 0;
  for (let separators = 0; separators < 4; separators++) {
    at = reference.indexOf("::", at) + 2;
    if (at < 2) return reference;
  }
  return reference.slice(0, reference.lastIndexOf("::"));
}
