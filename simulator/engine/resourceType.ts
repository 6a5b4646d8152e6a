/** What a resource type is to the simulator: data, and a few small functions that know this type only. */
import type { InputFailure } from "../errors";
import type { ProviderSchema } from "../schema/schema";
import type { CloudObject, ObjectKey, Use } from "../store/object";
import type { Properties, Value } from "./values";

/** What a provider was configured with. */
export interface Settings {
  /** Region for resources that name none. */
  readonly region?: string;
  /** Kubernetes cluster: the provider's context. */
  readonly cluster?: string;
  /** Namespace for Kubernetes objects that name none. */
  readonly namespace: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Other switches, by their names in the provider's configuration. */
  readonly flags: ReadonlySet<string>;
}

/** What a type's functions may ask of the cloud; never more than an index away. */
export interface CloudView {
  find(types: readonly string[], place: string, value: string): CloudObject | undefined;
  users(target: ObjectKey): readonly { readonly user: CloudObject; readonly bond: Use["bond"] }[];
}

/** One creation, update or preview of them. */
export interface Making {
  readonly urn: string;
  readonly place: string;
  readonly inputs: Properties;
  /** Id, or UNKNOWN in the preview of a creation. */
  readonly id: string;
  readonly settings: Settings;
  readonly preview: boolean;
  /** The object before an update. */
  readonly old?: CloudObject;
  /** RFC 3339 time of the creation. */
  readonly created: string;
  readonly revision: number;
  /** The object's number in order of creation; 0 in the preview of a creation. */
  readonly serial: number;
  readonly cloud: CloudView;
  /** Hexadecimal digits that are this object's own; another salt gives others. */
  hex(length: number, salt?: string): string;
  /** The same, out of a seed that nobody can guess from the URN. */
  secretHex(length: number, salt: string): string;
}

/** How a type is named, and where a name may stand only once. */
export interface Naming {
  /** Path of the name among the inputs. */
  readonly path: string;
  /** Where the name must be unique; nowhere if left out. The place is the region, the cluster or `global`. */
  readonly space?: (inputs: Properties, place: string) => string;
  readonly longest: number;
  readonly pattern: RegExp;
  /** The pattern in words, for the message. */
  readonly patternText: string;
  /** True where the provider makes a name up when the program gives none. */
  readonly automatic: boolean;
  readonly lowerCase?: boolean;
  /** What a made-up name must end with. */
  readonly ending?: (inputs: Properties) => string;
  /** Input that takes the place of the name, such as `namePrefix`. */
  readonly prefixPath?: string;
}

/** An input that names another object. */
export interface Reference {
  /** Path, with `[]` for every member of a list: `subnetMappings[].subnetId`. */
  readonly path: string;
  readonly to: readonly string[];
  readonly bond: Use["bond"];
  /** Values that stand for something outside of this cloud's model, such as the vendor's managed policies. */
  readonly except?: RegExp;
  /**
   * Path of the input that says where the target is, when that is elsewhere than the object itself: of the same member,
   * where both stand in a list. Where it is not given, the provider's own place counts for an object that stands
   * nowhere.
   */
  readonly placePath?: string;
  /**
   * True where the target may stand in another region, as a copy's source does. @default false: an ARN of another
   * region is refused
   */
  readonly crossesRegions?: true;
}

/** States that an input is refused. */
export type Refuse = (property: string, reason: string) => void;

export interface ResourceType {
  readonly token: string;
  readonly naming?: Naming;
  /** Filled in by Check where the program says nothing. */
  readonly defaults?: Properties;
  readonly references?: readonly Reference[];
  /** Lists whose order means nothing. */
  readonly sets?: readonly string[];
  /** Paths a change of which makes a new object; `all` with `updatable` as the exception. */
  readonly replaceOn: readonly string[] | "all";
  readonly updatable?: readonly string[];
  /** Switch of the provider with which the paths of `replaceOn` change in place. */
  readonly mutableWith?: string;
  /** Inputs and outputs that are secret whatever the program says. */
  readonly secrets?: readonly string[];
  /** True where the type takes tags and shows `tagsAll`. */
  readonly tagged?: boolean;
  /** Further names that may be held only once, beside the one of `naming`. */
  readonly uniqueness?: (inputs: Properties, place: string) => readonly string[];
  /** Where the object stands, from its inputs or its state. */
  placeOf(properties: Properties, settings: Settings): string | undefined;
  id(making: Making): string;
  state(making: Making): Properties;
  handles?(state: Properties): readonly string[];
  /** Availability zone without which the object cannot be made or changed. */
  zone?(making: Making): string | undefined;
  /** Refuses inputs by themselves. Parts may be unknown. */
  check?(inputs: Properties, refuse: Refuse, settings: Settings): void;
  /** Refuses against the rest of the cloud, by throwing a `Refusal`. Runs inside of the transaction. */
  admit?(making: Making): void;
  /** State that other objects have changed since, as a read shows it. */
  refreshed?(object: CloudObject, cloud: CloudView): Properties;
  /** State that the cloud itself makes of a change at the console: the status that a cluster's controllers write. */
  followed?(object: Pick<CloudObject, "inputs" | "revision">): Properties;
  /** Refuses a deletion, by throwing a `Refusal`. */
  mayDelete?(object: CloudObject, cloud: CloudView): void;
  /** True where a second such object cannot stand beside the first: a subnet's range, a route's destination. */
  readonly deleteBeforeReplace?: boolean;
}

export type CloudFunction = (args: Properties, settings: Settings) => Properties;

/** One provider: its types, functions and configuration. */
export interface Family {
  readonly name: "aws" | "kubernetes" | "random";
  readonly version: string;
  readonly types: readonly ResourceType[];
  readonly functions: Readonly<Record<string, CloudFunction>>;
  /** Read on first use: a provider starts without it. */
  schema(): ProviderSchema;
  checkConfig(config: Properties): readonly InputFailure[];
  settings(config: Properties): Settings;
  /** Configuration whose change makes every object anew. */
  readonly replaceConfigOn: readonly string[];
  /** Fills in what the provider, rather than the type, adds to inputs. */
  prepare(type: ResourceType, inputs: Properties, settings: Settings): Properties;
  /** Marks a made-up name, so that a later run knows it for one. */
  markAutomatic?(inputs: Properties): Properties;
  /** Says how a dead place answers. */
  deadPlace(place: string): string;
  /** Places whose loss silences this one. */
  endpointOf(place: string): { readonly kind: "region" | "cluster"; readonly name: string };
}

/** Values at a path with `[]`, with the exact path of each. */
export function valuesAt(properties: Properties, path: string): readonly { path: string; value: Value }[] {
  let found: { path: string; value: Value }[] = [{ path: "", value: properties }];
  for (const step of path.split(".")) {
    const key = step.replace("[]", "");
    found = found.flatMap(({ path: before, value }) => {
      const child = typeof value === "object" && value !== null ? (value as Properties)[key] : undefined;
      const here = before === "" ? key : `${before}.${key}`;
      if (child === undefined || child === null) return [];
      if (!step.endsWith("[]")) return [{ path: here, value: child }];
      return Array.isArray(child)
        ? (child as readonly Value[]).map((value, index) => ({ path: `${here}[${index}]`, value }))
        : [];
    });
  }
  return found;
}
