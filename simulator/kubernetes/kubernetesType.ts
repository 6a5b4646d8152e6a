/** How a kind of the simulated Kubernetes is written down. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { uuidOf } from "../engine/uuid";
import { valuesAt } from "../engine/resourceType";
import { at, isObject, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";

/** Annotation that every object of the simulated cluster carries. */
const markerAnnotation = { "duplex.dev/cloud": "SIMULATED" } as const;
const autonamed = "pulumi.com/autonamed";

export const namespaceType = "kubernetes:core/v1:Namespace";

export interface KubernetesDefinition {
  readonly token: string;
  /** @default true */
  readonly namespaced?: boolean;
  /** Longest name. @default 253 */
  readonly longest?: number;
  /** Paths that the API does not let change, beside name and namespace. */
  readonly immutable?: readonly string[];
  /** Switch of the provider that makes the immutable paths changeable. */
  readonly mutableWith?: string;
  readonly secrets?: readonly string[];
  readonly check?: (inputs: Properties, refuse: Refuse) => void;
  /** What the cluster fills in, for what the program leaves out: paths and values. */
  readonly defaults?: (inputs: Properties) => Readonly<Record<string, Value>>;
  /** What only the cluster can fill in: unknown before creation. */
  readonly assigned?: (making: Making) => Readonly<Record<string, Value>>;
  readonly status?: (making: Making) => Properties;
  /** Status that controllers write when somebody has changed the object by hand. @default it stays as it was */
  readonly statusOfChanged?: (object: Pick<Making, "inputs" | "revision">) => Properties;
  readonly deleteBeforeReplace?: boolean;
}

/** `apps/v1` and `Deployment` of `kubernetes:apps/v1:Deployment`; the core group has no name. */
export function groupVersionKind(token: string): { readonly apiVersion: string; readonly kind: string } {
  const [, group = "", kind = ""] = token.split(":");
  return { apiVersion: group.replace(/^core\//, ""), kind };
}

export function kubernetesType(definition: KubernetesDefinition): ResourceType {
  const { token, namespaced = true, longest = 253, statusOfChanged } = definition;
  const kind = groupVersionKind(token);
  return {
    token,
    naming: {
      path: "metadata.name",
      space: (inputs, place) =>
        namespaced ? `${place}/${text(at(inputs, "metadata.namespace")) ?? "default"}` : place,
      longest,
      pattern: /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
      patternText: "lower-case letters, digits, hyphens and dots, beginning and ending with a letter or digit",
      automatic: true,
      lowerCase: true,
      prefixPath: "metadata.generateName",
    },
    replaceOn: ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...(definition.immutable ?? [])],
    mutableWith: definition.mutableWith,
    secrets: definition.secrets,
    references: namespaced
      ? [{ path: "metadata.namespace", to: [namespaceType], bond: "dies", except: /^(default|kube-\w[\w-]*)$/ }]
      : [],
    deleteBeforeReplace: definition.deleteBeforeReplace,
    placeOf: (_properties, settings) => settings.cluster,
    id: ({ inputs }) => {
      const name = text(at(inputs, "metadata.name")) ?? "";
      return namespaced ? `${text(at(inputs, "metadata.namespace")) ?? "default"}/${name}` : name;
    },
    state: (making) => stateOf(definition, kind, making),
    followed: statusOfChanged && ((object) => ({ status: statusOfChanged(object) })),
    check: (inputs, refuse) => {
      checkMetadata(inputs, refuse);
      for (const key of ["apiVersion", "kind"] as const) {
        const found = text(inputs[key]);
        if (found !== undefined && found !== kind[key])
          refuse(key, `${key} must be "${kind[key]}", and is "${found}".`);
      }
      definition.check?.(inputs, refuse);
    },
  };
}

function stateOf(definition: KubernetesDefinition, kind: Readonly<Record<string, Value>>, making: Making): Properties {
  const { inputs, old, preview } = making;
  if (inputs["metadata"] === UNKNOWN) return { ...kind, ...inputs };
  const given = object(inputs["metadata"]);
  const before = object(old?.state["metadata"]);
  const unknownYet = preview && !old;
  const metadata = {
    ...given,
    annotations: given["annotations"] === UNKNOWN ? UNKNOWN : { ...object(given["annotations"]), ...markerAnnotation },
    uid: before["uid"] ?? (unknownYet ? UNKNOWN : uidOf(making)),
    creationTimestamp: before["creationTimestamp"] ?? (unknownYet ? UNKNOWN : making.created.replace(/\.\d+Z$/, "Z")),
    generation: preview ? UNKNOWN : making.revision,
    resourceVersion: preview ? UNKNOWN : String(making.serial * 1000 + making.revision),
  };
  let state: Properties = { ...kind, ...inputs, metadata };
  for (const [path, value] of Object.entries(definition.defaults?.(inputs) ?? {})) state = filled(state, path, value);
  for (const [path, value] of Object.entries(definition.assigned?.(making) ?? {})) {
    state = filled(state, path, unknownYet ? UNKNOWN : (at(old?.state, path) ?? value));
  }
  if (!definition.status) return state;
  return { ...state, status: preview ? UNKNOWN : definition.status(making) };
}

/** Sets what is absent; leaves alone what is there, and what lies below a value that is not known. */
function filled(properties: Properties, path: string, value: Value): Properties {
  const [head = "", ...rest] = path.split(".");
  const child = properties[head];
  if (rest.length === 0) return child === undefined ? { ...properties, [head]: value } : properties;
  if (child !== undefined && !isObject(child)) return properties;
  return { ...properties, [head]: filled(object(child), rest.join("."), value) };
}

function uidOf(making: Making): string {
  return uuidOf(making, "uid");
}

/** Marks a made-up name as the real provider does. */
export function markAutonamed(inputs: Properties): Properties {
  const metadata = object(inputs["metadata"]);
  if (metadata["annotations"] === UNKNOWN) return inputs;
  return {
    ...inputs,
    metadata: { ...metadata, annotations: { ...object(metadata["annotations"]), [autonamed]: "true" } },
  };
}

const labelValue = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

function checkMetadata(inputs: Properties, refuse: Refuse): void {
  for (const path of ["metadata.labels", "spec.template.metadata.labels", "spec.selector.matchLabels"]) {
    for (const [key, value] of Object.entries(object(at(inputs, path)))) {
      if (!labelKey.test(key)) refuse(path, `${path} has the key "${key}", which is no label key.`);
      const label = text(value);
      if (label !== undefined && !labelValue.test(label)) {
        refuse(
          path,
          `${path} has the value "${label}" for ${key}; a label has at most 63 letters, digits and -_. inside.`,
        );
      }
    }
  }
  for (const key of Object.keys(object(at(inputs, "metadata.annotations")))) {
    if (!labelKey.test(key))
      refuse("metadata.annotations", `metadata.annotations has the key "${key}", which is no key.`);
  }
}

/** A check that one of a few texts is given. */
export function oneOf(inputs: Properties, refuse: Refuse, path: string, allowed: readonly string[]): void {
  for (const { path: exact, value } of valuesAt(inputs, path)) {
    const found = text(value);
    if (found !== undefined && !allowed.includes(found)) {
      refuse(exact, `${exact} must be one of ${allowed.join(", ")}, and is "${found}".`);
    }
  }
}
