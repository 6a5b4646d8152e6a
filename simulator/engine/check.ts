/** Fills in what a program leaves out, and finds everything that the cloud would refuse about inputs by themselves. */
import { failure, type InputFailure } from "../errors";
import type { Store } from "../store/store";
import { withName } from "./naming";
import { valuesAt, type Family, type Refuse, type ResourceType, type Settings } from "./resourceType";
import { at, text, type Path, type Properties } from "./values";
import { validate } from "./validate";

export interface CheckRequest {
  readonly urn: string;
  readonly type: ResourceType;
  readonly given: Properties;
  /** Inputs of the existing object, whose made-up name is kept. */
  readonly old: Properties | undefined;
}

export interface CheckContext {
  readonly family: Family;
  readonly settings: Settings;
  readonly store: Store;
}

/** Complete inputs, and all mistakes at once. */
export function checkInputs(
  { urn, type, given, old }: CheckRequest,
  { family, settings, store }: CheckContext,
): { readonly inputs: Properties; readonly failures: readonly InputFailure[] } {
  const prepared = family.prepare(type, { ...type.defaults, ...given }, settings);
  const place = type.placeOf(prepared, settings) ?? "?";
  const named = withName(type, prepared, { urn, place, olds: old, store });
  const inputs = named.automatic && family.markAutomatic ? family.markAutomatic(named.inputs) : named.inputs;
  const failures = [...validate(family.schema(), type.token, inputs)];
  const refuse: Refuse = (property, reason) => void failures.push(failure("invalid", property, reason));
  if (failures.length === 0) checkName(type, inputs, refuse);
  type.check?.(inputs, refuse, settings);
  return { inputs, failures };
}

function checkName(type: ResourceType, inputs: Properties, refuse: Refuse): void {
  const { naming } = type;
  const found = naming && valuesAt(inputs, naming.path)[0];
  const name = found && text(found.value);
  if (!naming || name === undefined) return;
  if (name.length > naming.longest) {
    refuse(
      naming.path,
      `${naming.path} must have at most ${naming.longest} characters, and "${name}" has ${name.length}.`,
    );
  } else if (!naming.pattern.test(name)) {
    refuse(naming.path, `${naming.path} must be ${naming.patternText}, and is "${name}".`);
  }
}

/** Paths that are secret whatever the program says, where they hold something. */
export function fixedSecrets(type: ResourceType, properties: Properties): readonly Path[] {
  return (type.secrets ?? []).filter((path) => at(properties, path) !== undefined).map((path) => path.split("."));
}
