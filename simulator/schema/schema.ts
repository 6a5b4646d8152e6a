/** What a provider's inputs look like: generated from the SDKs by `generate.ts`. */

/** `#name` refers to `ProviderSchema.types`; `json` is a document given as text or as an object. */
export type PropertyType = string | { readonly list: PropertyType } | { readonly map: PropertyType };

export interface ObjectSchema {
  readonly fields: Readonly<Record<string, PropertyType>>;
  readonly required: readonly string[];
}

export interface ResourceSchema extends ObjectSchema {
  /** Properties that only the cloud sets. */
  readonly outputs: readonly string[];
}

export interface ProviderSchema {
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly types: Readonly<Record<string, ObjectSchema>>;
}
