/** The least inputs with which each modelled type can be made, how it can be changed, and one mistake. */
import type { Json } from "./harness";

export interface Example {
  readonly token: string;
  /** Inputs; `of` makes another example first, once, and gives its outputs with its id. */
  readonly inputs: (of: (example: string) => Promise<Json>) => Promise<Json> | Json;
  /** A change in place: inputs that replace those of the same name. Without one: why there is none. */
  readonly change: Json | { readonly none: string };
  /** A mistake: inputs that replace those of the same name, and the property that is refused. */
  readonly mistake: { readonly inputs: Json; readonly property: string };
}

export type Examples = Readonly<Record<string, Example>>;
