/**
 * What the engine hands to a policy pack. Its properties stand behind a proxy that throws where a value is not known in
 * a preview, so nothing is ever read *through* it: keys are listed, and values taken from their descriptors.
 */
import type { Urn } from "../../model";
import type { Properties, Resource } from "../resource";
import { plainProperties, type Peek } from "./plain";

/** The policy SDK's `PolicyResource`, as far as an inventory reads it; no SDK is imported. */
export interface PolicyResourceLike {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts?: { readonly parent?: string };
  readonly parent?: { readonly urn: string };
  readonly provider?: {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
  };
  readonly dependencies: readonly { readonly urn: string }[];
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

const byDescriptor: Peek = (target, key) => Object.getOwnPropertyDescriptor(target, key)?.value as unknown;

/** Properties out of a policy's proxy; unknown values become `UNKNOWN`, however deep they stand. */
export function propertiesOfProxy(props: object): Properties {
  return plainProperties(props, byDescriptor);
}

/** The resources of a policy's stack validation, and the providers that they name where those are not among them. */
export function fromPolicyResources(resources: readonly PolicyResourceLike[]): readonly Resource[] {
  const all = resources.map((resource) => new PolicyBackedResource(resource));
  const seen = new Set<Urn>(resources.map(({ urn }) => urn));
  const providers: Resource[] = [];
  for (const { provider } of resources) {
    if (provider === undefined || seen.has(provider.urn)) continue;
    seen.add(provider.urn);
    providers.push({
      urn: provider.urn,
      type: provider.type,
      name: provider.name,
      custom: true,
      properties: propertiesOfProxy(provider.props),
      propertyDependencies: {},
      dependencies: [],
    });
  }
  return [...all, ...providers];
}

class PolicyBackedResource implements Resource {
  readonly urn: Urn;
  readonly type: string;
  readonly name: string;
  readonly parent?: Urn;
  readonly provider?: Urn;
  readonly custom: boolean;
  readonly #source: PolicyResourceLike;
  #properties: Properties | undefined;

  constructor(source: PolicyResourceLike) {
    this.#source = source;
    this.urn = source.urn;
    this.type = source.type;
    this.name = source.name;
    this.parent = source.opts?.parent ?? source.parent?.urn;
    this.provider = source.provider?.urn;
    // The protocol does not say whether a resource is a component; a component alone has no provider.
    this.custom = source.provider !== undefined || source.type.startsWith("pulumi:providers:");
  }

  get id(): Resource["id"] {
    return this.properties.id;
  }

  get properties(): Properties {
    this.#properties ??= propertiesOfProxy(this.#source.props);
    return this.#properties;
  }

  get propertyDependencies(): Readonly<Record<string, readonly Urn[]>> {
    return Object.fromEntries(
      Object.entries(this.#source.propertyDependencies).map(([key, list]) => [key, list.map(({ urn }) => urn)]),
    );
  }

  get dependencies(): readonly Urn[] {
    return this.#source.dependencies.map(({ urn }) => urn);
  }
}
