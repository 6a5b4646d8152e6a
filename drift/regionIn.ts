/** In which region a resource of a state is kept. */
import { regionCode } from "../inventory/aws/regionCode";
import type { State, StateResource } from "./state";

/** Code of the region; undefined where nothing in the state says it, and of no resource. */
export function regionIn(state: State, one: StateResource | undefined): string | undefined {
  if (one === undefined) return undefined;
  const region = regionCode(one.resource, ({ provider }) =>
    provider === undefined ? undefined : state.get(provider)?.resource,
  );
  return region.known ? region.value : undefined;
}
