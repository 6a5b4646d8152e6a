/** Resources of a state by what records call them. */
import { identifiersOf } from "../../inventory/stack";
import { field, text } from "../../inventory/values";
import { regionIn } from "../regionIn";
import type { State, StateResource } from "../state";
import { parseArn } from "./arn";
import { addTo } from "../../lib/lists";

/** Finds the resources of one state; made once for all records. */
export class ResourceIndex {
  readonly #state: State;
  readonly #byArn = new Map<string, StateResource>();
  #byName: Map<string, StateResource[]> | undefined;

  constructor(state: State) {
    this.#state = state;
    for (const one of state.values()) {
      if (!one.custom || !one.type.startsWith("aws:")) continue;
      const arn = text(field(one.resource.properties, "arn")) ?? (one.id?.startsWith("arn:") ? one.id : undefined);
      // Two resources of one ARN: the first is the object, the others are facets of it.
      if (arn !== undefined && !this.#byArn.has(arn)) this.#byArn.set(arn, one);
    }
  }

  withArn(arn: string): StateResource | undefined {
    return this.#byArn.get(arn);
  }

  /**
   * Resources that have this id or name, in the region and account of an ARN as far as both are known.
   *
   * @param types undefined for all of them
   */
  named(types: readonly string[] | undefined, name: string, arn: string): readonly StateResource[] {
    const { region = "", account = "" } = parseArn(arn) ?? {};
    return (this.#names().get(name) ?? []).filter((one) => {
      if (types?.includes(one.type) === false) return false;
      const own = parseArn(text(field(one.resource.properties, "arn")) ?? "");
      const place = regionIn(this.#state, one);
      return (
        (place === undefined || region === "" || place === region) &&
        (own === undefined || own.account === "" || account === "" || own.account === account)
      );
    });
  }

  #names(): ReadonlyMap<string, readonly StateResource[]> {
    if (this.#byName !== undefined) return this.#byName;
    const names = new Map<string, StateResource[]>();
    for (const one of this.#state.values()) {
      if (!one.custom || !one.type.startsWith("aws:")) continue;
      for (const name of new Set(identifiersOf(one.resource))) addTo(names, name, one);
    }
    return (this.#byName = names);
  }
}
