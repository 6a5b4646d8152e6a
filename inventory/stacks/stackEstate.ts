/** One stack among several: its estate, what its services take from other stacks, and what it gives to them. */
import type { Estate } from "../../model";
import type { InventoryOptions } from "../options";
import { readEstate } from "../readEstate";
import type { Resource } from "../resource";
import { Stack } from "../stack";
import { offersOf, type Offer } from "./offers";
import { usesOf, type Use } from "./uses";

/** Plain data: a part of a run that another machine puts together can be written down. */
export interface StackEstate {
  /** `project/stack`; the file's name for what is in no stack. */
  readonly stack: string;
  readonly estate: Estate;
  /** Sorted by service, resource and property. */
  readonly uses: readonly Use[];
  /** Sorted by output. */
  readonly offers: readonly Offer[];
}

/**
 * Reads the estate of one stack, together with its ends of the references between stacks.
 *
 * @param otherwise what the stack is called where no resource says it
 * @throws UserError (DPX410) where an option names a site that is not in the catalogue
 */
export function readStackEstate(
  resources: readonly Resource[],
  otherwise: string,
  options: InventoryOptions = {},
): StackEstate {
  const estate = readEstate(resources, options);
  const stack = new Stack(resources);
  return {
    stack: stackNameOf(resources) ?? otherwise,
    estate,
    uses: usesOf(stack, estate),
    offers: offersOf(stack, estate),
  };
}

/** `project/stack`, as the first URN says it. */
function stackNameOf(resources: readonly Pick<Resource, "urn">[]): string | undefined {
  for (const { urn } of resources) {
    const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn) ?? [];
    if (stack !== undefined && project !== undefined) return `${project}/${stack}`;
  }
  return undefined;
}
