/**
 * What the services of one stack take from others through `StackReference`, told by the edges that the engine keeps.
 */
import type { Estate, ServiceId, Urn } from "../../model";
import { carries } from "../assemble/edges";
import type { Resource, Value } from "../resource";
import type { Stack } from "../stack";
import { field, text } from "../values";
import { hasUnknown, names, textsIn } from "./texts";
import { byText } from "../../lib/order";

export interface Use {
  /** The service that needs it, by its name in its own stack. */
  readonly service: ServiceId;
  /** The resource and property made from the other stack's outputs. */
  readonly urn: Urn;
  readonly property: string;
  /** The other stack as the reference names it, such as `organization/data/prod`. */
  readonly stack: string;
  /** Outputs that the property's value was made from, sorted; null where that cannot be told: any of them. */
  readonly outputs: readonly string[] | null;
}

const referenceType = "pulumi:pulumi:StackReference";

/** All uses of a stack, each once, sorted. */
export function usesOf(stack: Stack, estate: Estate): readonly Use[] {
  if (stack.ofType(referenceType).length === 0) return [];
  const uses = new Map<string, Use>();
  for (const { id: service, urns } of estate.services) {
    for (const urn of urns) {
      const resource = stack.get(urn);
      for (const { property, reference, value } of resource === undefined ? [] : made(resource, stack)) {
        const name = text(field(reference.properties, "name")) ?? text(reference.id) ?? reference.name;
        const outputs = outputsIn(value, field(reference.properties, "outputs"));
        const use: Use = { service, urn, property, stack: name, outputs };
        uses.set(JSON.stringify(use), use);
      }
    }
  }
  return [...uses].sort(([a], [b]) => byText(a, b)).map(([, use]) => use);
}

interface Made {
  /** Property of the service's own resource. */
  readonly property: string;
  readonly reference: Resource;
  /** The value that was made from the reference, of this resource or of one that only carries settings to it. */
  readonly value: Value;
}

function made(resource: Resource, stack: Stack): readonly Made[] {
  return Object.keys(resource.propertyDependencies).flatMap((property) => {
    const found: Made[] = [];
    const carrying = new Set<Resource>();
    const look = (holder: Resource, key: string): void => {
      for (const target of stack.edges(holder, key)) {
        if (target.type === referenceType) {
          found.push({ property, reference: target, value: field(holder.properties, key) });
        } else if (carries(target)) carrying.add(target);
      }
    };
    look(resource, property);
    // A set grows while it is walked, and a ring of carriers ends where it began.
    for (const carrier of carrying) for (const key of Object.keys(carrier.propertyDependencies)) look(carrier, key);
    return found;
  });
}

/** A value that is not known may come from any output that is not known; one that nothing fits, from any at all. */
function outputsIn(value: Value, outputs: Value): readonly string[] | null {
  const texts = textsIn(value);
  const hidden = hasUnknown(value);
  const found = entriesOf(outputs).filter(
    ([, output]) =>
      (hidden && hasUnknown(output)) ||
      textsIn(output).some((wanted) => texts.some((candidate) => names(candidate, wanted))),
  );
  return found.length === 0 ? null : found.map(([name]) => name).sort(byText);
}

function entriesOf(value: Value): readonly (readonly [string, Value])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
