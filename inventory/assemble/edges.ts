/** What a resource was made from, through the resources that only carry settings. */
import { rowOf, typesWith } from "../aws/registry";
import { kindRowOf } from "../kubernetes/registry";
import type { Urn } from "../../model";
import type { Resource } from "../resource";
import { identifiersOf, type Stack } from "../stack";
import { hasUnknown, names, textsIn } from "../stacks/texts";
import { field } from "../values";

const withoutNeed = typesWith("noNeed");
const contentsOf = typesWith("contents");
const carriers = new Map<string, boolean>();

/** Whether a resource only carries settings: it runs nothing and holds no data, and what it names, its user needs. */
export function carries({ type }: Resource): boolean {
  let answer = carriers.get(type);
  if (answer === undefined) {
    const row = type.startsWith("kubernetes:") ? kindRowOf(type) : rowOf(type);
    carriers.set(type, (answer = row?.carries === true));
  }
  return answer;
}

export interface Need {
  readonly target: Resource;
  readonly property: string;
}

/** The placed resources that this one's settings come from, and the property that says so. */
export function needsOf(resource: Resource, stack: Stack, isPlaced: (urn: Urn) => boolean): readonly Need[] {
  const needs: Need[] = [];
  const excepted = withoutNeed.get(resource.type);
  for (const property of Object.keys(resource.propertyDependencies)) {
    if (excepted?.includes(property) === true) continue;
    const seen = new Set<Resource>(stack.edges(resource, property));
    for (const target of seen) {
      if (target === resource) continue;
      if (isPlaced(target.urn)) needs.push({ target, property });
      else if (carries(target) && !isBaked(resource, property, target)) {
        for (const key of Object.keys(target.propertyDependencies))
          for (const next of stack.edges(target, key)) seen.add(next);
      }
    }
  }
  return needs;
}

/**
 * Whether a property holds what a carrier contains rather than its name: a password that was read from a secret when
 * the property was written is not read again. Only what is known can show that.
 */
function isBaked(resource: Resource, property: string, carrier: Resource): boolean {
  const value = field(resource.properties, property);
  const contents = contentsOf.get(carrier.type);
  if (contents === undefined || value === undefined || hasUnknown(value)) return false;
  const own = identifiersOf(carrier);
  return !textsIn(value).some((text) => own.some((identifier) => names(text, identifier)));
}
