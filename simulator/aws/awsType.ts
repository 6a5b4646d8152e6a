/** How a type of the simulated AWS is written down: inputs, references and outputs as data. */
import { Refusal } from "../errors";
import type { CloudView, Making, Naming, Refuse, ResourceType, Settings } from "../engine/resourceType";
import { valuesAt } from "../engine/resourceType";
import { object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { anywhere, type CloudObject } from "../store/object";
import { parseCidr } from "./cidr";
import { account, dnsSuffix, partition, regions, zoneOf } from "./regions";

/** Tag that every object of the simulated cloud carries in `tagsAll`. */
const markerTag = { "duplex:cloud": "SIMULATED" } as const;

type Maker = (making: Making) => Value | undefined;

/**
 * When an output is told: `fixed` once, at creation; `derived` from the inputs, so that a preview knows it; `volatile`
 * anew with each change.
 */
interface Output {
  readonly when: "fixed" | "derived" | "volatile";
  readonly make: Maker;
}

export function derived(make: Maker): Output {
  return { when: "derived", make };
}

/** A default that hangs on other inputs, and may be absent: the program's own value, else this one. */
export function defaulted(key: string, make: Maker): Output {
  return derived((making) => making.inputs[key] ?? make(making));
}

export function volatile(make: Maker): Output {
  return { when: "volatile", make };
}

export interface AwsDefinition extends Pick<
  ResourceType,
  | "token"
  | "naming"
  | "defaults"
  | "references"
  | "sets"
  | "replaceOn"
  | "updatable"
  | "secrets"
  | "uniqueness"
  | "admit"
  | "mayDelete"
  | "zone"
  | "deleteBeforeReplace"
  | "refreshed"
> {
  /** @default "region" */
  readonly place?: "region" | "global";
  /** @default true */
  readonly tagged?: boolean;
  readonly id: (making: Making) => string;
  /** Outputs, beside the inputs. A function alone is a fixed one. */
  readonly outputs: Readonly<Record<string, Maker | Output>>;
  /** Outputs and inputs by which other objects refer to it, beside its id. @default arn */
  readonly handles?: readonly string[];
  /** What else it is called by others, which is none of its outputs by itself. */
  readonly alsoKnownAs?: (state: Properties) => readonly string[];
  /** True where objects of every region can refer to it by its id. @default false */
  readonly everywhere?: boolean;
  /** Inputs that name a zone, by name or by id. */
  readonly zonePaths?: readonly string[];
  /** Inputs that are IPv4 ranges. */
  readonly cidrPaths?: readonly string[];
  readonly check?: (inputs: Properties, refuse: Refuse, settings: Settings) => void;
}

export function awsType(definition: AwsDefinition): ResourceType {
  const {
    outputs,
    handles = ["arn"],
    place = "region",
    tagged = true,
    everywhere = false,
    alsoKnownAs,
    ...rest
  } = definition;
  const all: Record<string, Maker | Output> = tagged ? { ...outputs, tagsAll: derived(tagsAll) } : outputs;
  return {
    ...rest,
    tagged,
    replaceOn: rest.replaceOn === "all" || place === "global" ? rest.replaceOn : ["region", ...rest.replaceOn],
    placeOf: (properties, settings) =>
      place === "global" ? "global" : (text(properties["region"]) ?? settings.region),
    state: (making) => stateOf(all, making),
    handles: (state) => [
      ...handles.flatMap((key) => text(state[key]) ?? []),
      ...(alsoKnownAs?.(state) ?? []),
      ...(everywhere ? [anywhere(text(state["id"]) ?? "")] : []),
    ],
    check: (inputs, refuse, settings) => {
      checkPlaces(definition, inputs, refuse, settings);
      definition.check?.(inputs, refuse, settings);
    },
  };
}

function stateOf(outputs: Readonly<Record<string, Maker | Output>>, making: Making): Properties {
  const { inputs, old, preview } = making;
  const state: Record<string, Value> = { ...inputs };
  for (const [key, output] of Object.entries(outputs)) {
    const { when, make }: Output = typeof output === "function" ? { when: "fixed", make: output } : output;
    if (inputs[key] !== undefined && when !== "derived") continue;
    const value = when === "derived" ? make(making) : outputValue(key, when, make, making);
    if (value !== undefined) state[key] = value;
  }
  if (!preview || old) state["id"] = making.id;
  return state;
}

function outputValue(key: string, when: "fixed" | "volatile", make: Maker, making: Making): Value | undefined {
  const { old, preview } = making;
  if (old && when === "fixed") return old.state[key] ?? (preview ? UNKNOWN : make(making));
  return preview ? UNKNOWN : make(making);
}

function tagsAll({ inputs }: Making): Value {
  return inputs["tags"] === UNKNOWN ? UNKNOWN : { ...object(inputs["tags"]), ...markerTag };
}

function checkPlaces(definition: AwsDefinition, inputs: Properties, refuse: Refuse, settings: Settings): void {
  for (const path of definition.cidrPaths ?? []) {
    for (const { path: exact, value } of valuesAt(inputs, path)) {
      const cidr = text(value);
      if (cidr !== undefined && !parseCidr(cidr)) {
        refuse(exact, `${exact} must be an IPv4 range such as 10.0.0.0/16 with zero host bits, and is "${cidr}".`);
      }
    }
  }
  if (definition.place === "global" || inputs["region"] === UNKNOWN) return;
  const region = text(inputs["region"]) ?? settings.region;
  if (region === undefined) {
    refuse("region", "region is not given, and the provider has none. Give region, or configure aws:region.");
    return;
  }
  if (!regions.includes(region)) {
    refuse("region", `region must be one of ${regions.join(", ")}, and is "${region}".`);
    return;
  }
  for (const path of definition.zonePaths ?? []) {
    for (const { path: exact, value } of valuesAt(inputs, path)) {
      const zone = text(value);
      if (zone !== undefined && !zoneOf(region, zone)) {
        refuse(exact, `${exact} must be a zone of ${region}, and is "${zone}". Give a zone of that region.`);
      }
    }
  }
}

/** `arn:aws-simulated:<service>:<region>:<account>:<resource>`. */
export function arn(making: Pick<Making, "place">, service: string, resource: string): string {
  return `arn:${partition}:${service}:${making.place === "global" ? "" : making.place}:${account}:${resource}`;
}

/** `<labels>.<service>.<region>.simulated.invalid`. */
export function hostName(...labels: readonly string[]): string {
  return [...labels, dnsSuffix].join(".").toLowerCase();
}

/** A public address out of 198.18.0.0/15, which is set aside for tests of equipment: it leads nowhere. */
export function publicAddress(making: Making): string {
  const digits = parseInt(making.hex(5, "address"), 16);
  return `198.${18 + (digits & 1)}.${(digits >> 1) & 255}.${(digits >> 9) & 255}`;
}

export function ownerId(): Value {
  return account;
}

/** Text of an input, or "" where it is absent; never UNKNOWN outside of a preview. */
export function given(making: Pick<Making, "inputs">, key: string): string {
  return text(making.inputs[key]) ?? "";
}

/** Names that are unique in account and region, as most are. */
export function regionalName(path: string, longest: number, options: Partial<Naming> = {}): Naming {
  return {
    path,
    space: (_inputs, place) => place,
    longest,
    pattern: /^[\w.+=,@/:#-]+$/,
    patternText: "made of letters, digits and -_./",
    automatic: true,
    prefixPath: "namePrefix",
    ...options,
  };
}

/** The object that an input refers to. */
export function referred(making: Making, types: readonly string[], value: Value | undefined): CloudObject | undefined {
  const wanted = text(value);
  return wanted === undefined ? undefined : making.cloud.find(types, making.place, wanted);
}

/** Objects of one type that use this one. */
export function usersOfType(cloud: CloudView, target: CloudObject, type: string): readonly CloudObject[] {
  return cloud.users(target).flatMap(({ user }) => (user.type === type ? [user] : []));
}

/** Refuses to delete what is protected. */
export function refuseProtected(target: CloudObject, property: string): void {
  throw new Refusal(
    "protected",
    `${target.type} ${target.id} cannot be deleted: ${property} protects it. Set ${property} to ` +
      `${target.inputs[property] === "ACTIVE" ? '"INACTIVE"' : "false"}, update, then delete.`,
  );
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

/** A check that a number is in a range, both ends included. */
export function within(inputs: Properties, refuse: Refuse, path: string, least: number, most: number): void {
  for (const { path: exact, value } of valuesAt(inputs, path)) {
    if (typeof value === "number" && (value < least || value > most)) {
      refuse(exact, `${exact} must be at least ${least} and at most ${most}, and is ${value}.`);
    }
  }
}
